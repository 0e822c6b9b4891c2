package org.yiqi.contract.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.sealing.OpeningCheck;
import org.yiqi.contract.sealing.OpeningRecord;

/**
 * Goes once more from a tender's sealed bids to its winners: opening, terms, scores, ranking and awards, each held against what the acts
 * of the ledger say of it. That the acts themselves hold is checked with the bundle that they come in.
 */
public final class TenderReplay {

    /** What {@link EvaluationCheck} does not compare. */
    public static final String OPENING = "OPENING";

    public static final String TERMS = "TERMS";
    public static final String PRICE = "PRICE";

    private final UUID tender;
    private final Papers papers;
    private final List<Act> chain = new ArrayList<>();
    private final Map<UUID, String> commitments = new HashMap<>();
    private final Map<UUID, String> lotOf = new HashMap<>();
    private final Map<UUID, UUID> bidders = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Opened> opened = new ArrayList<>();

    private TenderReplay(UUID tender, List<Act> acts, Papers papers) {
        this.tender = tender;
        this.papers = papers;
        acts.forEach(this::take);
    }

    /**
     * What lies beside a bundle's acts.
     *
     * @param openings by envelope
     * @param ciphertexts by envelope and bid
     * @param documents by envelope
     */
    public record Papers(
            Map<String, OpeningRecord> openings,
            Map<String, Map<UUID, byte[]>> ciphertexts,
            Map<String, EvaluationDocument> documents,
            @Nullable PublishedTerms terms) {

        public Papers {
            openings = Map.copyOf(openings);
            ciphertexts = Map.copyOf(ciphertexts);
            documents = Map.copyOf(documents);
        }

        /** Whether there is nothing to go by. */
        public boolean none() {
            return openings.isEmpty() && ciphertexts.isEmpty() && documents.isEmpty() && terms == null;
        }
    }

    /**
     * One comparison.
     *
     * @param check {@link #OPENING}, {@link #TERMS} or the name of an {@link EvaluationCheck.Check}
     * @param broken the first thing that does not hold, or empty
     */
    public record Step(String check, int compared, String broken) {}

    /**
     * How one envelope was opened.
     *
     * @param reopened how many were opened again here
     * @param faulty openers whose shares were not those that were dealt, once for each
     */
    public record Opened(String envelope, int bids, int reopened, List<UUID> faulty) {

        public Opened {
            faulty = List.copyOf(faulty);
        }
    }

    /**
     * What became of a lot.
     *
     * @param terms by what it was judged
     * @param winner the bid that the published scores rank first, whatever was awarded
     * @param awarded the bid that it was awarded to, if it was
     * @param failed why it failed, or empty
     */
    public record Lot(
            LotTerms terms,
            LotResult result,
            @Nullable UUID winner,
            @Nullable UUID awarded,
            String failed) {}

    /**
     * What came out.
     *
     * @param lots in their order; empty before the ranking, or if it cannot be followed
     * @param bidders by bid, whose it is
     * @param passedOver better bids that an award names as passed over
     * @param termsTied whether weights and requirements were compared with those that were published
     */
    public record Result(
            List<Step> steps,
            List<Opened> opened,
            List<Lot> lots,
            Map<UUID, UUID> bidders,
            List<String> passedOver,
            boolean termsTied) {

        public Result {
            steps = List.copyOf(steps);
            opened = List.copyOf(opened);
            lots = List.copyOf(lots);
            bidders = Map.copyOf(bidders);
            passedOver = List.copyOf(passedOver);
        }
    }

    /** Whether a tender's ranking is signed: then its papers are public, and a proof without them lacks something. */
    public static boolean isRanked(UUID tender, List<Act> acts) {
        return acts.stream()
                .anyMatch(act -> act.subject().equals(Subject.tender(tender))
                        && act.type().equals("tender.scored")
                        && PRICE.equals(act.body().get("envelope")));
    }

    /** @param acts of the bundle, in the ledger's order */
    public static Result run(UUID tender, List<Act> acts, Papers papers) {
        return new TenderReplay(tender, acts, papers).run();
    }

    private void take(Act act) {
        if (act.subject().equals(Subject.tender(tender))) {
            chain.add(act);
        } else if (tender.toString().equals(act.body().get("tender"))) {
            UUID bid = act.subject().id();
            if (act.type().equals("bid.committed")) {
                commitments.put(bid, new Fields(act.body()).text("commitment"));
                lotOf.put(bid, new Fields(act.body()).text("lot"));
            } else if (act.type().equals("bid.revealed")) {
                act.party(PartyRole.BIDDER).ifPresent(org -> bidders.put(bid, org));
            }
        }
    }

