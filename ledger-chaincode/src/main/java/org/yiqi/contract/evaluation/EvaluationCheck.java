package org.yiqi.contract.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.evaluation.LotResult.Outcome;
import org.yiqi.contract.evaluation.LotResult.Standing;

/** Judges a tender again from what was published, and holds the result against what was signed. */
public final class EvaluationCheck {

    /** Evidence of an award names with this a bid that was ranked better and passed over, with the digest of the reason. */
    public static final String PASSED_OVER = "passed-over:";

    private static final String PRICE = "PRICE";

    /** What is compared, in the order in which a reader follows it. */
    public enum Check {
        /** Every entry is the one that was committed. */
        ENTRIES,
        /** The tree over the entries is the one that the buyer signed. */
        SCORES,
        /** What was judged are the bids, and at the end the prices, that the openers found in the envelopes. */
        JUDGED,
        /** Whole, explained, and by them exactly those bids qualify that the buyer signed. */
        QUALIFIED,
        /** Low prices are decided about, and ties are drawn by the seed that was committed: so there is one ranking. */
        RANKING,
        /** Each lot went to the first, for its price, or it says why not. */
        AWARDS
    }

    private final Map<String, EvaluationDocument> documents = new HashMap<>();
    private final List<Act> acts;
    private final Map<String, UUID> winners = new TreeMap<>();
    private final List<String> passedOver = new ArrayList<>();
    private final List<LotResult> lots = new ArrayList<>();
    private final EnumMap<Check, Integer> compared = new EnumMap<>(Check.class);
    private Check at = Check.ENTRIES;

    private EvaluationCheck(List<EvaluationDocument> documents, List<Act> acts) {
        documents.forEach(each -> this.documents.put(each.envelope(), each));
        this.acts = acts;
    }

    /**
     * What was found.
     *
     * @param steps as far as it went
     * @param lots the ranking of each lot; empty before the prices are judged
     * @param winners by lot, the bid that the published scores rank first, whatever was awarded
     * @param passedOver better bids that an award names as passed over
     * @param broken the first thing that does not hold, or empty
     */
    public record Result(
            List<Step> steps, List<LotResult> lots, Map<String, UUID> winners, List<String> passedOver, String broken) {

        public Result {
            steps = List.copyOf(steps);
            lots = List.copyOf(lots);
            winners = Map.copyOf(winners);
            passedOver = List.copyOf(passedOver);
        }

        /** Whether everything held. */
        public boolean holds() {
            return broken.isEmpty();
        }
    }

    /**
     * One comparison.
     *
     * @param compared how many things were looked at
     * @param broken the first one that does not hold, or empty
     */
    public record Step(Check check, int compared, String broken) {}

    /**
     * @param documents of one tender, one for each envelope that was scored
     * @param acts the tender's chain, in its order
     */
    public static Result run(List<EvaluationDocument> documents, List<Act> acts) {
        EvaluationCheck check = new EvaluationCheck(documents, acts);
        String broken;
        try {
            broken = check.firstBroken();
        } catch (MalformedAct e) {
            broken = "the evaluation cannot be followed: " + e.getMessage();
        }
        List<Step> steps = new ArrayList<>();
        for (Map.Entry<Check, Integer> each : check.compared.entrySet()) {
            steps.add(new Step(each.getKey(), each.getValue(), each.getKey() == check.at ? broken : ""));
        }
        return new Result(steps, check.lots, check.winners, check.passedOver, broken);
    }

    private void look(Check check) {
        at = check;
        compared.merge(check, 1, Integer::sum);
    }

    private String firstBroken() {
        for (EvaluationDocument document : documents.values()) {
            for (EvaluationDocument.Entry entry : document.entries()) {
                look(Check.ENTRIES);
                if (!entry.isWhole()) {
                    return describe(entry) + " was changed after it was committed";
                }
            }
        }
        Evaluation technical = null;
        for (Act act : of("tender.scored")) {
            look(Check.SCORES);
            Fields body = new Fields(act.body());
            String envelope = body.text("envelope");
            EvaluationDocument document = documents.get(envelope);
            if (document == null) {
                return "the scores of envelope " + envelope + " are not with it";
            }
            if (!document.tender().equals(act.subject().id())
                    || !document.root().equals(body.text("root"))) {
                return "the scores of envelope " + envelope + " are not those that the buyer signed";
            }
            look(Check.JUDGED);
            String contents = opened(envelope, document.evaluation());
            if (!contents.isEmpty()) {
                return contents;
            }
            look(Check.QUALIFIED);
            Evaluation evaluation = whole(document.evaluation(), technical);
            String broken = scored(envelope, evaluation, body.uuids("qualified"));
            if (!broken.isEmpty()) {
                return broken;
            }
            technical = evaluation;
        }
        return "";
    }

    /** The prices' document stands on what the panel said before they showed, of the bids whose price was opened. */
    private static Evaluation whole(Evaluation own, @Nullable Evaluation before) {
        if (before == null) {
            return own;
        }
        Set<UUID> opened = new HashSet<>();
        own.terms().lots().forEach(lot -> opened.addAll(lot.bids()));
        Set<UUID> qualified = new HashSet<>();
        before.results().forEach(result -> qualified.addAll(result.valid()));
        if (!qualified.containsAll(opened) || !sameRules(own.terms(), before.terms())) {
            throw new MalformedAct("prices are judged by other rules or of other bids than the panel had before it");
        }
        return new Evaluation(
                own.terms(),
                before.verdicts().stream()
                        .filter(each -> opened.contains(each.bid()))
                        .toList(),
                before.marks().stream()
                        .filter(each -> opened.contains(each.bid()))
                        .toList(),
                own.prices(),
                own.answers());
    }

