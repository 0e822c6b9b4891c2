package org.yiqi.procurement.redflags;

import static org.yiqi.procurement.domain.ReleaseFields.date;
import static org.yiqi.procurement.domain.ReleaseFields.number;
import static org.yiqi.procurement.domain.ReleaseFields.object;
import static org.yiqi.procurement.domain.ReleaseFields.objects;
import static org.yiqi.procurement.domain.ReleaseFields.text;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the indicators read of a contracting process; what is missing or of another type is left out.
 *
 * @param buyer id, or null
 * @param method {@code open}, {@code selective}, {@code limited}, {@code direct}, or empty
 * @param methodDetails the method in the buyer's own words, or empty
 * @param tenderers how many there were, as it is said
 * @param parties those that bid, with how they are reached
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
        List<Award> awards,
        List<Party> parties) {

    /** A bid that was submitted: {@code valid}, {@code disqualified}, or not judged; for a lot, if the tender has lots. */
    record Bid(
            String status,
            String lot,
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

    /**
     * An award with whom it was made to, and what its items are classified as.
     *
     * @param goods the same as finely as it is told, with the scheme
     */
    record Award(
            String status,
            List<String> suppliers,
            List<String> classifications,
            Set<String> goods,
            @Nullable BigDecimal amount,
            String currency,
            @Nullable OffsetDateTime date) {

        boolean active() {
            return status.equals("active");
        }
    }

    /**
     * A tenderer.
     *
     * @param contacts by the standard's names, folded: {@code streetAddress, name, email, telephone, faxNumber, url}
     */
    record Party(String id, Map<String, String> contacts) {}

    private static final List<String> ADDRESS =
            List.of("streetAddress", "locality", "region", "postalCode", "countryName");
    private static final List<String> CONTACT = List.of("name", "email", "telephone", "faxNumber", "url");
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
                        bid.get("relatedLots") instanceof JsonArray lots && lots.size() == 1
                                ? lots.get(0).toString()
                                : "",
                        ids(bid, "tenderers"),
                        number(value, "amount"),
                        text(value, "currency"),
                        date(bid, "date")));
            }
        }
        List<Award> awards = objects(release, "awards").stream()
                .map(ContractingProcess::award)
                .toList();
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
                awards,
                objects(release, "parties").stream()
                        .filter(party -> party.get("roles") instanceof JsonArray roles
                                && roles.contains(Json.createValue("tenderer")))
                        .map(party -> new Party(text(party, "id"), contacts(party)))
                        .filter(party -> !party.id().isEmpty())
                        .toList());
    }

    private static Award award(JsonObject award) {
        List<String> classes = new ArrayList<>();
        Set<String> goods = new TreeSet<>();
        for (JsonObject item : objects(award, "items")) {
            JsonObject classification = object(item, "classification");
            String id = text(classification, "id");
            if (!id.isEmpty()) {
                classes.add(id);
            }
            List<JsonObject> finer = objects(item, "additionalClassifications");
            (finer.isEmpty() ? List.of(classification) : finer)
                    .stream()
                            .filter(each -> !text(each, "id").isEmpty())
                            .forEach(each -> goods.add((text(each, "scheme") + " " + text(each, "id")).strip()));
        }
        JsonObject value = object(award, "value");
        return new Award(
                text(award, "status"),
                ids(award, "suppliers"),
                classes,
                goods,
                number(value, "amount"),
                text(value, "currency"),
                date(award, "date"));
    }

    /** An address counts as a whole, and only with its street. */
    private static Map<String, String> contacts(JsonObject party) {
        Map<String, String> contacts = new TreeMap<>();
        JsonObject address = object(party, "address");
        if (!text(address, ADDRESS.get(0)).isBlank()) {
            contacts.put(
                    ADDRESS.get(0),
                    ADDRESS.stream().map(name -> fold(text(address, name))).collect(Collectors.joining(" ")));
        }
        JsonObject contact = object(party, "contactPoint");
        CONTACT.stream()
                .filter(name -> !text(contact, name).isBlank())
                .forEach(name -> contacts.put(name, fold(text(contact, name))));
        return contacts;
    }

    private static String fold(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
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
