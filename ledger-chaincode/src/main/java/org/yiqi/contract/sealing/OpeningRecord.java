package org.yiqi.contract.sealing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;

/**
 * From what one envelope of a tender was opened: the public halves of the bids and what the openers posted. Anyone can check it, see
 * {@link OpeningCheck}; who has the ciphertexts too can open the envelopes again.
 */
public record OpeningRecord(UUID tender, String envelope, List<Bid> bids, List<Posted> lists) {

    private static final Set<String> NAMES = Set.of("bids", "envelope", "lists", "tender");

    /**
     * A bid that was due.
     *
     * @param sealed {@link SealedBid#json}
     */
    public record Bid(UUID bid, String sealed) {}

    /**
     * What one opener posted.
     *
     * @param list {@link ReleaseList#json}
     * @param signature by the opener's single-use key: DER in Base64
     */
    public record Posted(String list, String signature) {}

    public OpeningRecord {
        bids = List.copyOf(bids);
        lists = List.copyOf(lists);
    }

    /** Canonical JSON. */
    public String json() {
        return CanonicalJson.write(Map.of(
                "bids",
                bids.stream()
                        .map(each -> Map.of("bid", each.bid().toString(), "sealed", each.sealed()))
                        .toList(),
                "envelope",
                envelope,
                "lists",
                lists.stream()
                        .map(each -> Map.of("list", each.list(), "signature", each.signature()))
                        .toList(),
                "tender",
                tender.toString()));
    }

    /** Reads what {@link #json} wrote. */
    public static OpeningRecord parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        return new OpeningRecord(
                fields.uuid("tender"),
                fields.text("envelope"),
                fields.objects("bids", tree -> {
                    Fields bid = Fields.of(tree, Set.of("bid", "sealed"));
                    return new Bid(bid.uuid("bid"), bid.text("sealed"));
                }),
                fields.objects("lists", tree -> {
                    Fields posted = Fields.of(tree, Set.of("list", "signature"));
                    return new Posted(posted.text("list"), posted.text("signature"));
                }));
    }
}
