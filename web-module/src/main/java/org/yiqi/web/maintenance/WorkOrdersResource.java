package org.yiqi.web.maintenance;

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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.AffectedBooking;
import org.yiqi.maintenance.Dispatching;
import org.yiqi.maintenance.Handbacks;
import org.yiqi.maintenance.PartUseView;
import org.yiqi.maintenance.RequestRepair;
import org.yiqi.maintenance.StepView;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.TestLine;
import org.yiqi.maintenance.VendorSuggestion;
import org.yiqi.maintenance.WorkOrderView;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Work orders: the request, and everything that the unit's owner or custodian does. */
@Path("/work-orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WorkOrdersResource {

    @Inject
    WorkOrders orders;

    @Inject
    Dispatching dispatching;

    @Inject
    Handbacks handbacks;

    @GET
    @Operation(
            summary =
                    "List work orders; filters: state, kind, source, unit, service, owner, custodian, technician, plan, episode, level, open, late")
    @APIResponse(
            responseCode = "200",
            description = "One page of work orders that the caller's organisation is a party of")
    public Page<WorkOrderView> list(@Context UriInfo uri) {
        return orders.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Ask for a repair; a second request for the same symptom joins the open order")
    @APIResponse(responseCode = "201", description = "The order that stands for the request")
    public Response request(@NotNull @Valid NewRequest request, @Context UriInfo uri) {
        WorkOrderView view = orders.request(new RequestRepair(
                request.unitId, request.symptom, request.description, Boolean.TRUE.equals(request.danger), List.of()));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One work order")
    @APIResponse(responseCode = "200", description = "The work order")
    public Response get(@PathParam("id") UUID id) {
        return Acts.answer(orders.get(id));
    }

    @GET
    @Path("/{id}/steps")
    @Operation(summary = "The order's history, oldest first; nothing of it ever changes")
    @APIResponse(responseCode = "200", description = "All steps")
    public List<StepView> steps(@PathParam("id") UUID id) {
        return orders.steps(id);
    }

    @GET
    @Path("/{id}/tests")
    @Operation(summary = "The tests of the technician's last report, with their limits")
    @APIResponse(responseCode = "200", description = "All lines; empty before the first report")
    public List<TestLine> tests(@PathParam("id") UUID id) {
        return orders.tests(id);
    }

    @GET
    @Path("/{id}/parts")
    @Operation(summary = "Parts kept for the order, fitted or given back")
    @APIResponse(responseCode = "200", description = "All parts")
    public List<PartUseView> parts(@PathParam("id") UUID id) {
        return orders.parts(id);
    }

    @GET
    @Path("/{id}/bookings")
    @Operation(summary = "Bookings that the stopped unit may not be able to keep, and what happens with each")
    @APIResponse(responseCode = "200", description = "Bookings until a week after the unit is expected back")
    public List<AffectedBooking> bookings(@PathParam("id") UUID id) {
        return orders.bookings(id);
    }

    @GET
    @Path("/{id}/suggestions")
    @Operation(summary = "Service organisations that could do the work, best first, with reasons")
    @APIResponse(responseCode = "200", description = "Suggestions")
    public List<VendorSuggestion> suggestions(@PathParam("id") UUID id) {
        return dispatching.suggestions(id);
    }

    @POST
    @Path("/{id}/triage")
    @Operation(summary = "Set the priority: risk and downtime, 1 to 5 each; left out, the platform's suggestion stands")
    @APIResponse(responseCode = "200", description = "The order, TRIAGED")
    public Response triage(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid TriageRequest request) {
        return Acts.answer(dispatching.triage(id, Acts.seen(seen), request.risk, request.downtime, request.reason));
    }

    @POST
    @Path("/{id}/dispatch")
    @Operation(summary = "Offer the order to a service organisation; left out, the best suggestion gets it")
    @APIResponse(
            responseCode = "200",
            description = "The order, DISPATCHED; acceptBy says until when it can be accepted")
    public Response dispatch(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid DispatchRequest request) {
        return Acts.answer(dispatching.dispatch(id, Acts.seen(seen), request.serviceOrgId));
    }

    @POST
    @Path("/{id}/verify")
    @Operation(summary = "Accept the repair, or send it back with a reason; never by somebody who worked on it")
    @APIResponse(responseCode = "200", description = "The order, VERIFIED or IN_PROGRESS again")
    public Response verify(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid VerifyRequest request) {
        if (Boolean.FALSE.equals(request.accepted)) {
            return Acts.answer(handbacks.refuse(id, Acts.seen(seen), Acts.text(request.reason)));
        }
        return Acts.answer(handbacks.verify(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/follow-ups")
    @Operation(summary = "Open an order of its own for something that the check of this one found")
    @APIResponse(responseCode = "201", description = "The new order, with parentId")
    public Response followUp(@PathParam("id") UUID id, @NotNull @Valid FollowUpRequest request, @Context UriInfo uri) {
        WorkOrderView view = handbacks.followUp(id, request.description);
        return Response.created(uri.getBaseUriBuilder()
                        .path("work-orders")
                        .path(view.id().toString())
                        .build())
                .tag(Long.toString(view.version()))
                .entity(view)
                .build();
    }

    @POST
    @Path("/{id}/release")
    @Operation(summary = "Give the unit back to use; refused while a measurement is outside its limit")
    @APIResponse(responseCode = "200", description = "The order, RELEASED, with the unit's downtime")
    public Response release(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return Acts.answer(handbacks.release(id, Acts.seen(seen)));
    }

    @POST
    @Path("/{id}/close")
    @Operation(summary = "Rate the work and close the order")
    @APIResponse(responseCode = "200", description = "The order, CLOSED")
    public Response close(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid CloseRequest request) {
        return Acts.answer(handbacks.close(id, Acts.seen(seen), request.rating, Acts.text(request.comment)));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Give the order up before anybody works on it")
    @APIResponse(responseCode = "200", description = "The order, CANCELLED")
    public Response cancel(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Acts.Why request) {
        return Acts.answer(orders.cancel(id, Acts.seen(seen), request.reason()));
    }

    /** A request for repair; {@code danger} stops the unit at once. */
    public record NewRequest(
            @NotNull UUID unitId,
            @NotNull Symptom symptom,
            @NotBlank @Size(max = 4000) String description,
            @Nullable Boolean danger) {}

    /** The priority and why. */
    public record TriageRequest(
            @Nullable Integer risk,
            @Nullable Integer downtime,
            @NotBlank @Size(max = 1000) String reason) {}

    /** Whom to ask. */
    public record DispatchRequest(@Nullable UUID serviceOrgId) {}

    /** Accepted unless said otherwise; a refusal needs a reason. */
    public record VerifyRequest(
            @Nullable Boolean accepted,
            @Nullable @Size(max = 1000) String reason) {}

    /** What else was found. */
    public record FollowUpRequest(
            @NotBlank @Size(max = 4000) String description) {}

    /** 1 to 5, with words. */
    public record CloseRequest(
            @Nullable Integer rating,
            @Nullable @Size(max = 1000) String comment) {}
}
