package org.yiqi.web.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Optimistic versions over HTTP: {@code ETag: "3"} out, {@code If-Match: "3"} in. */
public final class Versions {

    private Versions() {}

    public static Response.ResponseBuilder tagged(Object entity, long version) {
        return Response.ok(entity).tag(Long.toString(version));
    }

    /**
     * The version that the caller saw.
     *
     * @throws WebApplicationException 428 when the header is missing, 412 when it is none of ours
     */
    public static long seen(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new WebApplicationException("Send If-Match with the ETag that you read", 428);
        }
        try {
            return Long.parseLong(ifMatch.replace("W/", "").replace("\"", "").strip());
        } catch (NumberFormatException e) {
            throw new WebApplicationException("If-Match is not an ETag of this resource", e, 412);
        }
    }
}
