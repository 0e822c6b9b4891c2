package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.ledger.ActState;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.procurement.SealedTender.Sealed;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Scope;

/** Bids that nobody can read, on a real database and a real ledger: what is taken, what is refused, and what opens them. */
class SealedBidsIT {

    /** A price that occurs nowhere else. */
    private static final String CANARY = "8172635449107253";

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    @TempDir
    static Path dataDir;

    private SealedTender tender;

    @BeforeEach
    void publish() throws SQLException {
        tender = new SealedTender(PLATFORM.db, dataDir, PLATFORM.regulator).publish();
    }

    private static String refused(Callable<?> work) {
        Exception thrown = assertThrows(Exception.class, work::call);
        BusinessException refusal = thrown instanceof BusinessException own ? own : DatabaseRefusals.in(thrown);
        return refusal == null ? thrown.toString() : refusal.code();
    }

    @Test
    void threeBidsAreOpenedByTheThirdOpenerAndByNoneBefore() throws Exception {
        Bidder first = tender.bidder("1", "1284600000");
        Bidder second = tender.bidder("1", "1190000000");
        Bidder third = tender.bidder("2", "950000000");
        for (Bidder bidder : List.of(first, second, third)) {
            tender.submit(bidder);
        }
        tender.close();
        OpeningView before =
                tender.services.as(tender.hospital, () -> tender.openings().view(tender.tender));
        assertTrue(before.closed());
        assertEquals(0, before.hidden());
        assertEquals(3, before.envelopes().get(0).due());
        for (UUID opener : tender.openers.subList(3, 5)) {
            OpeningView view = tender.post(opener, "TECHNICAL");
            assertEquals(List.of(), view.envelopes().get(0).results());
        }
        OpeningView.Stage technical =
                tender.post(tender.openers.get(0), "TECHNICAL").envelopes().get(0);
        assertEquals(3, technical.results().size());
        assertEquals(
                Set.of(first.org, second.org, third.org),
                technical.results().stream().map(OpeningView.Result::bidder).collect(Collectors.toSet()));
        assertTrue(technical.results().stream()
                .allMatch(r -> r.fault() == null && r.values().isEmpty()));
        recorded(technical.actId());
        // Only those that qualified have their price opened.
        tender.score("TECHNICAL", List.of(first.bid, third.bid));
        assertEquals(
                Set.of(first.bid, third.bid),
                tender.services.as(PLATFORM.regulator, () -> tender.openings().due(tender.tender, "PRICE")).stream()
                        .map(DueBid::bid)
                        .collect(Collectors.toSet()));
        tender.post(tender.openers.get(1), "PRICE");
        tender.post(tender.openers.get(2), "PRICE");
        OpeningView.Stage price =
                tender.post(tender.openers.get(4), "PRICE").envelopes().get(1);
        assertEquals(
                Map.of(first.bid, "1284600000", third.bid, "950000000"),
                price.results().stream().collect(Collectors.toMap(OpeningView.Result::bid, r -> r.values()
                        .get("amount"))));
        recorded(price.actId());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        tender.services.as(tender.hospital, () -> {
            tender.openings().attachment(tender.tender, third.bid, "PRICE", 0, file);
            return true;
        });
        assertEquals("attachment of 950000000", file.toString(StandardCharsets.UTF_8));
        assertEquals(
                "procurement.not-buyer",
                refused(() -> tender.as(second, () -> tender.openings().opened(tender.tender, "PRICE"))));
    }

    private void recorded(UUID act) throws SQLException {
        tender.sign(act, tender.openers);
        tender.ledger.relayAll(dataDir);
        assertEquals(ActState.RECORDED, tender.services.asScope(Scope.SYSTEM, () -> tender.acts()
                .stateOf(act)));
    }

