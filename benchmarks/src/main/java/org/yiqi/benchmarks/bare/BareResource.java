package org.yiqi.benchmarks.bare;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Answers the same kilobyte of JSON each time: no login, no database, no rules. */
@Path("/bare")
public class BareResource {

    private static final String KILOBYTE = "{\"text\":\"" + "x".repeat(1000) + "\"}";

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String get() {
        return KILOBYTE;
    }
}
