package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.sealing.OpeningCheck;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.TenderActs;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.procurement.SealedTender.Sealed;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;

/** Bids whose bytes are gone or changed when the hour comes: they hold up nobody, and whoever has their bytes brings them back. */
class MissingBytesIT {

    private static final String TECHNICAL = "TECHNICAL";
    private static final String PRICE = "PRICE";

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    @TempDir
    static Path dataDir;

    private SealedTender tender;
    private final Map<UUID, Sealed> sealed = new HashMap<>();

    @BeforeEach
    void publish() throws SQLException {
        tender = new SealedTender(PLATFORM.db, dataDir, PLATFORM.regulator).publish();
    }

    private Bidder bid(String price) throws Exception {
        Bidder bidder = tender.bidder("1", price);
        sealed.put(bidder.bid, tender.seal(bidder, 1));
        tender.submit(bidder, sealed(bidder));
        return bidder;
    }

    private Sealed sealed(Bidder bidder) {
        return Objects.requireNonNull(sealed.get(bidder.bid));
    }

    private static void execute(String statement) throws SQLException {
        try (Connection c = PLATFORM.db.administrator();
                var s = c.createStatement()) {
            assertNotEquals(0, s.executeUpdate(statement));
        }
    }

    private static void lose(Bidder bidder, String envelope) throws SQLException {
        execute("delete from procurement.bid_chunk where bid_id = '" + bidder.bid + "' and envelope = '" + envelope
                + "'");
    }

    /** Flips the last byte that is stored of an envelope. */
    private static void flip(Bidder bidder, String envelope) throws SQLException {
        execute("update procurement.bid_chunk set content = set_byte(content, octet_length(content) - 1,"
                + " 255 - get_byte(content, octet_length(content) - 1)) where bid_id = '" + bidder.bid
                + "' and envelope = '" + envelope + "'");
    }

    private OpeningView.Stage open(String envelope) throws SQLException {
        OpeningView view = tender.post(tender.openers.get(0), envelope);
        for (UUID opener : tender.openers.subList(1, 3)) {
            view = tender.post(opener, envelope);
        }
        return stage(view, envelope);
    }

    private static OpeningView.Stage stage(OpeningView view, String envelope) {
        return view.envelopes().stream()
                .filter(each -> each.envelope().equals(envelope))
                .findFirst()
                .orElseThrow();
    }

