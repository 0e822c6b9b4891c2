package org.yiqi.web.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.Writer;

/** Lets an answer's status through and swallows the rest. */
final class StatusOnly extends HttpServletResponseWrapper {

    private int status = HttpServletResponse.SC_OK;

    StatusOnly(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setStatus(int sc) {
        status = sc;
    }

    @Override
    public void sendError(int sc) {
        status = sc;
    }

    @Override
    public void sendError(int sc, String message) {
        status = sc;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setContentLength(int length) {
        // Nothing of the body goes out.
    }

    @Override
    public void setContentLengthLong(long length) {
        // Nothing of the body goes out.
    }

    @Override
    public void flushBuffer() {
        // Nothing to flush.
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new IllegalStateException("not asynchronous");
            }

            @Override
            public void write(int b) {
                // Swallowed.
            }
        };
    }
}
