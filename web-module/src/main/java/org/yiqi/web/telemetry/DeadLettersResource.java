package org.yiqi.web.telemetry;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.DeadLetterView;
import org.yiqi.telemetry.DeadLetters;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Messages of devices that could not be taken in. */
@Path("/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLettersResource {

    @Inject
    DeadLetters letters;

    @GET
    @Operation(summary = "List messages that could not be taken in; filters: unit, reason, replayed; sort: receivedAt")
    @APIResponse(responseCode = "200", description = "One page of messages")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<DeadLetterView> list(@Context UriInfo uri) {
        return letters.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One message with its reason")
    @APIResponse(responseCode = "200", description = "The message")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such message")
    public Response get(@PathParam("id") UUID id) {
        DeadLetterView letter = letters.get(id);
        return Versions.tagged(letter, letter.version()).build();
    }

    @POST
    @Path("/{id}/replay")
    @Operation(summary = "Send the message through the intake again")
    @APIResponse(responseCode = "200", description = "The message, with the time of its replay")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such message")
    @APIResponse(responseCode = "422", description = "A message in another device's name is never taken in")
    public Response replay(@PathParam("id") UUID id) {
        DeadLetterView letter = letters.replay(id);
        return Versions.tagged(letter, letter.version()).build();
    }
}
