package org.yiqi.equipment.gudid;

import java.io.IOException;

/** The file as a whole cannot be read any further. */
public final class UnreadableFile extends IOException {

    private final int line;

    UnreadableFile(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line where reading ended. */
    public int line() {
        return line;
    }
}
