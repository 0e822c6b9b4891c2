package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.Match;
import org.yiqi.rental.Need;
import org.yiqi.rental.Searches;
import org.yiqi.shared.Period;

/** What is free when and where it is needed. */
@Path("/searches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SearchesResource {

    @Inject
    Searches searches;

    @POST
    @Operation(
            summary = "Units that are free for the whole period, best first, with the reasons",
            description =
                    "The order follows total cost (60 of 100), distance (25) and the lender's reliability (15)."
                            + " Without coordinates the place of use is the middle of the region, or where your organisation stands.")
    @APIResponse(responseCode = "200", description = "Up to 50 matches")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "rental.period-past, or a field out of range")
    public Found search(@NotNull @Valid SearchRequest request) {
        Place place = request.place;
        Need need = new Need(
                request.category,
                request.q,
                place == null ? null : place.region,
                place == null ? null : place.latitude,
                place == null ? null : place.longitude,
                new Period(request.from, request.to),
                request.uses == null ? 0 : request.uses);
        List<Hit> hits = searches.find(need).stream().map(Hit::of).toList();
        return new Found(hits, hits.size());
    }

    /** What is wanted, where and when. {@code q} is part of a name or capability, such as "3.0 T". */
    public record SearchRequest(
            @Nullable @Size(max = 40) String category,
            @Nullable @Size(max = 200) String q,
            @Nullable @Valid Place place,
            @NotNull Instant from,
            @NotNull Instant to,
            @Nullable @Min(0) @Max(10_000_000) Integer uses) {}

    /** Where it will be used; coordinates give distances, the region (GB/T 2260) leaves out who does not deliver there. */
    public record Place(
            @Nullable @DecimalMin("-90") @DecimalMax("90") Double latitude,
            @Nullable @DecimalMin("-180") @DecimalMax("180") Double longitude,
            @Nullable @Size(max = 6) String region) {}

    /** The matches, best first. */
    public record Found(List<Hit> items, int total) {}

    /** A unit that would do. */
    public record Hit(
            UUID offerId,
            UUID unitId,
            String unitZh,
            String unitEn,
            String category,
            String capability,
            UUID ownerOrg,
            String ownerZh,
            String ownerEn,
            QuoteJson quote,
            @Nullable Double distanceKm,
            @Nullable Double reliability,
            int score,
            List<Match.Reason> reasons) {

        static Hit of(Match m) {
            return new Hit(
                    m.offer().id(),
                    m.offer().unitId(),
                    m.offer().unitZh(),
                    m.offer().unitEn(),
                    m.offer().category(),
                    m.offer().capability(),
                    m.offer().ownerOrg(),
                    m.offer().ownerZh(),
                    m.offer().ownerEn(),
                    QuoteJson.of(m.quote()),
                    m.distanceKm(),
                    m.reliability(),
                    m.score(),
                    m.reasons());
        }
    }
}