    private Result run() {
        opening();
        boolean tied = terms();
        if (papers.documents().isEmpty() && !isRanked(tender, chain)) {
            // Opened and not judged yet, or judged and not public yet.
            return new Result(steps, opened, List.of(), bidders, List.of(), tied);
        }
        EvaluationCheck.Result result =
                EvaluationCheck.run(List.copyOf(papers.documents().values()), chain);
        result.steps().forEach(each -> steps.add(new Step(each.check().name(), each.compared(), each.broken())));
        return new Result(steps, opened, lots(result), bidders, result.passedOver(), tied);
    }

    private void opening() {
        int compared = 0;
        String broken = "";
        Set<String> foreign = new HashSet<>(papers.openings().keySet());
        foreign.addAll(papers.ciphertexts().keySet());
        Set<String> envelopes = new LinkedHashSet<>();
        of("tender.opened").forEach(act -> envelopes.add(new Fields(act.body()).text("envelope")));
        for (String envelope : envelopes) {
            foreign.remove(envelope);
            OpeningRecord record = papers.openings().get(envelope);
            if (record == null) {
                broken = first(broken, "what " + envelope + " envelopes were opened from is not with it");
                continue;
            }
            OpeningCheck.Result result = OpeningCheck.run(
                    chain, commitments, record, papers.ciphertexts().getOrDefault(envelope, Map.of()));
            compared += result.compared();
            broken = first(broken, result.broken());
            opened.add(new Opened(envelope, result.bids(), result.reopened(), result.faulty()));
        }
        if (!foreign.isEmpty()) {
            broken = first(
                    broken,
                    "the ledger knows no opening of " + foreign.iterator().next() + " envelopes");
        }
        steps.add(new Step(OPENING, compared, broken));
    }

    private static String first(String before, String now) {
        return before.isEmpty() ? now : before;
    }

    /** Criteria, requirements and ceilings are those that bidders could read, and each bid is judged for the lot that it is for. */
    private boolean terms() {
        int compared = 0;
        String broken = "";
        Optional<String> digest = PublishedTerms.digest(chain);
        PublishedTerms published = papers.terms();
        try {
            if (published != null && !published.isOf(digest.orElse(""))) {
                broken = "the terms are not those that were published";
            }
            for (EvaluationDocument document : papers.documents().values()) {
                EvaluationTerms judged = document.evaluation().terms();
                compared++;
                if (!judged.tender().equals(tender)) {
                    broken = first(broken, "the scores are those of another tender");
                }
                if (published != null) {
                    broken = first(broken, published.difference(judged));
                }
                for (LotTerms lot : judged.lots()) {
                    for (UUID bid : lot.bids()) {
                        compared++;
                        if (!lot.code().equals(lotOf.get(bid))) {
                            broken = first(
                                    broken, "bid " + bid + " is judged for lot " + lot.code() + ", not for its own");
                        }
                    }
                }
            }
        } catch (MalformedAct | NumberFormatException e) {
            broken = first(broken, "the terms cannot be followed: " + e.getMessage());
        }
        steps.add(new Step(TERMS, compared, broken));
        return published != null;
    }

    private List<Lot> lots(EvaluationCheck.Result result) {
        EvaluationDocument document = papers.documents().get(PRICE);
        if (document == null || result.lots().isEmpty()) {
            return List.of();
        }
        Map<String, LotTerms> judged = new TreeMap<>();
        document.evaluation().terms().lots().forEach(lot -> judged.put(lot.code(), lot));
        Map<String, UUID> awarded = new HashMap<>();
        of("tender.awarded")
                .forEach(act -> awarded.put(new Fields(act.body()).text("lot"), new Fields(act.body()).uuid("bid")));
        List<Lot> lots = new ArrayList<>();
        for (LotResult each : result.lots()) {
            LotTerms terms = judged.get(each.lot());
            if (terms != null) {
                lots.add(new Lot(
                        terms,
                        each,
                        result.winners().get(each.lot()),
                        awarded.get(each.lot()),
                        awarded.containsKey(each.lot()) ? "" : failed(each.lot())));
            }
        }
        return lots;
    }

    private String failed(String lot) {
        return of("tender.failed").stream()
                .filter(act ->
                        !act.body().containsKey("lot") || lot.equals(act.body().get("lot")))
                .map(act -> new Fields(act.body()).text("reason"))
                .findFirst()
                .orElse("");
    }

    private List<Act> of(String type) {
        return chain.stream().filter(act -> act.type().equals(type)).toList();
    }
}