    /** Everything but which bids are left and the seed, which shows with the prices. */
    private static boolean sameRules(EvaluationTerms one, EvaluationTerms other) {
        return bare(one).equals(bare(other));
    }

    private static EvaluationTerms bare(EvaluationTerms terms) {
        List<LotTerms> lots =
                terms.lots().stream().map(lot -> lot.of(List.of())).toList();
        return new EvaluationTerms(terms.tender(), terms.rules(), lots, "", terms.tieCommitment());
    }

    private String scored(String envelope, Evaluation evaluation, List<UUID> qualified) {
        evaluation.checkWhole();
        if (!evaluation.unexplained().isEmpty()) {
            Mark mark = evaluation.unexplained().get(0);
            return "seat " + mark.seat() + " does not explain its points for bid " + mark.bid();
        }
        Set<UUID> expected = new HashSet<>();
        for (LotResult result : evaluation.results()) {
            if (result.outcome() == Outcome.RANKED) {
                expected.addAll(result.valid());
            }
        }
        if (!expected.equals(new HashSet<>(qualified))) {
            return "by the scores of envelope " + envelope + " other bids qualify than the buyer signed";
        }
        return envelope.equals(PRICE) ? decided(evaluation) : "";
    }

    private String decided(Evaluation evaluation) {
        look(Check.RANKING);
        if (!evaluation.undecidedLowPrices().isEmpty()) {
            return "nobody decided about the abnormally low price of bid "
                    + evaluation.undecidedLowPrices().get(0);
        }
        if (!Draw.commitment(evaluation.seed()).equals(evaluation.terms().tieCommitment())) {
            return "the seed for ties is not the one whose digest was published";
        }
        Map<String, LotResult> results = new HashMap<>();
        for (LotResult result : evaluation.results()) {
            results.put(result.lot(), result);
            lots.add(result);
            if (result.outcome() == Outcome.RANKED) {
                winners.put(result.lot(), result.standings().get(0).bid());
            }
        }
        Map<String, String> currencies = new HashMap<>();
        evaluation.terms().lots().forEach(lot -> currencies.put(lot.code(), lot.currency()));
        for (Act act : of("tender.awarded")) {
            look(Check.AWARDS);
            String broken = awarded(act, results, currencies);
            if (!broken.isEmpty()) {
                return broken;
            }
        }
        return "";
    }

    /** What was judged are exactly the bids whose envelope could be read, and every price is what the openers saw in it. */
    private String opened(String envelope, Evaluation evaluation) {
        Map<UUID, String> digests = new HashMap<>();
        for (Act act : of("tender.opened")) {
            Fields body = new Fields(act.body());
            if (body.text("envelope").equals(envelope)) {
                body.objects("bids", tree -> {
                    Fields bid = Fields.of(tree, Set.of("bid", "content"));
                    String content = bid.textOrNull("content");
                    if (content != null) {
                        digests.put(bid.uuid("bid"), content);
                    }
                    return bid;
                });
            }
        }
        Set<UUID> judged = new HashSet<>();
        evaluation.terms().lots().forEach(lot -> judged.addAll(lot.bids()));
        if (!digests.keySet().equals(judged)) {
            return "other bids are judged than those whose " + envelope + " envelope was opened";
        }
        Set<UUID> priced = new HashSet<>();
        evaluation.prices().forEach(price -> priced.add(price.bid()));
        if (envelope.equals(PRICE)
                && (!priced.equals(judged)
                        || priced.size() != evaluation.prices().size())) {
            return "not every bid is judged by the one price that was opened";
        }
        for (OpenedPrice price : evaluation.prices()) {
            look(Check.JUDGED);
            if (!price.parsed().digest().equals(digests.get(price.bid()))) {
                return "the price of bid " + price.bid() + " is not what the openers found in its envelope";
            }
        }
        return "";
    }

    private String awarded(Act act, Map<String, LotResult> results, Map<String, String> currencies) {
        Fields body = new Fields(act.body());
        String lot = body.text("lot");
        UUID bid = body.uuid("bid");
        LotResult result = results.get(lot);
        if (result == null
                || result.outcome() != Outcome.RANKED
                || !result.valid().contains(bid)) {
            return "lot " + lot + " was awarded to bid " + bid + ", which could not win it";
        }
        Standing standing = result.of(bid);
        if (!body.text("amount").equals(String.valueOf(standing.amount()))
                || !body.text("currency").equals(currencies.get(lot))) {
            return "lot " + lot + " was awarded for another price than its bid named";
        }
        for (Standing better : result.standings().subList(0, standing.rank() - 1)) {
            String name = PASSED_OVER + better.bid();
            if (act.evidence().stream().noneMatch(each -> each.name().equals(name))) {
                return "lot " + lot + " was awarded to bid " + bid + ", ranked " + standing.rank()
                        + ", and nobody says why not to bid " + better.bid();
            }
            passedOver.add(lot + ": " + better.bid());
        }
        return "";
    }

    private List<Act> of(String type) {
        return acts.stream().filter(act -> act.type().equals(type)).toList();
    }

    private static String describe(EvaluationDocument.Entry entry) {
        Fields text = new Fields(entry.text());
        return switch (entry.kind()) {
            case "mark" ->
                "the points of seat " + text.text("seat") + " on " + text.text("criterion") + " for bid "
                        + text.text("bid");
            case "verdict" ->
                "what seat " + text.text("seat") + " says on requirement " + text.text("requirement") + " for bid "
                        + text.text("bid");
            case "price" -> "the price of bid " + text.text("bid");
            case "answer" -> "the decision on the low price of bid " + text.text("bid");
            default -> "an entry of kind " + entry.kind();
        };
    }
}
