package org.yiqi.tools.open;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.sealing.SealTerms;

/**
 * What the acts of a tender and its bids say is to be opened now, without the platform's word.
 *
 * @param envelope whose turn it is, or null while it is nobody's
 * @param why not, as a key of the texts; empty when it is somebody's turn
 * @param commitments of exactly the bids that are due
 */
record Due(SealTerms terms, @Nullable String envelope, String why, Map<UUID, String> commitments) {

    /** For bidders to show themselves: who had seen prices could otherwise choose which of several bids was its own. */
    private static final Duration SHOWING = Duration.ofMinutes(30);

    static Due of(UUID tender, List<SignedAct> signed, Instant now) throws IOException {
        List<Act> chain = new ArrayList<>();
        Map<UUID, String> commitments = new HashMap<>();
        Map<UUID, String> lots = new HashMap<>();
        Set<UUID> shown = new HashSet<>();
        for (SignedAct each : signed) {
            Act act = each.act();
            if (act.subject().equals(Subject.tender(tender))) {
                chain.add(act);
            } else if (act.type().equals("bid.committed")) {
                commitments.put(act.subject().id(), new Fields(act.body()).text("commitment"));
                lots.put(act.subject().id(), new Fields(act.body()).text("lot"));
            } else if (act.type().equals("bid.revealed")) {
                shown.add(act.subject().id());
            }
        }
        if (chain.isEmpty()) {
            throw new IOException("the bundle is not about this tender");
        }
        SealTerms terms = SealTerms.of(chain);
        List<Act> closed = ofType(chain, "tender.closed");
        if (closed.isEmpty()) {
            return new Due(terms, null, "not-closed", Map.of());
        }
        List<Act> scored = ofType(chain, "tender.scored");
        // An envelope may have a second act: of bids whose bytes had been missing.
        int opened = (int) ofType(chain, "tender.opened").stream()
                .map(act -> new Fields(act.body()).text("envelope"))
                .distinct()
                .count();
        if (opened == terms.envelopes().size()) {
            return new Due(terms, null, "all-open", Map.of());
        }
        if (scored.size() < opened) {
            return new Due(terms, null, "not-scored", Map.of());
        }
        List<UUID> live = new Fields(closed.get(0).body()).uuids("bids");
        if (!shown.containsAll(live) && now.isBefore(closed.get(0).occurredAt().plus(SHOWING))) {
            return new Due(terms, null, "not-shown", Map.of());
        }
        Set<UUID> qualified = new HashSet<>(
                opened == 0 ? live : new Fields(scored.get(opened - 1).body()).uuids("qualified"));
        Set<String> decided = new HashSet<>();
        ofType(chain, "tender.awarded").forEach(act -> decided.add(new Fields(act.body()).text("lot")));
        ofType(chain, "tender.failed")
                .forEach(act -> decided.addAll(
                        act.body().containsKey("lot") ? List.of(new Fields(act.body()).text("lot")) : terms.lots()));
        Map<UUID, String> due = new HashMap<>();
        for (UUID bid : live) {
            String commitment = commitments.get(bid);
            if (commitment == null) {
                throw new IOException("the closing lists a bid that is not in the bundle: " + bid);
            }
            if (shown.contains(bid) && qualified.contains(bid) && !decided.contains(lots.get(bid))) {
                due.put(bid, commitment);
            }
        }
        return new Due(terms, terms.envelopes().get(opened), "", due);
    }

    private static List<Act> ofType(List<Act> chain, String type) {
        return chain.stream().filter(act -> act.type().equals(type)).toList();
    }
}
