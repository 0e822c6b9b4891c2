package org.yiqi.contract.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Subject;

class EvaluationCheckTest {

    private final Judged judged = new Judged();
    private final List<Act> acts = new ArrayList<>();
    private EvaluationDocument technical;
    private EvaluationDocument price;

    EvaluationCheckTest() {
        judged.marks("60", "50", "40");
        judged.prices(1000, 900, 950);
        commit();
    }

    private void commit() {
        acts.clear();
        technical = again(EvaluationDocument.of("TECHNICAL", judged.technical(), new SecureRandom()));
        price = again(EvaluationDocument.of("PRICE", judged.priced(), new SecureRandom()));
        List<Object> readable = new ArrayList<>();
        Judged.BIDS.forEach(bid -> readable.add(Map.of("bid", bid.toString(), "content", "ab".repeat(32))));
        acts.add(act("tender.opened", Map.of("bids", readable, "envelope", "TECHNICAL"), List.of()));
        acts.add(scored(technical, Judged.BIDS));
        List<Object> contents = new ArrayList<>();
        judged.openedPrices()
                .forEach(each -> contents.add(Map.of(
                        "bid", each.bid().toString(), "content", each.parsed().digest())));
        acts.add(act("tender.opened", Map.of("bids", contents, "envelope", "PRICE"), List.of()));
        acts.add(scored(price, Judged.BIDS));
    }

    private static EvaluationDocument again(EvaluationDocument document) {
        return EvaluationDocument.parse(document.json());
    }

    private static Act scored(EvaluationDocument document, List<UUID> qualified) {
        return act(
                "tender.scored",
                Map.of(
                        "envelope",
                        document.envelope(),
                        "qualified",
                        qualified.stream().map(UUID::toString).toList(),
                        "root",
                        document.root()),
                List.of());
    }

    private static Act act(String type, Map<String, Object> body, List<Evidence> evidence) {
        return new Act(
                new UUID(3, 3),
                type,
                1,
                Subject.tender(Judged.TENDER),
                Instant.parse("2026-03-02T01:00:00Z"),
                List.of(),
                body,
                evidence,
                null);
    }

    private static Act awarded(UUID bid, String amount, Evidence... evidence) {
        return act(
                "tender.awarded",
                Map.of("amount", amount, "bid", bid.toString(), "currency", "CNY", "lot", "1"),
                List.of(evidence));
    }

    private EvaluationCheck.Result run() {
        return EvaluationCheck.run(List.of(technical, price), acts);
    }

    private static EvaluationDocument changed(EvaluationDocument document, String kind, String name, Object value) {
        List<EvaluationDocument.Entry> entries = new ArrayList<>(document.entries());
        for (int i = 0; i < entries.size(); i++) {
            EvaluationDocument.Entry entry = entries.get(i);
            if (entry.kind().equals(kind)) {
                Map<String, Object> text = new HashMap<>(entry.text());
                text.put(name, value);
                entries.set(i, new EvaluationDocument.Entry(kind, text, entry.salt(), entry.leaf()));
                break;
            }
        }
        return new EvaluationDocument(document.tender(), document.envelope(), entries);
    }

    @Test
    void theWinnerIsNamedFromTheScoresAlone() {
        EvaluationCheck.Result result = run();
        assertEquals("", result.broken());
        assertEquals(Map.of("1", Judged.ONE), result.winners());
        assertEquals(Judged.ONE, result.lots().get(0).standings().get(0).bid());
        assertEquals(
                List.of("ENTRIES", "SCORES", "JUDGED", "QUALIFIED", "RANKING"),
                result.steps().stream().map(step -> step.check().name()).toList());
        acts.add(awarded(Judged.ONE, "1000"));
        assertEquals("", run().broken());
    }

    @Test
    void aChangedScoreIsNamedBySeatCriterionAndBid() {
        technical = changed(technical, "mark", "points", "1");
        assertEquals(
                "the points of seat 1 on 2 for bid " + Judged.ONE + " was changed after it was committed",
                run().broken());
    }

