package org.yiqi.web.disposal;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.disposal.DisposalHandovers;

/** Units on their last way, from the owner to the recycler. */
@Path("/handovers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class HandoversResource {

    @Inject
    DisposalHandovers handovers;

    @POST
    @Operation(summary = "The owner hands the unit over and signs; custody passes with the recycler's signature")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(
            responseCode = "409",
            description = "disposal.not-sanitised naming what is missing, disposal.wrong-state")
    public Response handOver(@NotNull @Valid Handover handover) {
        return DisposalsResource.answer(handovers.handOver(handover.disposalId));
    }

    /** Which unit is handed over. */
    public record Handover(@NotNull UUID disposalId) {}
}
