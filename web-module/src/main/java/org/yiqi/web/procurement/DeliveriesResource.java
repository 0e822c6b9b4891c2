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
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AcceptanceCheck;
import org.yiqi.procurement.AcceptanceHat;
import org.yiqi.procurement.Deliveries;
import org.yiqi.procurement.DeliveryView;
import org.yiqi.procurement.UnitHandovers;

/** Delivery and acceptance of what a contract is about. */
@Path("/contracts/{id}/units")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DeliveriesResource {

    @Inject
    Deliveries deliveries;

    @Inject
    UnitHandovers handovers;

    @GET
    @Operation(summary = "What was delivered, what was measured, who has accepted")
    @APIResponse(responseCode = "200", description = "The delivery")
    public DeliveryView get(@PathParam("id") UUID id) {
        return deliveries.of(id);
    }

    @GET
    @Path("/checks")
    @Operation(summary = "What the buyer measures on each device, with limits and their source")
    @APIResponse(responseCode = "200", description = "The checks in their order")
    public List<AcceptanceCheck> checks(@PathParam("id") UUID id) {
        return deliveries.checks(id);
    }

    @POST
    @Operation(summary = "Deliver one device as the supplier, by its unique device identifier")
    @APIResponse(responseCode = "200", description = "The delivery with the device")
    @APIResponse(responseCode = "409", description = "procurement.serial-known, procurement.delivered-all")
    @APIResponse(responseCode = "422", description = "procurement.wrong-model, procurement.udi-without-serial")
    public DeliveryView deliver(@PathParam("id") UUID id, @NotNull @Valid Arrival arrival) {
        return deliveries.deliver(id, arrival.item, arrival.udi);
    }

    @POST
    @Path("/{unit}/checks")
    @Operation(summary = "Measure one device as the buyer; it passes within all limits and without other defects")
    @APIResponse(responseCode = "200", description = "The delivery with the verdict")
    @APIResponse(responseCode = "409", description = "procurement.acceptance-begun, procurement.unit-accepted")
    @APIResponse(responseCode = "422", description = "procurement.checks-missing naming each check")
    public DeliveryView judge(
            @PathParam("id") UUID id, @PathParam("unit") UUID unit, @NotNull @Valid Measured measured) {
        return deliveries.judge(id, unit, measured.values, measured.defects == null ? "" : measured.defects);
    }

    @POST
    @Path("/acceptance")
    @Operation(summary = "Accept as one of three: EQUIPMENT, CLINICAL, FINANCE; three different people")
    @APIResponse(responseCode = "200", description = "The delivery; the third signature decides")
    @APIResponse(
            responseCode = "409",
            description = "procurement.not-judged, procurement.hat-signed, procurement.person-signed")
    public DeliveryView sign(@PathParam("id") UUID id, @NotNull @Valid Signing signing) {
        return deliveries.sign(id, signing.hat);
    }

    @POST
    @Path("/hand-over")
    @Operation(summary = "As the supplier, bring what was measured onto the ledger and sign over what was accepted")
    @APIResponse(responseCode = "200", description = "The delivery; handoverAct waits for the buyer's signature")
    @APIResponse(responseCode = "409", description = "procurement.nothing-to-hand-over, procurement.model-unknown")
    public DeliveryView handOver(@PathParam("id") UUID id) {
        return handovers.handOver(id);
    }

    @POST
    @Path("/{unit}/take-in")
    @Operation(summary = "Sign for an accepted device: it is yours from then on, in your equipment")
    @APIResponse(responseCode = "200", description = "The delivery; takenAt says since when it is yours")
    @APIResponse(
            responseCode = "409",
            description =
                    "procurement.unit-not-accepted, procurement.unit-not-handed-over, procurement.unit-taken-in, equipment.asset-tag-taken")
    @APIResponse(responseCode = "422", description = "procurement.contract-invalid")
    public DeliveryView takeIn(@PathParam("id") UUID id, @PathParam("unit") UUID unit, @NotNull @Valid Tag tag) {
        return handovers.takeIn(id, unit, tag.assetTag);
    }

    /** A device that arrives. */
    public record Arrival(
            @NotNull Integer item,
            @NotBlank @Size(max = 400) String udi) {}

    /** Numbers by the check's code, and what else is wrong. */
    public record Measured(
            @NotNull @Size(max = 50) Map<String, BigDecimal> values,
            @Nullable @Size(max = 1000) String defects) {}

    /** For whom the caller signs. */
    public record Signing(@NotNull AcceptanceHat hat) {}

    /** The label that the device gets in the hospital. */
    public record Tag(@NotBlank @Size(max = 60) String assetTag) {}
}
