package org.yiqi.web.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Optimistic versions over HTTP: {@code ETag: "3"} out, {@code If-Match: "3"} in. */
public final class Versions {

    private Versions() {}

    public static Response.ResponseBuilder tagged(Object entity, long version) {
        return Response.ok(entity).tag(Long.toString(version));
    }

    /** What a POST to a collection answers: 201, where the new thing is, and its version. */
    public static Response created(UriInfo collection, UUID id, Object entity, long version) {
        return Response.created(
                        collection.getAbsolutePathBuilder().path(id.toString()).build())
                .tag(Long.toString(version))
                .entity(entity)
                .build();
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
