package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.oversight.Covers;
import org.yiqi.oversight.RecordCover;

/** Maintenance contracts and insurance policies of units; {@code /oversight/responsibility} shows them. */
@Path("/oversight/covers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CoversResource {

    @Inject
    Covers covers;

    @POST
    @Operation(summary = "Put a maintenance contract or an insurance policy of a unit that you own on record")
    @APIResponse(responseCode = "200", description = "Its id")
    @APIResponse(responseCode = "403", description = "Needs the role EQUIPMENT; oversight.cover-owner-only")
    @APIResponse(responseCode = "404", description = "No such unit, or it is not yours to see")
    @APIResponse(responseCode = "409", description = "oversight.cover-overlaps: another covers part of the time")
    @APIResponse(responseCode = "422", description = "oversight.cover-invalid, or the number is missing")
    public Recorded record(@NotNull @Valid RecordCover cover) {
        return new Recorded(covers.record(cover));
    }

    @POST
    @Path("/{id}/end")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "End a contract or policy now; one that has not begun never does")
    @APIResponse(responseCode = "204", description = "It has ended")
    @APIResponse(responseCode = "403", description = "Needs the role EQUIPMENT")
    @APIResponse(responseCode = "404", description = "oversight.cover-not-found: none of yours is in force by this id")
    public void end(@PathParam("id") UUID id) {
        covers.end(id);
    }

    /** What was put on record. */
    public record Recorded(UUID id) {}
}
