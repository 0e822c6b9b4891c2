package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.Act;
import org.yiqi.contract.evaluation.Draw;
import org.yiqi.contract.evaluation.EvaluationCheck;
import org.yiqi.contract.evaluation.EvaluationDocument;
import org.yiqi.contract.evaluation.LotResult.Fate;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.ledger.TenderActs;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** From opened envelopes to awarded lots, on a real database and a real ledger. */
class EvaluationIT {

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    @TempDir
    static Path dataDir;

    private JudgedTender t;

    @BeforeEach
    void aTender() throws SQLException {
        t = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        try (var c = PLATFORM.db.administrator();
                var s = c.createStatement()) {
            // Every test draws from its own pool.
            s.executeUpdate("update procurement.expert set state = 'LEFT' where state = 'ADMITTED'");
        }
    }

    private static String refused(Callable<?> work) {
        Exception thrown = assertThrows(Exception.class, work::call);
        BusinessException refusal = thrown instanceof BusinessException own ? own : DatabaseRefusals.in(thrown);
        return refusal == null ? thrown.toString() : refusal.code();
    }

    private void opened() throws Exception {
        t.bid("1", "50000000", "95000000", "100000000", "105000000");
        t.bid("2", "70000000");
        t.sealed.close();
        t.open("TECHNICAL");
    }

    private Map<UUID, String> points() {
        Map<UUID, String> points = new HashMap<>();
        List<String> given = List.of("40", "50", "45", "30", "50");
        for (int i = 0; i < given.size(); i++) {
            points.put(t.bidders.get(i).bid, given.get(i));
        }
        return points;
    }

    private EvaluationView view() {
        return t.services.as(t.pool.regulator(), () -> t.evaluations().view(t.sealed.tender));
    }

    private <R> R buyer(Callable<R> work) {
        return t.services.as(t.sealed.hospital, work);
    }

