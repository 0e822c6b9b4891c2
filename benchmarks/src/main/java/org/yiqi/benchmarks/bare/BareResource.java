package org.yiqi.benchmarks.bare;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers the same kilobyte of JSON each time: no login, no database, no rules. */
@Path("/bare")
public class BareResource {

    private static final String KILOBYTE = "{\"text\":\"" + "x".repeat(1000) + "\"}";

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        return KILOBYTE;
    }

    /** Takes what comes and drops it. */
    @PUT
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public String put(InputStream in) throws IOException {
        return String.valueOf(in.transferTo(OutputStream.nullOutputStream()));
    }
}
