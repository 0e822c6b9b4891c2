package org.yiqi.web.api;

import jakarta.ws.rs.WebApplicationException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a request whose body of unannounced length is too long. */
final class LimitedStream extends FilterInputStream {

    private long left;

    LimitedStream(InputStream in, long most) {
        super(in);
        left = most;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw new WebApplicationException("The body is too large", 413);
        }
    }
}
