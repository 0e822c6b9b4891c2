package org.yiqi.web.disposal;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.Dismantlings;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.Redeployments;

/** The ways of a unit that is not sold: to another hospital or department, made good again, or taken apart. */
@Path("/disposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DisposalWaysResource {

    @Inject
    Redeployments redeployments;

    @Inject
    Dismantlings dismantlings;

    @POST
    @Path("/{id}/offer")
    @Operation(summary = "Offer a unit that was let go for it to another hospital, free of charge")
    @APIResponse(responseCode = "200", description = "The disposal, which the receiver sees from now on")
    @APIResponse(responseCode = "404", description = "organisation.not-found")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.other-way, disposal.act-waiting")
    @APIResponse(responseCode = "422", description = "disposal.receiver-unfit")
    public Response offer(@PathParam("id") UUID id, @NotNull @Valid Offer offer) {
        return DisposalsResource.answer(redeployments.offer(id, offer.receiverId));
    }

    @POST
    @Path("/{id}/accept")
    @Operation(summary = "The receiver signs that it takes the unit over; it waits for the owner's signature")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "403", description = "disposal.receiver-only")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.act-waiting")
    @APIResponse(responseCode = "422", description = "disposal.tag-too-long")
    public Response accept(@PathParam("id") UUID id, @NotNull @Valid Acceptance acceptance) {
        return DisposalsResource.answer(
                redeployments.accept(id, acceptance.assetTag == null ? "" : acceptance.assetTag));
    }

    @POST
    @Path("/{id}/decline")
    @Operation(
            summary = "The receiver does not want the unit, which it sees no more; the owner can offer it to another")
    @APIResponse(responseCode = "204", description = "Declined")
    @APIResponse(responseCode = "403", description = "disposal.receiver-only")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.act-waiting")
    public void decline(@PathParam("id") UUID id, @NotNull @Valid DisposalsResource.Reason reason) {
        redeployments.decline(id, reason.reason());
    }

    @POST
    @Path("/{id}/move")
    @Operation(summary = "Give the unit to another department of the house, which still has to receive it")
    @APIResponse(responseCode = "200", description = "The disposal, on its way")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.other-way, disposal.act-waiting")
    @APIResponse(responseCode = "422", description = "disposal.department-missing")
    public Response move(@PathParam("id") UUID id, @NotNull @Valid Move move) {
        return DisposalsResource.answer(redeployments.move(id, move.department, move.site == null ? "" : move.site));
    }

    @POST
    @Path("/{id}/receive")
    @Operation(summary = "Another person than the one who gave it away receives the unit for the department")
    @APIResponse(responseCode = "200", description = "The disposal, completed; the unit is back in service")
    @APIResponse(responseCode = "403", description = "disposal.own-move")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    public Response receive(@PathParam("id") UUID id) {
        return DisposalsResource.answer(redeployments.receive(id));
    }

    @POST
    @Path("/{id}/refurbish")
    @Operation(
            summary =
                    "Open the work order that makes the unit good again; with its release the unit is back in service")
    @APIResponse(responseCode = "200", description = "The disposal with the work order")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.other-way, disposal.act-waiting")
    public Response refurbish(@PathParam("id") UUID id, @NotNull @Valid Refurbishment wanted) {
        return DisposalsResource.answer(redeployments.refurbish(id, wanted.description));
    }

    @POST
    @Path("/{id}/dismantle")
    @Operation(
            summary =
                    "Write down what came out of the unit and who takes the rest; until the recycler signs it can be corrected")
    @APIResponse(responseCode = "200", description = "The disposal, which the recycler sees from now on")
    @APIResponse(responseCode = "403", description = "disposal.not-qualified")
    @APIResponse(responseCode = "404", description = "maintenance.station-not-found")
    @APIResponse(
            responseCode = "409",
            description = "disposal.wrong-state, disposal.other-way, disposal.act-waiting, disposal.not-sanitised")
    @APIResponse(responseCode = "422", description = "disposal.parts-invalid, disposal.end-invalid, disposal.too-heavy")
    public Response dismantle(@PathParam("id") UUID id, @NotNull @Valid Dismantling wanted) {
        return DisposalsResource.answer(dismantlings.dismantle(
                id,
                new Dismantlings.Dismantling(
                        wanted.recyclerId,
                        wanted.number,
                        wanted.parts.stream()
                                .map(DisposalJson.RecoveredPart::toPart)
                                .toList(),
                        wanted.materials.stream()
                                .map(m -> new DisposalView.Material(m.material(), m.grams()))
                                .toList())));
    }

    @POST
    @Path("/{id}/take-rest")
    @Operation(
            summary =
                    "The recycler signs for the rest of a unit that was taken apart; the owner's signature closes it for ever")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "403", description = "disposal.recycler-only")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.act-waiting")
    public Response takeRest(@PathParam("id") UUID id) {
        return DisposalsResource.answer(dismantlings.takeRest(id));
    }

    /** Whom the unit is offered to. */
    public record Offer(@NotNull UUID receiverId) {}

    /** What the unit will be called at its receiver's; without it keeps its tag. */
    public record Acceptance(@Nullable @Size(max = 60) String assetTag) {}

    /** Where in the house it goes. */
    public record Move(
            @NotBlank @Size(max = 100) String department,
            @Nullable @Size(max = 200) String site) {}

    /** What is to be done. */
    public record Refurbishment(@NotBlank @Size(max = 2000) String description) {}

    /** What came out, and what the rest weighs. */
    public record Dismantling(
            @NotNull UUID recyclerId,
            @NotBlank @Size(max = 80) String number,
            @NotNull @Size(max = 100) List<DisposalJson.@NotNull @Valid RecoveredPart> parts,
            @NotNull @Size(max = 9) List<DisposalStepsResource.@NotNull @Valid Weight> materials) {}
}
