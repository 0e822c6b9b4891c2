package org.yiqi.web.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the container refuses before a resource is found, such as a header that is none, becomes a problem document too. */
@WebFilter("/api/*")
public class ContainerRefusals extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new Answer(response));
    }

    private static final class Answer extends HttpServletResponseWrapper {

        Answer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            sendError(status, null);
        }

        @Override
        public void sendError(int status, @Nullable String message) throws IOException {
            resetBuffer();
            Problem.write(
                    (HttpServletResponse) getResponse(),
                    status,
                    "shared.http-" + status,
                    "The request is not valid HTTP for this address");
        }
    }
}
