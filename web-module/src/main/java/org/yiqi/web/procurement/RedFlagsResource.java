package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.procurement.RedFlagView;
import org.yiqi.procurement.RedFlags;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Leads from the open data. */
@Path("/red-flags")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RedFlagsResource {

    @Inject
    RedFlags flags;

    @GET
    @Operation(
            summary = "List red flags; filters: state, indicator, group, ocid",
            description = "Indicators have the codes of the Open Contracting Partnership's guide; those of Cardinal"
                    + " (cardinal.readthedocs.io) mean what they mean there. They are leads, never proof.")
    @APIResponse(responseCode = "200", description = "One page of leads; buyers see those of their own processes")
    public Page<RedFlagView> list(@Context UriInfo uri) {
        return flags.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One lead with who dismissed it and why")
    @APIResponse(responseCode = "200", description = "The lead")
    public RedFlagView get(@PathParam("id") UUID id) {
        return flags.get(id);
    }

    @POST
    @Path("/{id}/dismiss")
    @Operation(summary = "Say, as a regulator who has looked, that it is nothing")
    @APIResponse(responseCode = "200", description = "The lead")
    @APIResponse(responseCode = "409", description = "procurement.red-flag-not-open")
    public RedFlagView dismiss(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return flags.dismiss(id, reason.reason);
    }

    /** Why it is nothing. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}
}
