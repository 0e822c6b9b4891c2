package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Applications;
import org.yiqi.rental.Apply;
import org.yiqi.rental.HandoverConditions;
import org.yiqi.rental.Handovers;
import org.yiqi.rental.RentalRow;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.Period;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Rentals, and each act of their life. */
@Path("/rentals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RentalsResource {

    @Inject
    Rentals rentals;

    @Inject
    Applications applications;

    @Inject
    Handovers handovers;

    @GET
    @Operation(summary = "Rentals of your organisation; filters: state, unit, owner, lessee, breached, flagged")
    @APIResponse(responseCode = "200", description = "One page of rentals")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<RentalJson.Row> list(@Context UriInfo uri) {
        Page<RentalRow> page = rentals.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(RentalJson.Row::of).toList(), page.next(), page.total());
    }

    @POST
    @Operation(
            summary = "Apply for a rental",
            description =
                    "Takes the slot and starts the review of 24 hours. With draft, only holds the slot for 15 minutes.")
    @APIResponse(responseCode = "201", description = "The application")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(
            responseCode = "409",
            description =
                    "rental.slot-taken with alternatives, rental.offer-not-published, or an organisation is not qualified")
    @APIResponse(
            responseCode = "422",
            description =
                    "rental.outside-offer, rental.too-short-notice, rental.outside-region, rental.own-unit or a bad field")
    public Response apply(@NotNull @Valid Application request, @Context UriInfo uri) {
        RentalView rental = applications.apply(request.command());
        return Versions.created(uri, rental.id(), RentalJson.of(rental), rental.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One rental with everything that happened")
    @APIResponse(responseCode = "200", description = "The rental, with its ETag")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    public Response get(@PathParam("id") UUID id) {
        return answer(rentals.get(id));
    }

    @POST
    @Path("/{id}/submit")
    @Operation(summary = "Submit a draft; the review begins")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL of the lessee")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state or equipment.slot-gone")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response submit(@PathParam("id") UUID id) {
        return answer(applications.submit(id));
    }

    @POST
    @Path("/{id}/approve")
    @Operation(summary = "Agree for your side (owner or platform); the slot is booked when both have")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(
            responseCode = "403",
            description = "Needs EQUIPMENT of the owner or PLATFORM_OPERATOR; never the applicant")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description = "rental.wrong-state, rental.already-approved or equipment.slot-taken")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response approve(@PathParam("id") UUID id) {
        return answer(rentals.approve(id));
    }

    @POST
    @Path("/{id}/reject")
    @Operation(summary = "Refuse, saying why")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(
            responseCode = "403",
            description = "Needs EQUIPMENT of the owner or PLATFORM_OPERATOR; never the applicant")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response reject(@PathParam("id") UUID id, @NotNull @Valid Reason request) {
        return answer(rentals.reject(id, request.reason));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Give up before the dispatch, saying why")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL of a party")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response cancel(@PathParam("id") UUID id, @NotNull @Valid Reason request) {
        return answer(rentals.cancel(id, request.reason));
    }

    @POST
    @Path("/{id}/dispatch")
    @Operation(summary = "Send the unit off: an act custody.offered that the owner signs")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT and SIGNATORY of the owner")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description =
                    "rental.wrong-state, rental.unit-quarantined, equipment.wrong-status or a refusal of the ledger")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response dispatch(@PathParam("id") UUID id, @NotNull @Valid Dispatch request) {
        return answer(handovers.dispatch(id, request.carrier, request.seal == null ? "" : request.seal));
    }

    @GET
    @Path("/{id}/handover-conditions")
    @Operation(
            summary = "What must hold on the lessee's side before the unit is handed over",
            description = "Without a certified operator deliver and confirm-delivery answer 409.")
    @APIResponse(responseCode = "200", description = "The category of the unit, and whether an operator is certified")
    public HandoverConditions handoverConditions(@PathParam("id") UUID id) {
        return rentals.handoverConditions(id);
    }

    @POST
    @Path("/{id}/deliver")
    @Operation(summary = "Hand over: the owner signs custody.accepted, which waits for the lessee")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT and SIGNATORY of the owner")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description =
                    "rental.wrong-state, rental.operator-missing, equipment.wrong-status or a refusal of the ledger")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response deliver(@PathParam("id") UUID id) {
        return answer(handovers.deliver(id));
    }

    @POST
    @Path("/{id}/confirm-delivery")
    @Operation(summary = "Take the unit: the lessee signs, and custody passes")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL, and SIGNATORY, of the lessee")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description =
                    "rental.wrong-state, rental.operator-missing, equipment.wrong-status or a refusal of the ledger")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response confirmDelivery(@PathParam("id") UUID id) {
        return answer(handovers.confirmDelivery(id));
    }

    @POST
    @Path("/{id}/uses")
    @Operation(summary = "Report how often the unit was used so far")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL of the lessee")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response reportUses(@PathParam("id") UUID id, @NotNull @Valid Uses request) {
        return answer(rentals.reportUses(id, request.uses));
    }

    @POST
    @Path("/{id}/extend")
    @Operation(summary = "Ask for a later end, or agree to the one the other party asked for")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL of a party")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description = "rental.wrong-state, rental.extension-open or equipment.slot-taken")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response extend(@PathParam("id") UUID id, @NotNull @Valid Extension request) {
        return answer(rentals.extend(id, request.to));
    }

    @POST
    @Path("/{id}/return")
    @Operation(summary = "Give the unit back with the count of uses: the lessee signs custody.returned")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL, and SIGNATORY, of the lessee")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state or a refusal of the ledger")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response giveBack(@PathParam("id") UUID id, @NotNull @Valid Uses request) {
        return answer(handovers.giveBack(id, request.uses));
    }

    @POST
    @Path("/{id}/inspect")
    @Operation(
            summary =
                    "Look at the unit and sign its return; custody passes back. With damage noted liability stays open; again without it withdraws the note")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT and SIGNATORY of the owner")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state or a refusal of the ledger")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response inspect(@PathParam("id") UUID id, @NotNull @Valid Inspection request) {
        return answer(handovers.inspect(id, request.damage == null ? "" : request.damage));
    }

    @POST
    @Path("/{id}/close")
    @Operation(summary = "Close what is settled; its statement stands")
    @APIResponse(responseCode = "200", description = "The rental as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or FINANCE of the owner")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "409", description = "rental.wrong-state or rental.liability-open")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response close(@PathParam("id") UUID id) {
        return answer(rentals.close(id));
    }

    private static Response answer(RentalView rental) {
        return Versions.tagged(RentalJson.of(rental), rental.version()).build();
    }

    /** An application. Place and purpose are what the reviewers read; coordinates price the transport. */
    public record Application(
            @NotNull UUID offerId,
            @NotNull Period period,
            @NotBlank @Size(max = 300) String place,
            @Nullable @Size(max = 6) String region,
            @Nullable @DecimalMin("-90") @DecimalMax("90") Double latitude,
            @Nullable @DecimalMin("-180") @DecimalMax("180") Double longitude,
            @NotBlank @Size(max = 2000) String purpose,
            @Nullable @Min(0) @Max(10_000_000) Integer plannedUses,
            @Nullable Boolean draft) {

        Apply command() {
            return new Apply(
                    offerId,
                    period,
                    place,
                    region,
                    latitude,
                    longitude,
                    purpose,
                    plannedUses == null ? 0 : plannedUses,
                    Boolean.TRUE.equals(draft));
        }
    }

    /** Why. */
    public record Reason(@NotBlank @Size(max = 500) String reason) {}

    /** Who carries the unit, and the seal on it. */
    public record Dispatch(
            @NotBlank @Size(max = 200) String carrier,
            @Nullable @Size(max = 200) String seal) {}

    /** How often the unit was used since the rental began. */
    public record Uses(@Min(0) @Max(10_000_000) int uses) {}

    /** The later end. */
    public record Extension(@NotNull Instant to) {}

    /** What was found; nothing when the unit is sound. */
    public record Inspection(@Nullable @Size(max = 2000) String damage) {}
}
