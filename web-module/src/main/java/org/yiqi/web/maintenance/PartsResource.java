package org.yiqi.web.maintenance;

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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PartView;
import org.yiqi.maintenance.Parts;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Spare parts of the caller's service organisation, with stock by station. */
@Path("/parts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PartsResource {

    @Inject
    Parts parts;

    @GET
    @Operation(summary = "List parts; filters: serialised, low")
    @APIResponse(responseCode = "200", description = "One page of parts with stock by station")
    public Page<PartView> list(@Context UriInfo uri) {
        return parts.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Add a part to the catalogue")
    @APIResponse(responseCode = "201", description = "The part")
    public Response add(@NotNull @Valid NewPart part, @Context UriInfo uri) {
        PartView view = parts.add(new Parts.ListPart(
                part.number,
                part.nameZh,
                part.nameEn,
                Acts.text(part.fits),
                Boolean.TRUE.equals(part.serialised),
                part.price));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One part")
    @APIResponse(responseCode = "200", description = "The part with stock by station")
    public Response get(@PathParam("id") UUID id) {
        return answer(parts.get(id));
    }

    @POST
    @Path("/{id}/count")
    @Operation(summary = "Set what a station has after counting, and its minimum")
    @APIResponse(responseCode = "200", description = "The part with stock by station")
    public Response count(@PathParam("id") UUID id, @NotNull @Valid CountRequest request) {
        return answer(
                parts.count(id, request.stationId, request.onHand, request.minimum == null ? 0 : request.minimum));
    }

    @POST
    @Path("/{id}/transfer")
    @Operation(summary = "Move parts from one station to another")
    @APIResponse(responseCode = "200", description = "The part with stock by station")
    public Response transfer(@PathParam("id") UUID id, @NotNull @Valid TransferRequest request) {
        return answer(parts.transfer(id, request.from, request.to, request.quantity));
    }

    private static Response answer(PartView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** A part; {@code fits} says in words which models it belongs to. */
    public record NewPart(
            @NotBlank @Size(max = 100) String number,
            @NotBlank @Size(max = 200) String nameZh,
            @NotBlank @Size(max = 200) String nameEn,
            @Nullable @Size(max = 400) String fits,
            @Nullable Boolean serialised,
            @NotNull Amount price) {}

    /** What was counted. */
    public record CountRequest(
            @NotNull UUID stationId,
            @NotNull Integer onHand,
            @Nullable Integer minimum) {}

    /** From where to where. */
    public record TransferRequest(
            @NotNull UUID from, @NotNull UUID to, @NotNull Integer quantity) {}
}
