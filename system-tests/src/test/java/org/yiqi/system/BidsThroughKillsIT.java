package org.yiqi.system;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yiqi.contract.sealing.SealTerms;

/** The application is killed, time and again, while suppliers start, upload, stamp and submit bids. */
class BidsThroughKillsIT {

    private static final int BIDDERS = 4;
    private static final int KILLS = 3;
    /** Of each envelope: some pieces, so that some end in the middle of an upload. */
    private static final int ATTACHMENT = 2_500_000;

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Platform platform = Platform.shared();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final SealTerms terms;
    private volatile boolean ended;

    BidsThroughKillsIT() throws SQLException {
        terms = ApiBidder.terms(platform, ApiBidder.openTender(platform));
    }

    /** One bidder's bid, and the receipt if it got one. */
    private static final class Attempt {
        final ApiBidder bidder;
        final String commitment;
        final Map<String, byte[]> digests = new TreeMap<>();
        private volatile ApiBidder.@Nullable Sealed sealed;
        volatile @Nullable String receipt;

        Attempt(ApiBidder bidder, ApiBidder.Sealed sealed) {
            this.bidder = bidder;
            this.sealed = sealed;
            this.commitment = sealed.bid().commitment();
            sealed.bytes().forEach((envelope, bytes) -> digests.put(envelope, sha256(bytes)));
        }

        /** What it takes to go on is let go once nothing is left to do. */
        void done(String receipt) {
            this.receipt = receipt;
            sealed = null;
        }

        /** From wherever it is to the receipt. */
        String handIn() {
            bidder.start();
            Response bid = bidder.get();
            if (bid.<String>path("state").equals("SUBMITTED")) {
                return receipt(bidder.request().get(bidder.path() + "/receipt"));
            }
            ApiBidder.Sealed mine = Objects.requireNonNull(sealed, "a bid that was handed in is there");
            bidder.upload(mine);
            return receipt(bidder.submit(bidder.stamp(mine)));
        }

        private static String receipt(Response answer) {
            assertEquals(200, answer.statusCode(), answer::asString);
            return answer.path("receipt");
        }
    }

    @Test
    void noAcknowledgedBidIsLostAndNoneIsThereTwice() throws Exception {
        killed(KILLS);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {50, 200})
    void howeverOftenAndWheneverItIsKilled(int kills) throws Exception {
        killed(kills);
    }

    private void killed(int kills) throws Exception {
        int before = count();
        for (int kill = 1; kill <= kills; kill++) {
            killedDuringBidding(kill);
            platform.start();
            everyBidderGoesOn();
        }
        everyBidIsThereOnceAndWhole();
        Platform.await("all bids on the ledger", SOON, () -> count() == before + attempts.size());
        platform.as("health.inspector")
                .get("/audit/verification")
                .then()
                .statusCode(200)
                .body("intact", equalTo(true));
    }

    private int count() {
        return platform.as("shengyi.equipment")
                .get("/tenders/" + terms.tender() + "/bids/count")
                .then()
                .statusCode(200)
                .extract()
                .path("count");
    }

    private void killedDuringBidding(int kill) throws Exception {
        ended = false;
        ExecutorService world = Executors.newFixedThreadPool(BIDDERS);
        // With each kill some more or fewer are through: none ends at the same place as the one before.
        int enough = acknowledged.get() + 1 + kill * 3 % 5;
        try {
            for (int i = 0; i < BIDDERS; i++) {
                world.execute(this::bid);
            }
            Platform.await("enough bids handed in", SOON, () -> acknowledged.get() >= enough);
            ended = true;
            platform.kill();
        } finally {
            ended = true;
            world.shutdown();
            assertTrue(world.awaitTermination(2, TimeUnit.MINUTES), "the bidders noticed the end");
        }
        assertEquals(List.of(), List.copyOf(surprises));
    }

    private void bid() {
        while (!ended) {
            try {
                ApiBidder bidder = new ApiBidder(platform, terms, "1");
                Attempt attempt = new Attempt(bidder, bidder.seal(1, "4711", ATTACHMENT));
                attempts.add(attempt);
                attempt.done(attempt.handIn());
                acknowledged.incrementAndGet();
            } catch (Exception | AssertionError e) {
                // Whether this one was taken is not known: its bidder goes on after the restart.
                if (!ended) {
                    surprises.add(e.toString());
                    return;
                }
            }
        }
    }

    /** With the steps that are left, as the platform says. */
    private void everyBidderGoesOn() {
        for (Attempt attempt : attempts) {
            if (attempt.receipt == null) {
                attempt.done(attempt.handIn());
                acknowledged.incrementAndGet();
            }
        }
    }

    private void everyBidIsThereOnceAndWhole() throws Exception {
        for (Attempt attempt : attempts) {
            assertEquals(attempt.receipt, attempt.handIn(), "the same receipt, whenever it is asked for");
            assertTrue(String.valueOf(attempt.receipt).contains(attempt.commitment));
        }
        try (Connection c = platform.administrator()) {
            for (Attempt attempt : attempts) {
                UUID bid = UUID.fromString(attempt.bidder.path().replaceFirst(".*/", ""));
                assertEquals(
                        1,
                        number(c, "select count(*) from procurement.bid where org_id = ?", attempt.bidder.org()),
                        "bids of one bidder");
                assertEquals(1, number(c, "select count(*) from ledger.act where subject = 'bid:' || ?::uuid", bid));
                wholeAsItWasSealed(c, bid, attempt.digests);
            }
        }
    }

    private static long number(Connection c, String sql, UUID value) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setObject(1, value);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getLong(1);
            }
        }
    }

    private static void wholeAsItWasSealed(Connection c, UUID bid, Map<String, byte[]> digests) throws SQLException {
        Map<String, byte[]> here = new TreeMap<>();
        try (PreparedStatement s = c.prepareStatement("""
            select envelope, sha256(string_agg(content, ''::bytea order by at)) from procurement.bid_chunk
            where bid_id = ? group by envelope\
            """)) {
            s.setObject(1, bid);
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    here.put(rs.getString(1), rs.getBytes(2));
                }
            }
        }
        assertEquals(digests.keySet(), here.keySet());
        digests.forEach((envelope, digest) -> assertArrayEquals(digest, here.get(envelope)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
