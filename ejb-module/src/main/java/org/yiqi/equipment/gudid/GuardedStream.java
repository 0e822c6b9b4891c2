package org.yiqi.equipment.gudid;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.zip.ZipInputStream;

/** Unpacks no more than a hundred times what was read, so that a zip bomb ends the import and not the server. */
final class GuardedStream extends FilterInputStream {

    private static final long FREE = 16L << 20;
    private static final long RATIO = 100;

    private final CountingStream packed;
    private long unpacked;

    GuardedStream(ZipInputStream entry, CountingStream packed) {
        super(entry);
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        unpacked += Math.max(count, 0);
        if (unpacked > FREE && unpacked > packed.taken() * RATIO) {
            throw new UnreadableFile(1, "The zip unpacks to more than a hundred times its size.");
        }
        return count;
    }

    /** The parser closes its stream at the end of a document; the zip may hold another one. */
    @Override
    public void close() {
        // Left open on purpose.
    }
}
