package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
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
import org.yiqi.procurement.ComplaintView;
import org.yiqi.procurement.Complaints;

/** A bidder's complaint about the award that a tender announced; from then on it is one of {@link ComplaintsResource}. */
@Path("/tenders/{tender}/complaints")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TenderComplaintsResource {

    @Inject
    Complaints complaints;

    @POST
    @Operation(
            summary =
                    "Complain as a bidder of the lot within the standstill: the award stops until a regulator has decided")
    @APIResponse(responseCode = "201", description = "The complaint, under /complaints")
    @APIResponse(responseCode = "403", description = "procurement.not-a-bidder")
    @APIResponse(responseCode = "409", description = "procurement.standstill-over, procurement.complained-already")
    @APIResponse(responseCode = "422", description = "procurement.complaint-invalid")
    public Response complain(
            @PathParam("tender") UUID tender, @NotNull @Valid NewComplaint complaint, @Context UriInfo uri) {
        ComplaintView view = complaints.complain(tender, complaint.lot, complaint.grounds);
        return Response.created(uri.getBaseUriBuilder()
                        .path("complaints")
                        .path(view.id().toString())
                        .build())
                .tag(Long.toString(view.version()))
                .entity(view)
                .build();
    }

    /** What is wrong with the award of a lot. */
    public record NewComplaint(
            @NotBlank @Size(max = 20) String lot,
            @NotBlank @Size(max = 8000) String grounds) {}
}
