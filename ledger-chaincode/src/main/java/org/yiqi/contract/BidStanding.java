package org.yiqi.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One bid as the ledger holds it. Whose it is stays hidden behind a one-time key until the tender is closed.
 *
 * @param key the one-time key; its organisation is the bid itself
 * @param bidder SHA-256 over salt and organisation
 * @param commitment digest of what was sealed
 * @param terms the terms of the tender that it was made for
 * @param authority whose word on time it came with
 * @param withdrawn whether the bidder took it back
 * @param org who made it, once revealed
 * @param opened envelopes that were opened and could be read
 * @param qualified envelopes in which it was found good enough
 */
public record BidStanding(
        UUID id,
        UUID tender,
        String lot,
        OrganisationKey key,
        String bidder,
        String commitment,
        String terms,
        String authority,
        boolean withdrawn,
        @Nullable UUID org,
        List<String> opened,
        List<String> qualified) {

    private static final Set<String> NAMES = Set.of(
            "authority",
            "bidder",
            "commitment",
            "id",
            "key",
            "lot",
            "opened",
            "org",
            "qualified",
            "tender",
            "terms",
            "withdrawn");

    public BidStanding {
        opened = List.copyOf(opened);
        qualified = List.copyOf(qualified);
    }

    static String prefix(UUID tender) {
        return "bid/" + tender + "/";
    }

    static String key(UUID tender, UUID bid) {
        return prefix(tender) + bid;
    }

    /** Whether a closing must list it. */
    boolean live(String currentTerms) {
        return !withdrawn && terms.equals(currentTerms);
    }

    BidStanding takenBack() {
        return new BidStanding(
                id, tender, lot, key, bidder, commitment, terms, authority, true, org, opened, qualified);
    }

    BidStanding of(UUID revealed) {
        return new BidStanding(
                id, tender, lot, key, bidder, commitment, terms, authority, withdrawn, revealed, opened, qualified);
    }

    BidStanding opened(String envelope) {
        return new BidStanding(
                id,
                tender,
                lot,
                key,
                bidder,
                commitment,
                terms,
                authority,
                withdrawn,
                org,
                Fields.and(opened, envelope),
                qualified);
    }

    BidStanding qualified(String envelope) {
        return new BidStanding(
                id,
                tender,
                lot,
                key,
                bidder,
                commitment,
                terms,
                authority,
                withdrawn,
                org,
                opened,
                Fields.and(qualified, envelope));
    }

    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("authority", authority);
        tree.put("bidder", bidder);
        tree.put("commitment", commitment);
        tree.put("id", id.toString());
        tree.put("key", key.tree());
        tree.put("lot", lot);
        tree.put("opened", opened);
        tree.put("org", org == null ? null : org.toString());
        tree.put("qualified", qualified);
        tree.put("tender", tender.toString());
        tree.put("terms", terms);
        tree.put("withdrawn", withdrawn);
        return CanonicalJson.write(tree);
    }

    static BidStanding parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        return new BidStanding(
                fields.uuid("id"),
                fields.uuid("tender"),
                fields.text("lot"),
                OrganisationKey.read(fields.object("key")),
                fields.text("bidder"),
                fields.text("commitment"),
                fields.text("terms"),
                fields.text("authority"),
                fields.flag("withdrawn"),
                fields.uuidOrNull("org"),
                fields.texts("opened"),
                fields.texts("qualified"));
    }
}