    @Test
    void anOrderedChangeWithAFittingTreeIsNotWhatTheBuyerSigned() {
        judged.marks("40", "50", "60");
        technical = EvaluationDocument.of("TECHNICAL", judged.technical(), new SecureRandom());
        assertEquals("the scores of envelope TECHNICAL are not those that the buyer signed", run().broken());
    }

    @Test
    void anotherPriceThanTheOpenersFoundIsNamed() {
        List<Act> opened = List.of(acts.get(2));
        judged.prices(1000, 900, 100);
        commit();
        acts.set(2, opened.get(0));
        judged.answer(Judged.THREE, true);
        price = EvaluationDocument.of("PRICE", judged.priced(), new SecureRandom());
        acts.set(3, scored(price, Judged.BIDS));
        assertTrue(run().broken().endsWith("is not what the openers found in its envelope"), run().broken());
    }

    @Test
    void anAwardToAnotherThanTheFirstIsNamedUnlessItSaysWhy() {
        acts.add(awarded(Judged.TWO, "900"));
        assertTrue(run().broken().contains("nobody says why not to bid " + Judged.ONE), run().broken());
        acts.set(4, awarded(Judged.TWO, "900", new Evidence("passed-over:" + Judged.ONE, "SHA-256", "0".repeat(64))));
        assertEquals("", run().broken());
        assertEquals(List.of("1: " + Judged.ONE), run().passedOver());
    }

    @Test
    void aBidThatWasOpenedAndIsNotJudgedIsNamed() {
        acts.remove(0);
        List<Object> readable = new ArrayList<>();
        List.of(Judged.ONE, Judged.TWO, Judged.THREE, new UUID(1, 4))
                .forEach(bid -> readable.add(Map.of("bid", bid.toString(), "content", "ab".repeat(32))));
        acts.add(0, act("tender.opened", Map.of("bids", readable, "envelope", "TECHNICAL"), List.of()));
        assertEquals("other bids are judged than those whose TECHNICAL envelope was opened", run().broken());
    }

    @Test
    void aPriceThatWasOpenedAndLeftOutIsNamed() {
        Evaluation whole = judged.priced();
        Evaluation less = new Evaluation(
                whole.terms(), List.of(), List.of(), whole.prices().subList(0, 2), List.of());
        price = EvaluationDocument.of("PRICE", less, new SecureRandom());
        acts.set(3, scored(price, List.of(Judged.ONE, Judged.TWO)));
        assertEquals("not every bid is judged by the one price that was opened", run().broken());
    }

    @Test
    void anAwardForAnotherPriceIsNamed() {
        acts.add(awarded(Judged.ONE, "1001"));
        assertEquals("lot 1 was awarded for another price than its bid named", run().broken());
        assertEquals(Map.of("1", Judged.ONE), run().winners());
    }

    @Test
    void anUndecidedLowPriceStopsEverything() {
        judged.prices(400, 1000, 1000);
        commit();
        assertTrue(run().broken().startsWith("nobody decided about the abnormally low price"), run().broken());
    }

    @Test
    void aSeedThatWasNotPublishedIsNamed() {
        EvaluationTerms terms = judged.priced().terms();
        EvaluationTerms other = new EvaluationTerms(
                terms.tender(), terms.rules(), terms.lots(), "11".repeat(32), terms.tieCommitment());
        Evaluation priced =
                new Evaluation(other, List.of(), List.of(), judged.priced().prices(), List.of());
        price = EvaluationDocument.of("PRICE", priced, new SecureRandom());
        acts.set(3, scored(price, Judged.BIDS));
        assertEquals("the seed for ties is not the one whose digest was published", run().broken());
    }

    @Test
    void aMissingVerdictIsNamed() {
        judged.rejections(Judged.TWO, 0);
        Evaluation whole = judged.technical();
        Evaluation less = new Evaluation(
                whole.terms(),
                whole.verdicts().subList(1, whole.verdicts().size()),
                whole.marks(),
                List.of(),
                List.of());
        technical = EvaluationDocument.of("TECHNICAL", less, new SecureRandom());
        acts.set(1, scored(technical, Judged.BIDS));
        assertTrue(
                run().broken().startsWith("the evaluation cannot be followed: there is no verdict of seat"),
                run().broken());
    }
}
