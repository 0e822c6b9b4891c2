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
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.NeedView;
import org.yiqi.procurement.Needs;
import org.yiqi.procurement.RaiseNeed;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** What departments lack. */
@Path("/needs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NeedsResource {

    @Inject
    Needs needs;

    @GET
    @Operation(summary = "List needs; filters: state, category")
    @APIResponse(responseCode = "200", description = "One page of needs")
    public Page<NeedView> list(@Context UriInfo uri) {
        return needs.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Raise a need of a department, with its reason")
    @APIResponse(responseCode = "201", description = "The need")
    public Response raise(@NotNull @Valid NewNeed need, @Context UriInfo uri) {
        NeedView view = needs.raise(
                new RaiseNeed(need.department, need.category, need.title, need.quantity, need.reason, need.wantedBy));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One need")
    @APIResponse(responseCode = "200", description = "The need")
    public Response get(@PathParam("id") UUID id) {
        NeedView view = needs.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @POST
    @Path("/{id}/decline")
    @Operation(summary = "Decline a need, saying why")
    @APIResponse(responseCode = "200", description = "The need, declined")
    @APIResponse(responseCode = "409", description = "procurement.need-answered")
    public Response decline(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Reason reason) {
        NeedView view = needs.decline(id, Versions.seen(seen), reason.reason);
        return Versions.tagged(view, view.version()).build();
    }

    /** A need to raise. */
    public record NewNeed(
            @NotBlank @Size(max = 120) String department,
            @NotBlank @Size(max = 40) String category,
            @NotBlank @Size(max = 200) String title,
            @NotNull Integer quantity,
            @NotBlank @Size(max = 4000) String reason,
            @NotNull LocalDate wantedBy) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}
}
