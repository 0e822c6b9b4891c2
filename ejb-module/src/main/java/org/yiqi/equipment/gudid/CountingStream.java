package org.yiqi.equipment.gudid;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what has been taken from the packed file. */
final class CountingStream extends FilterInputStream {

    private long taken;

    CountingStream(InputStream input) {
        super(input);
    }

    long taken() {
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