    @Test
    void theDeadlineIsExactToTheMillisecond() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        for (Duration late : List.of(Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofDays(1))) {
            tender.at(tender.deadline.plus(late));
            assertEquals("procurement.bid-late", refused(() -> tender.stamp(bidder, sealed)));
        }
        tender.at(tender.deadline.minusSeconds(1));
        tender.stamp(bidder, sealed);
        tender.at(tender.deadline);
        ToSign act = tender.stamp(bidder, sealed);
        // The signature under what was stamped in time may come a little later, a new stamp may not.
        tender.at(tender.deadline.plusSeconds(30));
        BidReceipt receipt = tender.as(bidder, () -> tender.bids().submit(bidder.bid, bidder.sign(act)));
        assertTrue(receipt.receipt().contains("\"time\":\"" + tender.deadline + "\""));
        tender.ledger.relayAll(dataDir);
        assertEquals(1, tender.services.as(tender.hospital, () -> tender.bids().count(tender.tender)));
        assertEquals(
                "procurement.bid-late",
                refused(() -> tender.as(bidder, () -> tender.bids().withdraw(bidder.bid))));
    }

    @Test
    void aSignatureThatComesWhenTheGateIsAboutToCloseIsTooLate() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        ToSign act = tender.stamp(bidder, sealed);
        tender.at(tender.deadline.plus(Bids.SIGNING).plusMillis(1));
        assertEquals(
                "procurement.bid-late",
                refused(() -> tender.as(bidder, () -> tender.bids().submit(bidder.bid, bidder.sign(act)))));
    }

    @Test
    void anUploadThatWasCutGoesOnWhereItStopped() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        byte[] price = sealed.bytes().get("PRICE");
        int cut = price.length * 9 / 10;
        long here = tender.as(bidder, () -> tender.uploads().upload(bidder.bid, "PRICE", 0, new Cut(price, cut)));
        assertEquals(cut, here);
        assertEquals(
                "procurement.bid-offset",
                refused(() -> tender.as(bidder, () -> tender.uploads()
                        .upload(bidder.bid, "PRICE", here + 1, new ByteArrayInputStream(price)))));
        assertEquals(
                here,
                tender.as(bidder, () -> tender.bids().get(bidder.bid))
                        .uploaded()
                        .getOrDefault("PRICE", 0L));
        byte[] rest = Arrays.copyOfRange(price, (int) here, price.length);
        assertEquals(price.length, tender.as(bidder, () -> tender.uploads()
                .upload(bidder.bid, "PRICE", here, new ByteArrayInputStream(rest))));
        tender.as(bidder, () -> tender.uploads()
                .upload(
                        bidder.bid,
                        "TECHNICAL",
                        0,
                        new ByteArrayInputStream(sealed.bytes().get("TECHNICAL"))));
        tender.stamp(bidder, sealed);
    }

    /** A connection that breaks. */
    private static final class Cut extends InputStream {
        private final byte[] bytes;
        private final int at;
        private int next;

        Cut(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            if (next == at) {
                throw new IOException("the line is dead");
            }
            return bytes[next++] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            into[from] = (byte) read();
            return 1;
        }
    }

    @Test
    void whatIsNotWholeAsItWasSealedIsRefused() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        assertEquals("procurement.bid-incomplete", refused(() -> tender.stamp(bidder, sealed)));
        Map<String, byte[]> flipped = new HashMap<>(sealed.bytes());
        byte[] price = flipped.get("PRICE").clone();
        price[price.length - 1] ^= 1;
        flipped.put("PRICE", price);
        tender.upload(bidder, new Sealed(sealed.manifest(), flipped));
        assertEquals("procurement.bid-other-bytes", refused(() -> tender.stamp(bidder, sealed)));
        tender.as(bidder, () -> tender.clear(bidder.bid));
        tender.upload(bidder, sealed);
        assertEquals("procurement.bid-malformed", refused(() -> tender.stamp(bidder, new Sealed("{}", Map.of()))));
        assertEquals(
                "procurement.bid-other-bid",
                refused(() ->
                        tender.stamp(bidder, new Sealed(tender.seal(bidder, 2).manifest(), Map.of()))));
        ToSign act = tender.stamp(bidder, sealed);
        Bidder thief = tender.bidder("1", "1");
        assertEquals(
                "ledger.wrong-signature",
                refused(() -> tender.as(bidder, () -> tender.bids().submit(bidder.bid, thief.sign(act)))));
    }

    @Test
    void aRivalCannotSubmitACopy() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        Bidder rival = tender.bidder("1", "1");
        tender.upload(rival, sealed);
        SealedBid original = SealedBid.parse(sealed.manifest());
        SealedBid copied = new SealedBid(
                original.tender(), original.lot(), rival.key(), 1, original.terms(), original.envelopes());
        assertEquals(
                "procurement.bid-wrong-proof",
                refused(() -> tender.stamp(rival, new Sealed(copied.json(), sealed.bytes()))));
        assertEquals(
                "procurement.bid-key-used",
                refused(() -> tender.as(rival, () -> tender.bids().start(tender.tender, "2", bidder.key()))));
    }

    @Test
    void whatWasSealedForAnotherTenderLotVersionOrEnvelopeIsRefusedHoweverItIsRelabelled() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        SealedTender other = new SealedTender(PLATFORM.db, dataDir, PLATFORM.regulator).publish();
        Bidder there = new Bidder(bidder.org, "1", "100");
        there.pair = bidder.pair;
        Sealed foreign = other.seal(there, 1);
        assertEquals("procurement.bid-other-terms", refused(() -> tender.stamp(bidder, foreign)));
        Bidder otherLot = new Bidder(bidder.org, "2", "100");
        otherLot.pair = bidder.pair;
        Sealed own = tender.seal(bidder, 1);
        List<SealedBid.Sealed> swapped =
                new ArrayList<>(SealedBid.parse(own.manifest()).envelopes());
        SealedBid.Sealed technical = swapped.get(0);
        SealedBid.Sealed price = swapped.get(1);
        swapped.set(0, new SealedBid.Sealed(technical.envelope(), price.deal(), price.size(), price.files()));
        for (List<SealedBid.Sealed> moved : List.of(
                SealedBid.parse(foreign.manifest()).envelopes(),
                SealedBid.parse(tender.seal(otherLot, 1).manifest()).envelopes(),
                SealedBid.parse(tender.seal(bidder, 2).manifest()).envelopes(),
                swapped)) {
            SealedBid relabelled = new SealedBid(
                    tender.tender, "1", bidder.key(), 1, tender.terms().terms(), moved);
            assertEquals(
                    "procurement.bid-wrong-proof",
                    refused(() -> tender.stamp(bidder, new Sealed(relabelled.json(), Map.of()))));
        }
        tender.upload(bidder, own);
        tender.stamp(bidder, own);
    }

    @Test
    void submittingAgainAnswersTheSameReceiptAndWritesOneAct() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        Sealed sealed = tender.seal(bidder, 1);
        tender.upload(bidder, sealed);
        String signature = bidder.sign(tender.stamp(bidder, sealed));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Set<String> receipts = new HashSet<>();
        try {
            List<Future<BidReceipt>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(
                        () -> tender.as(bidder, () -> tender.bids().submit(bidder.bid, signature))));
            }
            for (Future<BidReceipt> answer : answers) {
                receipts.add(answer.get().receipt() + answer.get().signature());
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(1, receipts.size());
        assertEquals(1L, number("select count(*) from ledger.act where subject = 'bid:" + bidder.bid + "'"));
    }

    @Test
    void aReplacedBidLeavesNothingOfTheOneBeforeAndOnlyTheNewOneOpens() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        tender.submit(bidder);
        BidView next = tender.as(bidder, () -> tender.bids().replace(bidder.bid));
        assertEquals(2, next.nextVersion());
        assertEquals(
                "procurement.bid-in-the-making",
                refused(() -> tender.as(bidder, () -> tender.bids().replace(bidder.bid))));
        Bidder cheaper = new Bidder(bidder.org, "1", "90");
        cheaper.pair = bidder.pair;
        cheaper.bid = bidder.bid;
        Sealed sealed = tender.seal(cheaper, 2);
        tender.upload(cheaper, sealed);
        ToSign act = tender.stamp(cheaper, sealed);
        tender.as(cheaper, () -> tender.bids().submit(cheaper.bid, cheaper.sign(act)));
        assertEquals(2L, number("select min(version) from procurement.bid_chunk where bid_id = '" + bidder.bid + "'"));
        tender.close();
        for (UUID opener : tender.openers.subList(0, 3)) {
            tender.post(opener, "TECHNICAL");
        }
        assertEquals(
                "90",
                tender.services
                        .as(tender.hospital, () -> tender.openings().opened(tender.tender, "TECHNICAL"))
                        .get(0)
                        .content()
                        .values()
                        .get("amount"));
    }

    @Test
    void aBidThatWasTakenBackIsDestroyedAndMakesRoomForAnother() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        tender.submit(bidder);
        assertEquals(
                "procurement.bid-exists",
                refused(() -> tender.as(
                        bidder, () -> tender.bids().start(tender.tender, "1", new Bidder(bidder.org, "1", "").key()))));
        ToSign act = tender.as(bidder, () -> tender.bids().withdraw(bidder.bid));
        BidView view = tender.as(bidder, () -> tender.bids().withdraw(bidder.bid, bidder.sign(act)));
        assertEquals(BidView.State.WITHDRAWN, view.state());
        assertEquals(0L, number("select count(*) from procurement.bid_chunk where bid_id = '" + bidder.bid + "'"));
        tender.ledger.relayAll(dataDir);
        assertEquals(0, tender.services.as(tender.hospital, () -> tender.bids().count(tender.tender)));
        tender.as(bidder, () -> tender.bids().start(tender.tender, "1", new Bidder(bidder.org, "1", "").key()));
    }

    @Test
    void nobodyButTheBidderSeesWhoBids() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        tender.submit(bidder);
        Bidder other = tender.bidder("1", "200");
        assertEquals(
                "procurement.bid-not-found",
                refused(() -> tender.as(other, () -> tender.bids().get(bidder.bid))));
        for (Scope scope : List.of(Scope.PLATFORM, Scope.REGULATOR, Scope.ANONYMOUS)) {
            long rows = tender.services.asScope(
                    scope, () -> PLATFORM.db.inScope(scope, c -> count(c, "select count(*) from procurement.bid")));
            assertEquals(0, rows, scope.name());
        }
        tender.ledger.relayAll(dataDir);
        // Neither does the ledger.
        assertEquals(
                0L,
                number("select count(*) from ledger.act where subject = 'bid:" + bidder.bid + "' and document like '%"
                        + bidder.org + "%'"));
    }

    @Test
    void beforeTheClosingNothingIsReleasedAndNobodyClosesEarly() throws Exception {
        tender.submit(tender.bidder("1", "100"));
        tender.ledger.relayAll(dataDir);
        assertEquals(
                "procurement.tender-open",
                refused(() -> tender.services.as(
                        tender.openers.get(0), () -> tender.openings().due(tender.tender, "TECHNICAL"))));
        assertEquals(
                "procurement.tender-open",
                refused(() ->
                        tender.post(new ReleaseList(tender.tender, "TECHNICAL", tender.openers.get(0), Map.of()))));
    }

    @Test
    void aWrongShareIsItsOpenersFaultAndTheOthersGoOn() throws Exception {
        Bidder bidder = tender.bidder("1", "100");
        tender.submit(bidder);
        tender.close();
        UUID cheat = tender.openers.get(0);
        Release foreign =
                tender.releases(tender.openers.get(1), "TECHNICAL").releases().get(bidder.bid);
        Release forged = new Release(1, foreign.point(), foreign.proof());
        OpeningView view = tender.post(new ReleaseList(tender.tender, "TECHNICAL", cheat, Map.of(bidder.bid, forged)));
        assertEquals(1, view.envelopes().get(0).posted().get(0).wrong());
        assertEquals("procurement.shares-posted", refused(() -> tender.post(cheat, "TECHNICAL")));
        tender.post(tender.openers.get(1), "TECHNICAL");
        assertEquals(
                List.of(),
                tender.post(tender.openers.get(2), "TECHNICAL")
                        .envelopes()
                        .get(0)
                        .results());
        assertEquals(
                1,
                tender.post(tender.openers.get(3), "TECHNICAL")
                        .envelopes()
                        .get(0)
                        .results()
                        .size());
    }

    @Test
    void aSubsetIsNeverOpenedAndOnlyOpenersRelease() throws Exception {
        Bidder first = tender.bidder("1", "100");
        Bidder second = tender.bidder("2", "200");
        tender.submit(first);
        tender.submit(second);
        tender.close();
        ReleaseList both = tender.releases(tender.openers.get(0), "TECHNICAL");
        Map<UUID, Release> one = new HashMap<>(both.releases());
        one.remove(second.bid);
        assertEquals(
                "procurement.shares-not-exact",
                refused(() -> tender.post(new ReleaseList(tender.tender, "TECHNICAL", tender.openers.get(0), one))));
        assertEquals(
                "procurement.not-opener",
                refused(() -> tender.services.as(
                        first.org, () -> tender.openings().post(tender.tender, both.json(), "AAAA"))));
        assertEquals(
                "procurement.shares-signature",
                refused(() -> tender.services.as(
                        tender.openers.get(0), () -> tender.openings().post(tender.tender, both.json(), "AAAA"))));
        assertEquals(
                "procurement.envelope-not-due",
                refused(() -> tender.services.as(
                        tender.openers.get(0), () -> tender.openings().due(tender.tender, "PRICE"))));
    }

    @Test
    void aPriceIsNowhereBeforeTheOpening() throws Exception {
        Bidder bidder = tender.bidder("1", CANARY);
        tender.submit(bidder);
        tender.ledger.relayAll(dataDir);
        tender.close();
        tender.post(tender.openers.get(0), "TECHNICAL");
        tender.post(tender.openers.get(1), "TECHNICAL");
        List<String> hits = new ArrayList<>();
        try (Connection c = PLATFORM.db.administrator();
                var s = c.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var rs = s.executeQuery("""
                select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')\
                """)) {
                while (rs.next()) {
                    tables.add(rs.getString(1));
                }
            }
            assertTrue(tables.contains("procurement.bid_chunk"));
            byte[] raw = CANARY.getBytes(StandardCharsets.UTF_8);
            String hex = java.util.HexFormat.of().formatHex(raw);
            String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(raw, 15));
            for (String table : tables) {
                try (var p = c.prepareStatement("select count(*) from " + table
                        + " t where t::text like '%' || ? || '%' or t::text like '%' || ? || '%' or t::text"
                        + " like '%' || ? || '%'")) {
                    p.setString(1, CANARY);
                    p.setString(2, hex);
                    p.setString(3, base64);
                    try (var rs = p.executeQuery()) {
                        rs.next();
                        if (rs.getLong(1) > 0) {
                            hits.add(table);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), hits);
        // The search finds what is there: after the third opener the price stands in the clear.
        tender.post(tender.openers.get(2), "TECHNICAL");
        assertTrue(
                number("select count(*) from procurement.opened_envelope where content like '%" + CANARY + "%'") > 0);
    }

    private static long number(String sql) throws SQLException {
        try (Connection c = PLATFORM.db.administrator()) {
            return count(c, sql);
        }
    }

    private static long count(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement();
                var rs = s.executeQuery(sql)) {
            rs.next();
            return rs.getLong(1);
        }
    }
}
