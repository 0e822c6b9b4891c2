package org.yiqi.web.disposal;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.yiqi.disposal.Cause;
import org.yiqi.disposal.DisposalActs;
import org.yiqi.disposal.DisposalApprovals;
import org.yiqi.disposal.DisposalRow;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.Disposals;
import org.yiqi.disposal.Propose;
import org.yiqi.disposal.Valuations;
import org.yiqi.disposal.Way;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Disposals from the proposal to the act that lets the unit go. */
@Path("/disposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DisposalsResource {

    @Inject
    Disposals disposals;

    @Inject
    Valuations valuations;

    @Inject
    DisposalApprovals approvals;

    @Inject
    DisposalActs acts;

    @GET
    @Operation(summary = "List disposals; filters: state, category, unit, owner, recycler, receiver, way, overdue")
    @APIResponse(responseCode = "200", description = "One page of disposals")
    public Page<DisposalRow> list(@Context UriInfo uri) {
        return disposals.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Propose the end of a unit, also from a repair that is not worth it; the unit retires at once")
    @APIResponse(responseCode = "201", description = "The disposal")
    @APIResponse(
            responseCode = "409",
            description =
                    "disposal.already-open, disposal.unit-away, disposal.unit-rented, disposal.order-open, disposal.unit-held")
    @APIResponse(responseCode = "422", description = "disposal.lien")
    public Response propose(@NotNull @Valid Proposal wanted, @Context UriInfo uri) {
        DisposalView view = disposals.propose(
                new Propose(wanted.unitId, wanted.cause, wanted.reason, wanted.workOrderId, wanted.unencumbered));
        return Versions.created(uri, view.id(), DisposalJson.of(view), view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One disposal with valuation, opinion, approvals and certificates")
    @APIResponse(responseCode = "200", description = "The disposal")
    public Response get(@PathParam("id") UUID id) {
        return answer(disposals.get(id));
    }

    @POST
    @Path("/{id}/valuation")
    @Operation(summary = "Value the unit by four methods; the answer says what is advised, by which rule")
    @APIResponse(responseCode = "200", description = "The disposal, valued")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    @APIResponse(responseCode = "422", description = "disposal.value-invalid")
    public Response value(@PathParam("id") UUID id, @NotNull @Valid DisposalJson.Facts facts) {
        return answer(valuations.value(id, facts.toValue()));
    }

    @POST
    @Path("/{id}/submit")
    @Operation(
            summary =
                    "Send a valued disposal up the ladder of its value, for one of the ways that the rules leave open")
    @APIResponse(responseCode = "200", description = "The disposal with the steps it takes")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    @APIResponse(responseCode = "422", description = "disposal.way-closed naming the ways that are open")
    public Response submit(@PathParam("id") UUID id, @NotNull @Valid Submission wanted) {
        return answer(approvals.submit(id, wanted.way));
    }

    @POST
    @Path("/{id}/approve")
    @Operation(summary = "Sign the next step of the ladder")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "403", description = "disposal.own-proposal, disposal.not-your-step")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.signed-before")
    public Response approve(@PathParam("id") UUID id, @NotNull @Valid Note note) {
        return answer(approvals.approve(id, note.note == null ? "" : note.note));
    }

    @POST
    @Path("/{id}/reject")
    @Operation(summary = "Send the disposal back, saying why")
    @APIResponse(responseCode = "200", description = "The disposal, valued and no more")
    @APIResponse(responseCode = "403", description = "disposal.own-proposal, disposal.not-your-step")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.signed-before")
    public Response reject(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return answer(approvals.reject(id, reason.reason));
    }

    @POST
    @Path("/{id}/authorise")
    @Operation(summary = "Sign the act that lets the unit go; above the value line an authority signs it too")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(
            responseCode = "409",
            description = "disposal.wrong-state, disposal.act-waiting, disposal.no-authority")
    public Response authorise(@PathParam("id") UUID id) {
        return answer(approvals.authorise(id));
    }

    @POST
    @Path("/{id}/sign")
    @Operation(summary = "Sign the act of the disposal that waits for your organisation")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "409", description = "disposal.nothing-to-sign, ledger.already-signed, ledger.key-held")
    public Response sign(@PathParam("id") UUID id) {
        return answer(acts.sign(id));
    }

    @POST
    @Path("/{id}/withdraw")
    @Operation(summary = "Give the disposal up; the unit comes back")
    @APIResponse(responseCode = "200", description = "The disposal, withdrawn")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    public Response withdraw(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return answer(disposals.withdraw(id, reason.reason));
    }

    @PUT
    @Path("/value-line")
    @Operation(summary = "A regulator sets the line above which an authority signs, by an act on the ledger")
    @APIResponse(responseCode = "200", description = "The line as it is now; one whose act waits for a key comes later")
    public Amount setLine(@NotNull @Valid Amount line) {
        return Amount.of(approvals.setLine(line.toMoney()).line());
    }

    static Response answer(DisposalView view) {
        return Versions.tagged(DisposalJson.of(view), view.version()).build();
    }

    /** A proposal. */
    public record Proposal(
            @NotNull UUID unitId,
            @NotNull Cause cause,
            @NotBlank @Size(max = 2000) String reason,
            @Nullable UUID workOrderId,
            @NotNull Boolean unencumbered) {}

    /** The way that the unit is to go; without one it is auctioned. */
    public record Submission(@Nullable Way way) {}

    /** A note for those who sign next. */
    public record Note(@Nullable @Size(max = 2000) String note) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}
}
