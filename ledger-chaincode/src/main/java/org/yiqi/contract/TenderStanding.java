package org.yiqi.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A tender as the ledger holds it.
 *
 * @param openers who together open what is sealed
 * @param threshold how many of them it takes
 * @param envelopes in the order in which they are opened
 * @param live the bids that the closing listed
 * @param opened envelopes that have been opened
 * @param scored envelopes that have been scored
 * @param awards what became of each lot that is decided
 */
public record TenderStanding(
        UUID buyer,
        List<UUID> openers,
        int threshold,
        List<String> lots,
        List<String> envelopes,
        boolean closed,
        List<UUID> live,
        List<String> opened,
        List<String> scored,
        Map<String, Award> awards) {

    /** After the deadline, for bids that were made in time and are still on their way. */
    public static final Duration LANDING = Duration.ofMinutes(10);

    private static final Set<String> NAMES = Set.of(
            "awards", "buyer", "closed", "envelopes", "live", "lots", "opened", "openers", "scored", "threshold");

    /** To whom a lot went, for how much, and the contract that followed. A failed lot has none of this. */
    public record Award(String bid, String org, String amount, String currency, String contract) {

        static final Award NONE = new Award("", "", "", "", "");

        /** Whether the lot failed. */
        public boolean failed() {
            return bid.isEmpty();
        }

        Award signed(UUID by) {
            return new Award(bid, org, amount, currency, by.toString());
        }

        Map<String, Object> tree() {
            return Map.of("amount", amount, "bid", bid, "contract", contract, "currency", currency, "org", org);
        }

        static Award read(Map<String, Object> tree) {
            Fields fields = Fields.of(tree, Set.of("amount", "bid", "contract", "currency", "org"));
            return new Award(
                    fields.text("bid"),
                    fields.text("org"),
                    fields.text("amount"),
                    fields.text("currency"),
                    fields.text("contract"));
        }
    }

    public TenderStanding {
        openers = List.copyOf(openers);
        lots = List.copyOf(lots);
        envelopes = List.copyOf(envelopes);
        live = List.copyOf(live);
        opened = List.copyOf(opened);
        scored = List.copyOf(scored);
        awards = Map.copyOf(awards);
    }

    /** What an opener signs with the key that it made for one envelope of a tender. */
    public static byte[] openersProof(UUID tender, UUID opener, String envelope) {
        return CanonicalJson.write(
                        Map.of("envelope", envelope, "opener", opener.toString(), "tender", tender.toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String key(UUID tender) {
        return "tender/" + tender;
    }

    String lastEnvelope() {
        return envelopes.get(envelopes.size() - 1);
    }

    /** The contracts that followed from its awards. */
    List<UUID> contracts() {
        return awards.values().stream()
                .map(Award::contract)
                .filter(contract -> !contract.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    TenderStanding closed(List<UUID> bids) {
        return new TenderStanding(buyer, openers, threshold, lots, envelopes, true, bids, opened, scored, awards);
    }

    TenderStanding opened(String envelope) {
        return new TenderStanding(
                buyer, openers, threshold, lots, envelopes, closed, live, Fields.and(opened, envelope), scored, awards);
    }

    TenderStanding scored(String envelope) {
        return new TenderStanding(
                buyer, openers, threshold, lots, envelopes, closed, live, opened, Fields.and(scored, envelope), awards);
    }

    TenderStanding decided(String lot, Award award) {
        Map<String, Award> more = new HashMap<>(awards);
        more.put(lot, award);
        return new TenderStanding(buyer, openers, threshold, lots, envelopes, closed, live, opened, scored, more);
    }

    String json() {
        Map<String, Object> decided = new HashMap<>();
        awards.forEach((lot, award) -> decided.put(lot, award.tree()));
        Map<String, Object> tree = new HashMap<>();
        tree.put("awards", decided);
        tree.put("buyer", buyer.toString());
        tree.put("closed", closed);
        tree.put("envelopes", envelopes);
        tree.put("live", live.stream().map(UUID::toString).toList());
        tree.put("lots", lots);
        tree.put("opened", opened);
        tree.put("openers", openers.stream().map(UUID::toString).toList());
        tree.put("scored", scored);
        tree.put("threshold", Integer.toString(threshold));
        return CanonicalJson.write(tree);
    }

    static TenderStanding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        Map<String, Award> awards = new HashMap<>();
        Fields decided = new Fields(fields.object("awards"));
        decided.values().keySet().forEach(lot -> awards.put(lot, Award.read(decided.object(lot))));
        return new TenderStanding(
                fields.uuid("buyer"),
                fields.uuids("openers"),
                (int) fields.number("threshold"),
                fields.texts("lots"),
                fields.texts("envelopes"),
                fields.flag("closed"),
                fields.uuids("live"),
                fields.texts("opened"),
                fields.texts("scored"),
                awards);
    }
}
