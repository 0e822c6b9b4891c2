package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ComplaintView;
import org.yiqi.procurement.Complaints;
import org.yiqi.procurement.Remedy;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Complaints about awards: yours, about your tenders, or all for regulators. */
@Path("/complaints")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ComplaintsResource {

    @Inject
    Complaints complaints;

    @GET
    @Operation(summary = "List complaints; filters: state, tender, bidder, buyer")
    @APIResponse(responseCode = "200", description = "One page of complaints")
    public Page<ComplaintView> list(@Context UriInfo uri) {
        return complaints.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One complaint")
    @APIResponse(responseCode = "200", description = "The complaint")
    public Response get(@PathParam("id") UUID id) {
        return answer(complaints.get(id));
    }

    @POST
    @Path("/{id}/withdraw")
    @Operation(summary = "Take your complaint back; the standstill goes on")
    @APIResponse(responseCode = "200", description = "The complaint")
    @APIResponse(responseCode = "409", description = "procurement.complaint-decided")
    public Response withdraw(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(complaints.withdraw(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/decide")
    @Operation(
            summary =
                    "Decide as a regulator of health or of the market: without a remedy it is dismissed, with one the award is withdrawn")
    @APIResponse(responseCode = "200", description = "The complaint, decided")
    @APIResponse(responseCode = "403", description = "procurement.not-your-remit")
    @APIResponse(responseCode = "409", description = "procurement.complaint-decided")
    @APIResponse(responseCode = "422", description = "procurement.complaint-invalid")
    public Response decide(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Decision decision) {
        return answer(complaints.decide(id, Versions.seen(seen), decision.remedy, decision.reason));
    }

    private static Response answer(ComplaintView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** @param remedy what follows when it is upheld; none dismisses it */
    public record Decision(
            @Nullable Remedy remedy,
            @NotBlank @Size(max = 4000) String reason) {}
}
