package org.yiqi.web.api;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/** JSON is read into memory whole, so it stays small; files go by other types, which their resources limit. */
@Provider
@Priority(Priorities.AUTHENTICATION - 100)
public class BodyLimit implements ContainerRequestFilter {

    static final int LARGEST_JSON = 4 * 1024 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        boolean json = type != null && type.getSubtype().endsWith("json");
        if (json && request.getLength() > LARGEST_JSON) {
            request.abortWith(
                    Problems.answer(413, "shared.too-large", "A JSON body has at most 4 MiB", List.of(), Map.of()));
        } else if (json && request.getLength() < 0 && request.hasEntity()) {
            request.setEntityStream(new LimitedStream(request.getEntityStream(), LARGEST_JSON));
        }
    }
}