    @Test
    void aTenderIsJudgedRankedAndAwardedAndAnyoneComesToTheSameWinner() throws Exception {
        opened();
        t.experts(8);
        t.draw();
        t.acceptAll();
        Map<UUID, String> strange = points();
        strange.put(t.bidders.get(1).bid, "20");
        List<SeatView> seats = t.seats();
        t.scoreAndLock(seats.get(0), strange);
        for (SeatView seat : seats.subList(1, 5)) {
            assertEquals(EvaluationState.SCORING, view().state());
            assertEquals(List.of(), view().results());
            assertEquals(List.of(), buyer(() -> reports().compare(t.sealed.tender)));
            assertEquals(
                    "procurement.report-early",
                    refused(() -> buyer(() -> reports().report(t.sealed.tender, "en"))));
            t.scoreAndLock(seat, points());
        }
        // 20 among four times 50 has to be explained.
        assertEquals(EvaluationState.EXPLAINING, view().state());
        assertEquals(
                "procurement.evaluation-step",
                refused(() -> buyer(() -> t.evaluations().score(t.sealed.tender))));
        SheetView odd = t.as(seats.get(0), () -> t.sheets().of(t.sealed.tender)).stream()
                .filter(sheet -> sheet.marks().get(0).outlier())
                .findFirst()
                .orElseThrow();
        assertEquals(t.bidders.get(1).bid, odd.bid());
        t.as(seats.get(0), () -> t.sheets().explain(t.sealed.tender, odd.id(), 1, "The curve flickers"));
        buyer(() -> t.evaluations().score(t.sealed.tender));
        t.sealed.ledger.relayAll(dataDir);
        t.deliver();
        assertEquals(EvaluationState.QUALIFIED, view().state());
        t.open("PRICE");
        assertEquals(EvaluationState.PRICED, view().state());
        LowPriceView question = view().lowPrices().get(0);
        assertEquals(List.of("MEAN", "NEXT"), question.reasons());
        assertEquals(
                "procurement.low-price-undecided",
                refused(() -> buyer(() -> t.evaluations().rank(t.sealed.tender))));
        Bidder cheap = t.bidders.get(0);
        assertEquals(
                "procurement.answer-awaited",
                refused(() ->
                        t.as(seats.get(0), () -> t.evaluations().decide(t.sealed.tender, cheap.bid, true, "Fine"))));
        t.as(seats.get(0), () -> t.services.get(Openings.class).opened(t.sealed.tender, "TECHNICAL"));
        t.sealed.as(cheap, () -> t.evaluations().answer(cheap.bid, "Stock of a model that ends"));
        assertEquals(
                "procurement.not-chair",
                refused(() ->
                        t.as(seats.get(1), () -> t.evaluations().decide(t.sealed.tender, cheap.bid, true, "Fine"))));
        t.as(seats.get(0), () -> t.evaluations()
                .decide(t.sealed.tender, cheap.bid, false, "No service for eight years"));
        buyer(() -> t.evaluations().rank(t.sealed.tender));
        t.sealed.ledger.relayAll(dataDir);
        t.deliver();
        List<Standing> lot = view().result("1").standings();
        assertEquals(Fate.LOW_PRICE, view().result("1").of(cheap.bid).fate());
        // Panel: (20 + 4 · 50) / 5 = 44, price 40; 45 and 95/100 · 40 = 38.
        assertEquals(t.bidders.get(1).bid, lot.get(0).bid());
        assertEquals("84.00", lot.get(0).total().toPlainString());
        assertEquals("83.00", lot.get(1).total().toPlainString());
        BidComparison.Line image = buyer(() -> reports().compare(t.sealed.tender)).get(0).lines().stream()
                .filter(BidComparison.Line::points)
                .findFirst()
                .orElseThrow();
        assertEquals("44.00", String.valueOf(image.cells().get(0).mean()));
        assertEquals(
                List.of("The curve flickers"),
                image.cells().get(0).said().stream()
                        .filter(BidComparison.Said::outlier)
                        .map(BidComparison.Said::reason)
                        .toList());
        for (String language : List.of("zh", "en")) {
            byte[] report = buyer(() -> reports().report(t.sealed.tender, language));
            assertEquals("%PDF", new String(report, 0, 4, StandardCharsets.US_ASCII));
        }
        assertEquals(
                "procurement.passed-over",
                refused(() -> buyer(() -> services().announce(t.sealed.tender, "1", t.bidders.get(2).bid, ""))));
        assertEquals(
                "procurement.end-invalid",
                refused(() -> buyer(() -> services().fail(t.sealed.tender, "1", EndReason.ALL_REJECTED, "None"))));
        buyer(() -> services().announce(t.sealed.tender, "1", t.bidders.get(1).bid, ""));
        assertEquals(
                "procurement.lot-noticed",
                refused(() -> buyer(() -> services().announce(t.sealed.tender, "1", t.bidders.get(1).bid, ""))));
        buyer(() -> services().fail(t.sealed.tender, "2", EndReason.TOO_FEW_BIDS, "One bid"));
        t.sealed.ledger.relayAll(dataDir);
        t.deliver();
        t.services
                .clock()
                .set(buyer(() -> services().notices(t.sealed.tender)).get(0).standstillUntil());
        buyer(() -> services().confirm(t.sealed.tender, "1"));
        t.sealed.ledger.relayAll(dataDir);
        t.deliver();
        assertEquals(EvaluationState.DECIDED, view().state());
        assertEquals(
                TenderState.AWARDED,
                buyer(() -> t.services.get(Tenders.class).get(t.sealed.tender)).state());
        replay();
        papers();
    }

    private EvaluationReports reports() {
        return t.services.get(EvaluationReports.class);
    }

    private Awards services() {
        return t.services.get(Awards.class);
    }

