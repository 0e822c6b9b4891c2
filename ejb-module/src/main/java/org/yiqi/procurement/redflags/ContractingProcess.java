package org.yiqi.procurement.redflags;

import static org.yiqi.procurement.domain.ReleaseFields.date;
import static org.yiqi.procurement.domain.ReleaseFields.number;
import static org.yiqi.procurement.domain.ReleaseFields.object;
import static org.yiqi.procurement.domain.ReleaseFields.objects;
import static org.yiqi.procurement.domain.ReleaseFields.text;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the indicators read of a contracting process; what is missing or of another type is left out.
 *
 * @param buyer id, or null
 * @param method {@code open}, {@code selective}, {@code limited}, {@code direct}, or empty
 * @param methodDetails the method in the buyer's own words, or empty
 * @param tenderers how many there were, as it is said
 */
record ContractingProcess(
        String ocid,
        boolean cancelled,
        @Nullable String buyer,
        @Nullable String procuringEntity,
        String method,
        String methodDetails,
        @Nullable OffsetDateTime start,
        @Nullable OffsetDateTime end,
        @Nullable BigDecimal tenderers,
        List<Bid> bids,
        List<Award> awards) {

    /** A bid that was submitted: {@code valid}, {@code disqualified}, or not judged. */
    record Bid(
            String status,
            List<String> tenderers,
            @Nullable BigDecimal amount,
            String currency,
            @Nullable OffsetDateTime date) {

        boolean valid() {
            return status.equals("valid");
        }

        boolean disqualified() {
            return status.equals("disqualified");
        }
    }

    /** An award with whom it was made to, and what its items are classified as. */
    record Award(String status, List<String> suppliers, List<String> classifications) {

        boolean active() {
            return status.equals("active");
        }
    }

    private static final Set<String> NOT_SUBMITTED = Set.of("", "invited", "withdrawn");
    private static final Set<String> FINAL = Set.of("active", "cancelled", "unsuccessful");

    static ContractingProcess of(JsonObject release) {
        JsonObject tender = object(release, "tender");
        JsonObject period = object(tender, "tenderPeriod");
        List<Bid> bids = new ArrayList<>();
        for (JsonObject bid : objects(object(release, "bids"), "details")) {
            String status = text(bid, "status");
            if (!NOT_SUBMITTED.contains(status)) {
                JsonObject value = object(bid, "value");
                bids.add(new Bid(
                        status,
                        ids(bid, "tenderers"),
                        number(value, "amount"),
                        text(value, "currency"),
                        date(bid, "date")));
            }
        }
        List<Award> awards = new ArrayList<>();
        for (JsonObject award : objects(release, "awards")) {
            List<String> classes = new ArrayList<>();
            for (JsonObject item : objects(award, "items")) {
                String id = text(object(item, "classification"), "id");
                if (!id.isEmpty()) {
                    classes.add(id);
                }
            }
            awards.add(new Award(text(award, "status"), ids(award, "suppliers"), classes));
        }
        BigDecimal tenderers = number(tender, "numberOfTenderers");
        return new ContractingProcess(
                text(release, "ocid"),
                text(tender, "status").equals("cancelled"),
                id(object(release, "buyer")),
                id(object(tender, "procuringEntity")),
                text(tender, "procurementMethod"),
                text(tender, "procurementMethodDetails"),
                date(period, "startDate"),
                date(period, "endDate"),
                tenderers,
                bids,
                awards);
    }

    /** The active awards, if nothing more is to come: none is pending. An award that says nothing of how it stands is passed over. */
    List<Award> complete() {
        return awards.stream().allMatch(award -> award.status().isEmpty() || FINAL.contains(award.status()))
                ? awards.stream().filter(Award::active).toList()
                : List.of();
    }

    private static List<String> ids(JsonObject from, String name) {
        return objects(from, name).stream()
                .map(ContractingProcess::id)
                .flatMap(id -> Optional.ofNullable(id).stream())
                .distinct()
                .toList();
    }

    private static @Nullable String id(JsonObject from) {
        return from.get("id") instanceof JsonString id ? id.getString() : null;
    }
}
