package org.yiqi.web.maintenance;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Repairs;
import org.yiqi.maintenance.WaitReason;

/** Work orders: everything that the technician of the service organisation does. */
@Path("/work-orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RepairsResource {

    @Inject
    Repairs repairs;

    @POST
    @Path("/{id}/accept")
    @Operation(summary = "Take the order, within the time of the offer")
    @APIResponse(responseCode = "200", description = "The order, ACCEPTED")
    public Response accept(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return Acts.answer(repairs.accept(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/decline")
    @Operation(summary = "Let the order pass; the next service organisation is asked and this one no longer sees it")
    @APIResponse(responseCode = "204", description = "Passed on")
    public void decline(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Acts.Why request) {
        repairs.decline(id, Acts.seen(seen), request.reason());
    }

    @POST
    @Path("/{id}/depart")
    @Operation(summary = "Say that the technician is on the way")
    @APIResponse(responseCode = "200", description = "The order, EN_ROUTE")
    public Response depart(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return Acts.answer(repairs.depart(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/start")
    @Operation(summary = "Begin to work; from now on the unit cannot be used")
    @APIResponse(responseCode = "200", description = "The order, IN_PROGRESS")
    public Response start(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return Acts.answer(repairs.start(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/wait")
    @Operation(summary = "Wait for PARTS (with their purchase order, which stops the clock) or for the SITE")
    @APIResponse(responseCode = "200", description = "The order, WAITING_PARTS or WAITING_SITE")
    public Response pause(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid WaitRequest request) {
        return Acts.answer(
                repairs.pause(id, Acts.seen(seen), request.what, request.reason, Acts.text(request.purchaseOrder)));
    }

    @POST
    @Path("/{id}/resume")
    @Operation(summary = "Go on after waiting")
    @APIResponse(responseCode = "200", description = "The order, IN_PROGRESS")
    public Response resume(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return Acts.answer(repairs.resume(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/parts")
    @Operation(summary = "Keep parts of a station for this order")
    @APIResponse(responseCode = "200", description = "The order; its parts are at /parts")
    public Response reserve(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid ReserveRequest request) {
        return Acts.answer(repairs.reserve(id, Acts.seen(seen), request.partId, request.stationId, request.quantity));
    }

    @POST
    @Path("/{id}/repair")
    @Operation(
            summary = "Report the work with its test data; numbers outside their limits are kept and stop the release")
    @APIResponse(responseCode = "200", description = "The order, REPAIRED")
    public Response repair(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid RepairRequest request) {
        return Acts.answer(repairs.repair(id, Acts.seen(seen), request.toCommand()));
    }

    /** What the technician waits for and why. */
    public record WaitRequest(
            @NotNull WaitReason what,
            @NotBlank @Size(max = 1000) String reason,
            @Nullable @Size(max = 100) String purchaseOrder) {}

    /** Parts of the caller's own organisation. */
    public record ReserveRequest(
            @NotNull UUID partId,
            @NotNull UUID stationId,
            @NotNull Integer quantity) {}
}
