package org.yiqi.tools.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.evaluation.EvaluationDocument;
import org.yiqi.contract.evaluation.TenderReplay.Step;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.tools.Texts;

class ReplayTest {

    private final PaperTender tender = new PaperTender();

    private Replay.Told told(String language) {
        return Replay.of(
                tender.document(Subject.tender(tender.tender)),
                tender.members,
                new Texts("org.yiqi.tools.verify.checks", language));
    }

    private String broken() {
        return told("en").steps().stream()
                .map(Step::broken)
                .filter(broken -> !broken.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Test
    void theWinnerIsComputedFromSharesPricesAndScores() {
        assertEquals("", broken());
        assertEquals(
                List.of("REPLAY", "OPENING", "TERMS", "ENTRIES", "SCORES", "JUDGED", "QUALIFIED", "RANKING", "AWARDS"),
                told("en").steps().stream().map(Step::check).toList());
        String said = String.join("\n", told("en").lines());
        assertTrue(said.contains("PRICE envelopes: the openers opened 3; 3 of them were opened again here"), said);
        assertTrue(said.contains("TECHNICAL envelopes: the openers opened 3; 0 of them were opened again here"), said);
        // 90000/100000 · 40 = 36
        assertTrue(
                said.contains("2. bid " + PaperTender.SECOND + " of organisation "
                        + PaperTender.bidder(PaperTender.SECOND)
                        + ": 84.00 points = 48.00 panel + 36.00 price + 0.00 life-cycle cost; 1000.00 CNY"),
                said);
        assertTrue(said.contains("lot 1 is won by bid " + PaperTender.FIRST), said);
        assertTrue(said.contains("It was awarded to that bid."), said);
    }

    @Test
    void aBidThatWasOpenedLaterIsFollowedLikeTheOthers() {
        tender.missed(PaperTender.SECOND);
        assertEquals("", broken());
        String said = String.join("\n", told("en").lines());
        String opened = "PRICE envelopes: the openers opened 3; 3 of them were opened again here";
        assertEquals(said.indexOf(opened), said.lastIndexOf(opened));
        assertTrue(said.contains(opened), said);
    }

    @Test
    void everyStepIsToldInBothLanguages() {
        for (String language : List.of("zh", "en")) {
            Texts texts = new Texts("org.yiqi.tools.verify.checks", language);
            told(language)
                    .steps()
                    .forEach(step -> assertTrue(
                            texts.text(step.check()).length() > step.check().length(), step.check()));
            told(language).lines().forEach(line -> assertTrue(!line.contains("replay."), line));
        }
        String said = String.join("\n", told("zh").lines());
        assertTrue(said.contains("标段 1 由机构 " + PaperTender.bidder(PaperTender.FIRST) + " 的投标 "), said);
    }

    @Test
    void programsGetTheSame() {
        List<?> lots = (List<?>) told("en").tree().get("lots");
        Map<?, ?> lot = (Map<?, ?>) lots.get(0);
        assertEquals(PaperTender.FIRST.toString(), lot.get("winner"));
        assertEquals(3, ((List<?>) lot.get("ranking")).size());
    }

    @Test
    void aChangedScoreIsNamed() {
        tender.change("evaluation/TECHNICAL.json", "\"points\":\"48\"", "\"points\":\"58\"");
        assertEquals(
                "the points of seat 1 on 1 for bid " + PaperTender.SECOND + " was changed after it was committed",
                broken());
    }

    @Test
    void otherScoresWithATreeOfTheirOwnAreNotWhatTheBuyerSigned() {
        EvaluationDocument other = tender.technical("46", "48", "50");
        tender.members.put("evaluation/TECHNICAL.json", PaperTender.bytes(other.json()));
        assertEquals("the scores of envelope TECHNICAL are not those that the buyer signed", broken());
    }

    @Test
    void aChangedPriceIsNamed() {
        tender.change("evaluation/PRICE.json", "\\\"100000\\\"", "\\\\\"010000\\\\\"");
        assertEquals("the price of bid " + PaperTender.SECOND + " was changed after it was committed", broken());
    }

    @Test
    void anotherOrderOfTheEntriesIsNamed() {
        String name = "evaluation/TECHNICAL.json";
        EvaluationDocument document = EvaluationDocument.parse(
                new String(tender.members.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8));
        List<EvaluationDocument.Entry> turned = Stream.concat(
                        document.entries().stream().skip(2),
                        document.entries().stream().limit(2))
                .toList();
        EvaluationDocument other = new EvaluationDocument(document.tender(), document.envelope(), turned);
        tender.members.put(name, PaperTender.bytes(other.json()));
        assertEquals("the scores of envelope TECHNICAL are not those that the buyer signed", broken());
    }

    @Test
    void anAwardToTheSecondIsNamedAndTheWinnerToo() {
        tender.award(PaperTender.SECOND, "100000");
        assertTrue(broken().contains("ranked 2, and nobody says why not to bid " + PaperTender.FIRST), broken());
        String said = String.join("\n", told("en").lines());
        assertTrue(said.contains("lot 1 is won by bid " + PaperTender.FIRST), said);
        assertTrue(said.contains("It was awarded to bid " + PaperTender.SECOND), said);
    }

    @Test
    void anotherBidThanTheCommittedOneIsNamed() {
        PaperTender other = new PaperTender();
        String name = "opening/PRICE/" + PaperTender.SECOND + ".sealed";
        tender.members.put(name, other.members.getOrDefault(name, new byte[0]));
        assertEquals(
                "the PRICE bytes of bid " + PaperTender.SECOND + " are not those that were committed to", broken());
        tender.members.put("opening/PRICE.json", other.members.getOrDefault("opening/PRICE.json", new byte[0]));
        assertEquals("what was opened as bid " + PaperTender.FIRST + " is not what it committed to", broken());
    }

    @Test
    void anOpenersSignedContentThatTheSharesDoNotOpenIsNamed() {
        Act price = tender.acts.stream()
                .filter(act -> act.type().equals("tender.opened")
                        && "PRICE".equals(act.body().get("envelope")))
                .findFirst()
                .orElseThrow();
        int at = tender.acts.indexOf(price);
        tender.act(
                "tender.opened",
                price.parties(),
                Map.of(
                        "envelope",
                        "PRICE",
                        "bids",
                        Stream.of(PaperTender.FIRST, PaperTender.SECOND, PaperTender.THIRD)
                                .map(bid -> Map.of("bid", bid.toString(), "content", "ab".repeat(32)))
                                .toList()),
                List.of());
        tender.acts.set(at, tender.acts.remove(tender.acts.size() - 1));
        assertEquals(
                "what the shares open in the PRICE envelope of bid " + PaperTender.FIRST
                        + " is not what the openers signed",
                broken());
    }

    @Test
    void anOpenerWhoseSharesAreMissingIsNamed() {
        String opening =
                new String(tender.members.getOrDefault("opening/PRICE.json", new byte[0]), StandardCharsets.UTF_8);
        OpeningRecord record = OpeningRecord.parse(opening);
        tender.members.put(
                "opening/PRICE.json",
                PaperTender.bytes(new OpeningRecord(
                                record.tender(),
                                record.envelope(),
                                record.bids(),
                                record.lists().subList(0, 1))
                        .json()));
        assertEquals("opener " + PaperTender.opener(1) + " signed the opening and its shares are not there", broken());
    }

    @Test
    void otherWeightsThanThePublishedOnesAreNamed() {
        tender.terms("50");
        assertEquals("the terms are not those that were published", broken());
        PaperTender other = new PaperTender();
        Act published = other.acts.get(0);
        other.act(
                "tender.amended",
                List.of(),
                Map.of("deadline", String.valueOf(published.body().get("deadline"))),
                List.of(new Evidence("terms", "SHA-256", other.terms("50"))));
        Replay.Told told = Replay.of(
                other.document(Subject.tender(other.tender)),
                other.members,
                new Texts("org.yiqi.tools.verify.checks", "en"));
        assertTrue(
                told.steps().stream().anyMatch(step -> step.broken()
                        .equals("lot 1 is judged by other criteria or weights than were published")),
                () -> told.steps().toString());
    }

    @Test
    void aRankedTenderWithoutItsPapersLacksSomething() {
        tender.members.clear();
        assertEquals("what the ranked bids were opened and judged from is not with it", broken());
    }

    @Test
    void papersBesideTheProofOfSomethingElseAreRefused() {
        Replay.Told told = Replay.of(
                tender.document(Subject.bid(PaperTender.FIRST)),
                tender.members,
                new Texts("org.yiqi.tools.verify.checks", "en"));
        assertEquals(
                "there are papers of a tender, and the proof is of something else",
                told.steps().get(0).broken());
    }

    @Test
    void everyMissingPaperAndEveryFlippedBitIsFound() {
        for (String name : List.copyOf(tender.members.keySet())) {
            byte[] whole = tender.members.getOrDefault(name, new byte[0]);
            if (name.endsWith(".json") && !name.endsWith("terms.json")) {
                tender.members.remove(name);
                assertTrue(!broken().isEmpty(), name + " left out");
            }
            Random random = new Random(5);
            for (int i = 0; i < 25; i++) {
                byte[] flipped = whole.clone();
                int bit = random.nextInt(whole.length * 8);
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                tender.members.put(name, flipped);
                assertTrue(isFound(), name + ", bit " + bit);
            }
            tender.members.put(name, whole);
        }
        assertEquals("", broken());
    }

    private boolean isFound() {
        try {
            return !broken().isEmpty();
        } catch (MalformedAct e) {
            return true;
        }
    }

    @Test
    void aNameThatIsNoBidIsRefused() {
        tender.members.put("opening/PRICE/" + "-".repeat(36) + ".sealed", new byte[0]);
        assertThrows(MalformedAct.class, this::broken);
    }
}
