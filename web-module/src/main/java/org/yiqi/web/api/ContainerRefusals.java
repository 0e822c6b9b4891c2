package org.yiqi.web.api;

import jakarta.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Ids;

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
            setStatus(status);
            setContentType(Problem.MEDIA_TYPE + ";charset=UTF-8");
            getWriter()
                    .write(Json.createObjectBuilder()
                            .add("type", "about:blank")
                            .add("title", "Refused")
                            .add("status", status)
                            .add("detail", "The request is not valid HTTP for this address")
                            .add("instance", "urn:uuid:" + Ids.next())
                            .add("code", "shared.http-" + status)
                            .add("errors", Json.createArrayBuilder())
                            .build()
                            .toString());
        }
    }
}
