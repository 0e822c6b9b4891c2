package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.MakeOffer;
import org.yiqi.rental.OfferRow;
import org.yiqi.rental.OfferView;
import org.yiqi.rental.Offers;
import org.yiqi.shared.Period;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Idle equipment on offer. */
@Path("/offers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OffersResource {

    @Inject
    Offers offers;

    @GET
    @Operation(summary = "Published offers and your own; filters: state, category, owner, unit")
    @APIResponse(responseCode = "200", description = "One page of offers")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<OfferRow> list(@Context UriInfo uri) {
        return offers.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Offer a unit of your organisation; a draft until it is published")
    @APIResponse(responseCode = "201", description = "The offer")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT, and the unit must be your organisation's")
    @APIResponse(responseCode = "404", description = "No such unit or price list")
    @APIResponse(responseCode = "409", description = "rental.offer-exists: the unit has an open offer")
    @APIResponse(responseCode = "422", description = "rental.offer-invalid, naming each field")
    public Response make(@NotNull @Valid NewOffer request, @Context UriInfo uri) {
        OfferView offer = offers.make(new MakeOffer(request.unitId, request.tariffId, request.terms.toTerms()));
        return Versions.created(uri, offer.id(), OfferJson.of(offer), offer.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One offer")
    @APIResponse(responseCode = "200", description = "The offer, with its ETag")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    public Response get(@PathParam("id") UUID id) {
        return answer(offers.get(id));
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change an offer's price list and terms")
    @APIResponse(responseCode = "200", description = "The offer as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT of the owner")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(responseCode = "409", description = "rental.offer-withdrawn")
    @APIResponse(responseCode = "412", description = "Someone changed it since you read it")
    @APIResponse(responseCode = "422", description = "rental.offer-invalid, naming each field")
    @APIResponse(responseCode = "428", description = "Send If-Match")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ChangedOffer request) {
        return answer(offers.change(id, Versions.seen(ifMatch), request.tariffId, request.terms.toTerms()));
    }

    @POST
    @Path("/{id}/publish")
    @Operation(summary = "Let others find the offer")
    @APIResponse(responseCode = "200", description = "The offer as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT of the owner")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(responseCode = "409", description = "rental.offer-withdrawn, or the organisation is not qualified")
    @APIResponse(responseCode = "422", description = "rental.offer-past")
    public Response publish(@PathParam("id") UUID id) {
        return answer(offers.publish(id));
    }

    @POST
    @Path("/{id}/pause")
    @Operation(summary = "Hide the offer for now; rentals that exist go on")
    @APIResponse(responseCode = "200", description = "The offer as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT of the owner")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(responseCode = "409", description = "rental.offer-not-published or rental.offer-withdrawn")
    public Response pause(@PathParam("id") UUID id) {
        return answer(offers.pause(id));
    }

    @POST
    @Path("/{id}/withdraw")
    @Operation(summary = "End the offer for ever; rentals that exist go on")
    @APIResponse(responseCode = "200", description = "The offer as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT of the owner")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(responseCode = "409", description = "rental.offer-withdrawn")
    public Response withdraw(@PathParam("id") UUID id) {
        return answer(offers.withdraw(id));
    }

    @GET
    @Path("/{id}/free")
    @Operation(summary = "The time that is left: windows less the calendar and the buffers")
    @APIResponse(responseCode = "200", description = "Free periods in order")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found")
    @APIResponse(responseCode = "422", description = "from and to are instants, to after from")
    public List<Period> free(
            @PathParam("id") UUID id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return offers.free(id, new Period(instant(from, "/from"), instant(to, "/to")));
    }

    private static Instant instant(@Nullable String text, String at) {
        try {
            return Instant.parse(text == null ? "" : text);
        } catch (DateTimeException e) {
            throw new RuleViolation("rental.bad-instant", "An instant such as 2026-11-22T00:00:00Z", e)
                    .at(at, "RFC 3339 in UTC");
        }
    }

    private static Response answer(OfferView offer) {
        return Versions.tagged(OfferJson.of(offer), offer.version()).build();
    }

    /** An offer to make. */
    public record NewOffer(
            @NotNull UUID unitId,
            @NotNull UUID tariffId,
            @NotNull @Valid OfferJson.Terms terms) {}

    /** What an offer is to become. */
    public record ChangedOffer(
            @NotNull UUID tariffId, @NotNull @Valid OfferJson.Terms terms) {}
}