    /** What lies beside the acts in the tender's proof: of the technical envelopes no ciphertext. */
    private void papers() {
        YiqiPrincipal anybody = SealedTender.supplier(t.bidders.get(3).org);
        Set<String> names = t.services
                .as(anybody, () -> t.services.get(TenderPapers.class).of(t.sealed.tender))
                .keySet();
        assertTrue(
                names.containsAll(Set.of(
                        "opening/TECHNICAL.json",
                        "opening/PRICE.json",
                        "opening/PRICE/" + t.bidders.get(1).bid + ".sealed",
                        "evaluation/TECHNICAL.json",
                        "evaluation/PRICE.json")),
                names::toString);
        assertTrue(names.stream().noneMatch(name -> name.startsWith("opening/TECHNICAL/")), names::toString);
    }

    private void replay() {
        List<EvaluationDocument> documents = List.of(document(Envelope.TECHNICAL), document(Envelope.PRICE));
        List<Act> chain = buyer(() -> t.services.get(TenderActs.class).chain(t.sealed.tender));
        EvaluationCheck.Result result = EvaluationCheck.run(documents, chain);
        assertEquals("", result.broken());
        assertEquals(Map.of("1", t.bidders.get(1).bid), result.winners());
    }

    private EvaluationDocument document(Envelope envelope) {
        YiqiPrincipal anybody = SealedTender.supplier(t.bidders.get(3).org);
        return EvaluationDocument.parse(
                t.services.as(anybody, () -> t.evaluations().document(t.sealed.tender, envelope)));
    }

    @Test
    void aPanelIsDrawnByTheSeedWhoseDigestWasPublishedAndNobodyWhoIsBoundSitsOnIt() throws Exception {
        opened();
        t.experts(7);
        YiqiPrincipal ofBidder = t.expert(t.bidders.get(0).org);
        YiqiPrincipal ofBuyer = t.expert(t.sealed.hospital);
        String before = buyer(() -> t.panels().draws(t.sealed.tender)).get(0).commitment();
        t.draw();
        DrawView draw = buyer(() -> t.panels().draws(t.sealed.tender)).get(0);
        assertEquals(before, draw.commitment());
        byte[] seed = HexFormat.of().parseHex(draw.seed());
        assertEquals(draw.commitment(), Draw.commitment(seed));
        assertEquals(7, draw.candidates().size());
        Set<UUID> seated = new HashSet<>();
        t.seats().forEach(seat -> seated.add(seat.personId()));
        assertEquals(5, seated.size());
        assertFalse(seated.contains(ofBidder.personId()) || seated.contains(ofBuyer.personId()));
        List<UUID> order = Draw.order(seed, Draw.Purpose.PANEL, t.sealed.tender, draw.word(), draw.candidates());
        UUID first = t.services
                .as(
                        t.people.get(t.seats().get(0).personId()),
                        () -> t.services.get(Experts.class).mine())
                .orElseThrow()
                .id();
        assertEquals(order.get(0), first);
        assertEquals(
                "procurement.tender-not-found",
                refused(() -> buyer(() -> t.panels().draws(UUID.randomUUID()))));
        assertTrue(
                buyer(() -> t.panels().draws(t.sealed.tender)).get(1).seed().isEmpty(),
                "the seed for ties shows later");
    }

    @Test
    void whoDeclinesIsFollowedByTheNextOfTheSameDraw() throws Exception {
        opened();
        t.experts(6);
        t.draw();
        SeatView second = t.seats().get(1);
        t.as(second, () -> {
            t.panels().leave(t.sealed.tender, "My brother sells for a bidder");
            return true;
        });
        List<SeatView> now = t.seats();
        assertEquals(6, now.size());
        SeatView next = now.stream()
                .filter(seat -> seat.number() == 2 && seat.state() == SeatView.State.INVITED)
                .findFirst()
                .orElseThrow();
        assertFalse(second.personId().equals(next.personId()));
        assertEquals(
                "procurement.too-few-experts",
                refused(() -> t.as(next, () -> {
                    t.panels().leave(t.sealed.tender, "Me too");
                    return true;
                })));
    }