    private void recorded(OpeningView.Stage stage) throws SQLException {
        tender.sign(stage.actId(), tender.openers);
        tender.ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, tender.services.asScope(Scope.SYSTEM, () -> tender.acts()
                .stateOf(stage.actId())));
    }

    /** Somebody who has nothing to do with the tender. */
    private OpeningView bring(Bidder bidder, String envelope, byte[] bytes) throws SQLException {
        UUID anybody = PLATFORM.db.organisation("SUPPLIER");
        return tender.services.as(SealedTender.supplier(anybody), () -> tender.services
                .get(BidResupplies.class)
                .bring(tender.tender, bidder.bid, envelope, new ByteArrayInputStream(bytes)));
    }

    private byte[] bytes(Bidder bidder, String envelope) {
        return Objects.requireNonNull(sealed(bidder).bytes().get(envelope));
    }

    private static String refused(Callable<?> work) {
        return assertThrows(BusinessException.class, work::call).code();
    }

    private static OpeningView.Result of(Bidder bidder, OpeningView.Stage stage) {
        return stage.results().stream()
                .filter(each -> each.bid().equals(bidder.bid))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBidWhoseBytesAreGoneIsMarkedAndTheOthersGoOn() throws Exception {
        Bidder one = bid("100");
        Bidder gone = bid("200");
        Bidder changed = bid("300");
        lose(gone, TECHNICAL);
        execute(
                "update procurement.bid_chunk set content = set_byte(content, 7, 255 - get_byte(content, 7)) where bid_id = '"
                        + changed.bid + "' and envelope = 'TECHNICAL'");
        tender.close();
        OpeningView.Stage stage = open(TECHNICAL);
        assertNull(of(one, stage).fault());
        assertEquals("CUSTODIAN", of(gone, stage).fault());
        assertEquals("CUSTODIAN", of(changed, stage).fault());
        recorded(stage);
        tender.score(TECHNICAL, List.of(one.bid));
        assertEquals("procurement.envelope-scored", refused(() -> bring(gone, TECHNICAL, bytes(gone, TECHNICAL))));
    }

    @Test
    void whoeverHasTheBytesBringsThemAndTheBidIsOpened() throws Exception {
        Bidder one = bid("100");
        Bidder gone = bid("200");
        lose(gone, TECHNICAL);
        tender.close();
        OpeningView.Stage first = open(TECHNICAL);
        assertEquals("procurement.opening-not-recorded", refused(() -> bring(gone, TECHNICAL, bytes(gone, TECHNICAL))));
        recorded(first);
        byte[] other = bytes(gone, TECHNICAL).clone();
        other[other.length - 1] ^= 1;
        assertEquals("procurement.bid-other-bytes", refused(() -> bring(gone, TECHNICAL, other)));
        assertEquals("procurement.bid-other-bytes", refused(() -> bring(gone, TECHNICAL, new byte[100])));
        assertEquals(
                "procurement.bid-other-bytes",
                refused(() -> bring(gone, TECHNICAL, Arrays.copyOf(other, other.length + 1))));
        assertEquals("procurement.bid-bytes-whole", refused(() -> bring(one, TECHNICAL, bytes(one, TECHNICAL))));
        OpeningView.Stage again = stage(bring(gone, TECHNICAL, bytes(gone, TECHNICAL)), TECHNICAL);
        assertNull(of(gone, again).fault());
        assertNotEquals(first.actId(), again.actId());
        recorded(again);
        tender.score(TECHNICAL, List.of(one.bid, gone.bid));
        assertEquals(
                Set.of(one.bid, gone.bid),
                tender.services.as(PLATFORM.regulator, () -> tender.openings().due(tender.tender, PRICE)).stream()
                        .map(DueBid::bid)
                        .collect(Collectors.toSet()));
    }

    @Test
    void bytesThatAreBroughtBeforeTheOpeningAreOpenedWithTheOthers() throws Exception {
        Bidder gone = bid("200");
        lose(gone, TECHNICAL);
        assertEquals("procurement.tender-open", refused(() -> bring(gone, TECHNICAL, bytes(gone, TECHNICAL))));
        tender.close();
        bring(gone, TECHNICAL, bytes(gone, TECHNICAL));
        assertNull(of(gone, open(TECHNICAL)).fault());
    }

    @Test
    void anAttachmentWhoseBytesHaveChangedIsNotItsBiddersFault() throws Exception {
        Bidder one = bid("100");
        flip(one, TECHNICAL);
        tender.close();
        assertNull(of(one, open(TECHNICAL)).fault());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Callable<Boolean> read = () -> tender.services.as(tender.hospital, () -> {
            tender.openings().attachment(tender.tender, one.bid, TECHNICAL, 0, out);
            return true;
        });
        assertEquals("procurement.bid-bytes-missing", refused(read));
        bring(one, TECHNICAL, bytes(one, TECHNICAL));
        out.reset();
        read.call();
        assertEquals("attachment of 100", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whoeverOpensTheTenderAgainFollowsWhatWasBroughtLater() throws Exception {
        Bidder one = bid("100");
        Bidder gone = bid("200");
        tender.close();
        recorded(open(TECHNICAL));
        tender.score(TECHNICAL, List.of(one.bid, gone.bid));
        lose(gone, PRICE);
        recorded(open(PRICE));
        assertEquals(1, reopened());
        OpeningView.Stage again = stage(bring(gone, PRICE, bytes(gone, PRICE)), PRICE);
        assertEquals("200", of(gone, again).values().get("amount"));
        assertEquals(1, reopened());
        recorded(again);
        assertEquals(2, reopened());
    }

    private int reopened() {
        return tender.services.as(tender.hospital, () -> {
            Map<String, byte[]> papers = tender.services.get(TenderPapers.class).of(tender.tender);
            Map<UUID, byte[]> ciphertexts = new HashMap<>();
            papers.forEach((name, bytes) -> {
                if (name.endsWith(".sealed")) {
                    String bid = name.substring(name.lastIndexOf('/') + 1, name.length() - ".sealed".length());
                    ciphertexts.put(UUID.fromString(bid), bytes);
                }
            });
            TenderActs ledger = tender.services.get(TenderActs.class);
            OpeningCheck.Result result = OpeningCheck.run(
                    ledger.chain(tender.tender),
                    ledger.bids(tender.tender).stream()
                            .collect(Collectors.toMap(BidStanding::id, BidStanding::commitment)),
                    OpeningRecord.parse(new String(
                            Objects.requireNonNull(papers.get("opening/PRICE.json")), StandardCharsets.UTF_8)),
                    ciphertexts);
            assertEquals("", result.broken());
            return result.reopened();
        });
    }

    @Test
    void aBidThatWasNotMadeAgainAfterAnAmendmentHasLapsed() throws Exception {
        tender = new SealedTender(PLATFORM.db, dataDir, PLATFORM.regulator, services -> services, Duration.ofHours(1))
                .publish();
        Bidder bidder = bid("100");
        tender.ledger.relayAll(dataDir);
        assertEquals(BidView.State.SUBMITTED, state(bidder));
        tender.amend();
        assertEquals(BidView.State.LAPSED, state(bidder));
        assertEquals(0, tender.services.as(tender.hospital, () -> tender.bids().count(tender.tender)));
        tender.as(bidder, () -> tender.bids().replace(bidder.bid));
        Sealed again = tender.seal(bidder, 2);
        assertEquals(SealedBid.parse(again.manifest()).terms(), tender.terms().terms());
        tender.submit(bidder, again);
        tender.ledger.relayAll(dataDir);
        assertEquals(BidView.State.SUBMITTED, state(bidder));
        assertEquals(1, tender.services.as(tender.hospital, () -> tender.bids().count(tender.tender)));
    }

    private BidView.State state(Bidder bidder) {
        return tender.as(bidder, () -> tender.bids().get(bidder.bid)).state();
    }

    @Test
    void aPanelThatHasLockedItsSheetsGetsOneForTheBidThatCameBack() throws Exception {
        JudgedTender judged = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        tender = judged.sealed;
        Bidder one = bid("95000000");
        Bidder gone = bid("100000000");
        lose(gone, TECHNICAL);
        tender.close();
        judged.open(TECHNICAL);
        judged.experts(8);
        judged.draw();
        judged.acceptAll();
        Map<UUID, String> points = Map.of(one.bid, "50", gone.bid, "40");
        List<SeatView> seats = judged.seats().stream()
                .filter(seat -> seat.state() == SeatView.State.ACCEPTED)
                .toList();
        seats.forEach(seat -> judged.scoreAndLock(seat, Map.of(one.bid, "50")));
        OpeningView.Stage again = stage(bring(gone, TECHNICAL, bytes(gone, TECHNICAL)), TECHNICAL);
        judged.deliver();
        recorded(again);
        assertEquals(EvaluationState.SCORING, judged(judged));
        for (SeatView seat : seats) {
            for (SheetView sheet : judged.as(seat, () -> judged.sheets().of(tender.tender))) {
                if (!sheet.locked()) {
                    SheetView saved = judged.as(seat, () -> judged.sheets()
                            .save(
                                    tender.tender,
                                    sheet.id(),
                                    sheet.version(),
                                    JudgedTender.said(points.get(sheet.bid()))));
                    judged.as(seat, () -> judged.sheets().lock(tender.tender, sheet.id(), saved.version()));
                }
            }
        }
        assertEquals(EvaluationState.JUDGED, judged(judged));
    }

    private EvaluationState judged(JudgedTender judged) {
        return judged.services
                .as(tender.hospital, () -> judged.evaluations().view(tender.tender))
                .state();
    }
}
