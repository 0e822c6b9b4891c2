package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Offers;
import org.yiqi.rental.Tariffs;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.RuleViolation;

/** Prices before anyone commits to anything. */
@Path("/quotes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class QuotesResource {

    @Inject
    Tariffs tariffs;

    @Inject
    Offers offers;

    @POST
    @Operation(
            summary = "What it costs, line by line",
            description =
                    "Name an offer, a stored price list, or write one out; and the time as a period, in days or in"
                            + " hours. Of the packages the cheapest combination that covers the time is charged.")
    @APIResponse(responseCode = "200", description = "The price with each line explained")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "rental.offer-not-found or rental.tariff-not-found")
    @APIResponse(
            responseCode = "422",
            description = "rental.quote-basis, rental.tariff-invalid or a number out of range")
    public QuoteJson quote(@NotNull @Valid QuoteRequest request) {
        Duration time = request.time();
        int uses = request.uses == null ? 0 : request.uses;
        if (request.tariff != null) {
            return QuoteJson.of(tariffs.quote(request.tariff.toTerms(), time, uses));
        }
        UUID tariffId = request.tariffId;
        Money transport = Money.zero("CNY");
        if (request.offerId != null) {
            var offer = offers.get(request.offerId);
            tariffId = offer.tariff().id();
            transport = offer.terms().transportFee();
        }
        if (tariffId == null) {
            throw new RuleViolation("rental.quote-basis", "Name an offer or a price list, or write one out")
                    .at("/tariff", "offerId, tariffId or tariff");
        }
        return QuoteJson.of(tariffs.quote(tariffId, time, uses, transport));
    }

    /** What to price. */
    public record QuoteRequest(
            @Nullable UUID offerId,
            @Nullable UUID tariffId,
            @Valid TariffJson.@Nullable Terms tariff,
            @Nullable Period period,
            @Nullable @Min(0) @Max(1100) Integer days,
            @Nullable @Min(0) @Max(26400) Integer hours,
            @Nullable @Min(0) @Max(10_000_000) Integer uses) {

        Duration time() {
            if (period != null) {
                return period.length();
            }
            return Duration.ofDays(days == null ? 0 : days).plusHours(hours == null ? 0 : hours);
        }
    }
}