    @Test
    void nobodySeesAnothersSheetBeforeAllAreLocked() throws Exception {
        opened();
        t.experts(5);
        t.draw();
        t.acceptAll();
        List<SeatView> seats = t.seats();
        SheetView own = t.as(seats.get(0), () -> t.sheets().of(t.sealed.tender)).get(0);
        assertEquals(
                "procurement.sheet-not-found",
                refused(() -> t.as(seats.get(1), () -> t.sheets().get(t.sealed.tender, own.id()))));
        assertEquals(
                "procurement.sheet-not-found",
                refused(() -> buyer(() -> t.sheets().of(t.sealed.tender))));
        EvaluationView seen = buyer(() -> t.evaluations().view(t.sealed.tender));
        assertEquals(List.of(), seen.results());
        assertTrue(seen.seats().stream().allMatch(seat -> seat.name().isEmpty() && seat.personId() == null));
    }

    @Test
    void whatIsOutOfRangeIsRefusedNamingTheFieldAndALockedSheetStays() throws Exception {
        opened();
        t.experts(5);
        t.draw();
        t.acceptAll();
        SeatView seat = t.seats().get(0);
        SheetView sheet = t.as(seat, () -> t.sheets().of(t.sealed.tender)).get(0);
        SaveSheet wrong = new SaveSheet(
                List.of(new SaveSheet.Verdict(0, false, "")),
                List.of(new SaveSheet.Mark(1, new BigDecimal("60.001")), new SaveSheet.Mark(0, BigDecimal.ONE)));
        BusinessException refusal = assertThrows(
                BusinessException.class,
                () -> t.as(seat, () -> t.sheets().save(t.sealed.tender, sheet.id(), sheet.version(), wrong)));
        assertEquals(
                List.of("/verdicts/0/reason", "/marks/0/points", "/marks/1/criterion"),
                refusal.errors().stream().map(e -> e.pointer()).toList());
        SheetView saved = t.as(
                seat, () -> t.sheets().save(t.sealed.tender, sheet.id(), sheet.version(), JudgedTender.said("33.33")));
        SheetView locked = t.as(seat, () -> t.sheets().lock(t.sealed.tender, sheet.id(), saved.version()));
        assertEquals(
                "procurement.sheet-locked",
                refused(() -> t.as(seat, () -> t.sheets()
                        .save(t.sealed.tender, sheet.id(), locked.version(), JudgedTender.said("1")))));
        for (String behind : List.of(
                "update procurement.mark set points = 1 where sheet_id = '%s'",
                "delete from procurement.verdict where sheet_id = '%s'",
                "update procurement.sheet set state = 'DRAFT', locked_at = null where id = '%s'")) {
            try (var c = PLATFORM.db.administrator();
                    var s = c.createStatement()) {
                SQLException stays =
                        assertThrows(SQLException.class, () -> s.executeUpdate(behind.formatted(sheet.id())));
                assertTrue(stays.getMessage().contains("a locked sheet stays"), stays.getMessage());
            }
        }
    }

    @Test
    void anInvitationThatRanOutIsNotTakenAndTheBuyerAsksTheNext() throws Exception {
        opened();
        t.experts(10);
        t.draw();
        SeatView late = t.seats().get(0);
        t.services.clock().set(t.services.clock().instant().plus(Duration.ofHours(25)));
        assertEquals(
                "procurement.invitation-expired",
                refused(() -> t.as(late, () -> {
                    t.panels().accept(t.sealed.tender, true);
                    return true;
                })));
        buyer(() -> {
            t.panels().replaceSilent(t.sealed.tender);
            return true;
        });
        assertEquals(
                5,
                t.seats().stream()
                        .filter(seat -> seat.state() == SeatView.State.INVITED)
                        .count());
        assertEquals(
                5,
                t.seats().stream()
                        .filter(seat -> seat.state() == SeatView.State.EXPIRED)
                        .count());
    }
}
