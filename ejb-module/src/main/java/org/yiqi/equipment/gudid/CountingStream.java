package org.yiqi.equipment.gudid;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what has been taken from a file: for progress, and against zip bombs. */
public final class CountingStream extends FilterInputStream {

    private long taken;

    public CountingStream(InputStream input) {
        super(input);
    }

    /** Bytes so far. */
    public long taken() {
        return taken;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        taken += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        taken += Math.max(count, 0);
        return count;
    }
}
