package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.disposal.DisposalsIT.codeOf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.yiqi.billing.EntryView;
import org.yiqi.billing.Journal;
import org.yiqi.disposal.AuctionAwards.Decision;
import org.yiqi.disposal.AuctionAwards.Round;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class AuctionsIT {

    private static final int BIDDERS = 200;
    private static final String NONCE = "0123456789abcdef";

    private final DisposalFixture f = new DisposalFixture();

    @Test
    void onlyAQualifiedRecyclerTakesPartAndNobodyOfTheOwnersSide() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        YiqiPrincipal unlicensed = DisposalFixture.person(f.organisation("RECYCLER"), Scope.MEMBER, Roles.RECYCLER);
        assertEquals("disposal.not-qualified", codeOf(() -> f.as(unlicensed, () -> join(auction))));
        YiqiPrincipal owner = DisposalFixture.person(f.hospital, Scope.MEMBER, Roles.RECYCLER);
        assertEquals("disposal.not-qualified", codeOf(() -> f.as(owner, () -> join(auction))));
        YiqiPrincipal recycler = f.recycler();
        assertEquals("disposal.not-joined", codeOf(() -> f.bid(recycler, auction, "600000")));
        f.execute(
                "insert into organisation.person(id, username, name, password_hash, created_at) values (?, ?, 'x', '-', now())",
                recycler.personId(),
                recycler.personId().toString());
        f.execute(
                "insert into organisation.membership(person_id, org_id, department, roles, since) values (?, ?, '', '{}', now())",
                recycler.personId(),
                f.hospital);
        assertEquals("disposal.owners-side", codeOf(() -> f.as(recycler, () -> join(auction))));
    }

    @Test
    void nobodyBidsBeforeTheListingCouldBeCorrectedOrAfterTheEnd() {
        AuctionView auction =
                f.listed(f.authorised(f.unit("MRI", "S" + UUID.randomUUID())), AuctionKind.ENGLISH, "600000", "650000");
        assertEquals("RECTIFICATION", auction.phase());
        YiqiPrincipal recycler = f.joined(auction);
        assertEquals("disposal.auction-not-open", codeOf(() -> f.bid(recycler, auction, "600000")));
        f.as(f.equipment, () -> f.get(Auctions.class).correct(auction.id(), "with probes"));
        f.later(Duration.ofDays(2));
        assertEquals(
                "disposal.bidding-began",
                codeOf(() -> f.as(f.equipment, () -> f.get(Auctions.class).correct(auction.id(), "without"))));
        f.bid(recycler, auction, "600000");
        f.services.clock().set(auction.closesAt());
        assertEquals("disposal.auction-over", codeOf(() -> f.bid(recycler, auction, "700000")));
    }

    @Test
    void aBidIsHigherByTheStepAndALateOneMovesTheEndExactly() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        YiqiPrincipal first = f.joined(auction);
        YiqiPrincipal second = f.joined(auction);
        assertEquals("disposal.bid-too-low", codeOf(() -> f.bid(first, auction, "599999.99")));
        assertEquals(auction.closesAt(), f.bid(first, auction, "600000").closesAt());
        assertEquals("disposal.bid-too-low", codeOf(() -> f.bid(second, auction, "600999.99")));
        f.services.clock().set(auction.closesAt().minusSeconds(121));
        assertEquals(auction.closesAt(), f.bid(second, auction, "601000").closesAt());
        f.services.clock().set(auction.closesAt().minusSeconds(10));
        AuctionView last = f.bid(first, auction, "602000");
        assertEquals(auction.closesAt().plusSeconds(110), last.closesAt());
        assertEquals(
                List.of(1, 2, 3),
                last.board().stream().map(AuctionView.Bid::seq).toList());
        assertEquals(
                List.of(1, 2, 1),
                last.board().stream().map(AuctionView.Bid::place).toList());
    }

    @Test
    void twoHundredBiddersInTheLastTenSecondsMakeOneOrderAndNoneIsLost() throws Exception {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        List<YiqiPrincipal> bidders = manyJoined(auction);
        f.services.clock().set(auction.closesAt().minusSeconds(10));
        List<Integer> amounts = new ArrayList<>();
        for (int i = 0; i < BIDDERS; i++) {
            amounts.add(600_000 + 1000 * i);
        }
        Collections.shuffle(amounts, new Random(7));
        ConcurrentSkipListSet<Long> answered = new ConcurrentSkipListSet<>();
        atOnce(bidders, i -> {
            Money amount = Money.cny(Integer.toString(amounts.get(i)));
            try {
                f.services.as(bidders.get(i), () -> f.get(Auctions.class).bid(auction.id(), amount));
                answered.add(amount.minor());
            } catch (RuleViolation tooLow) {
                assertEquals("disposal.bid-too-low", tooLow.code());
            }
            return true;
        });
        AuctionView end = view(auction);
        List<Long> board = end.board().stream()
                .map(b -> b.amount() == null ? 0 : b.amount().minor())
                .toList();
        assertEquals(new ArrayList<>(answered), board, "the board holds the answered bids, each higher than the last");
        for (int i = 0; i < board.size(); i++) {
            assertEquals(i + 1, end.board().get(i).seq());
        }
        assertEquals(79_900_000L, board.get(board.size() - 1), "the highest of all is always taken");
        assertEquals(auction.closesAt().plusSeconds(110), end.closesAt());
        assertEquals(end.board().size(), end.bids());
    }

    @Test
    void twoHundredSealedBidsAtOnceAreAllThereAndOfEqualOnesTheEarlierWins() throws Exception {
        AuctionView auction = f.open(AuctionKind.SEALED, "600000", "650000");
        List<YiqiPrincipal> bidders = manyJoined(auction);
        f.services.clock().set(auction.closesAt().minusSeconds(10));
        Money amount = Money.cny("700000");
        atOnce(
                bidders,
                i -> f.services.as(bidders.get(i), () -> f.get(Auctions.class)
                        .seal(
                                auction.id(),
                                Auctions.digest(auction.id(), bidders.get(i).orgId(), amount, NONCE))));
        List<Integer> numbers =
                view(auction).board().stream().map(AuctionView.Bid::seq).toList();
        assertEquals(BIDDERS, numbers.size());
        assertEquals(BIDDERS, numbers.get(BIDDERS - 1));
        f.services.clock().set(auction.closesAt());
        for (YiqiPrincipal bidder : bidders.subList(0, 5)) {
            f.as(bidder, () -> f.get(Auctions.class).reveal(auction.id(), amount, NONCE));
        }
        int firstTold = view(auction).board().stream()
                .filter(b -> b.amount() != null)
                .findFirst()
                .orElseThrow()
                .place();
        f.later(Duration.ofDays(1));
        AuctionView end = view(auction);
        assertEquals(AuctionState.SOLD, end.state());
        UUID winner = end.ranking().get(0).organisationId();
        assertEquals(5, end.ranking().size());
        assertEquals(
                firstTold,
                f.as(DisposalFixture.person(winner, Scope.MEMBER), () -> f.get(Auctions.class)
                                .get(auction.id()))
                        .mine()
                        .place());
        assertEquals(
                BIDDERS - 5L,
                count(
                        "select count(*) from disposal.bidder where state = 'FORFEITED' and auction_id = ?",
                        auction.id()));
    }

    @Test
    void aSealedBidIsReadByNobodyBeforeItsBidderTellsIt() {
        AuctionView auction = f.open(AuctionKind.SEALED, "600000", "650000");
        YiqiPrincipal recycler = f.joined(auction);
        Money amount = Money.cny("700000");
        String digest = Auctions.digest(auction.id(), recycler.orgId(), amount, NONCE);
        Auctions auctions = f.get(Auctions.class);
        f.as(recycler, () -> auctions.seal(auction.id(), digest));
        assertEquals("disposal.bid-before", codeOf(() -> f.as(recycler, () -> auctions.seal(auction.id(), digest))));
        assertEquals(
                "disposal.not-revealing",
                codeOf(() -> f.as(recycler, () -> auctions.reveal(auction.id(), amount, NONCE))));
        assertNull(view(auction).board().get(0).amount());
        f.services.clock().set(auction.closesAt());
        assertEquals(
                "disposal.digest-differs",
                codeOf(() -> f.as(recycler, () -> auctions.reveal(auction.id(), Money.cny("600000"), NONCE))));
        AuctionView told = f.as(recycler, () -> auctions.reveal(auction.id(), amount, NONCE));
        assertEquals(amount, told.board().get(0).amount());
    }

    @Test
    void aDutchPriceFallsByAHundredthAtATimeAndIsTakenOnce() {
        AuctionView auction = f.open(AuctionKind.DUTCH, "800000", "650000");
        YiqiPrincipal first = f.joined(auction);
        YiqiPrincipal second = f.joined(auction);
        assertEquals(Money.cny("800000"), view(auction).least());
        f.services.clock().set(auction.opensAt().plusSeconds(600));
        assertEquals(Money.cny("720000"), view(auction).least());
        assertEquals("disposal.bid-not-the-price", codeOf(() -> f.bid(first, auction, "800000")));
        f.bid(first, auction, "720000");
        assertEquals("disposal.auction-over", codeOf(() -> f.bid(second, auction, "720000")));
        f.later(Duration.ofSeconds(5));
        assertEquals(DisposalState.VERIFYING, f.of(auction).state());
    }

    @Test
    void aDutchPriceNeverFallsBelowOneHundredth() {
        AuctionView auction = f.open(AuctionKind.DUTCH, "800000", "650000");
        f.services.clock().set(auction.opensAt().plusSeconds(60L * 500));
        assertEquals(Money.cny("8000"), view(auction).least());
    }

    @Test
    void belowNinetyPercentOfTheAppraisalTheCommitteeDecides() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "600000");
        YiqiPrincipal recycler = f.joined(auction);
        f.bid(recycler, auction, "638000");
        f.later(Duration.ofDays(1));
        AuctionView paused = view(auction);
        assertEquals(AuctionState.PAUSED, paused.state());
        assertEquals("BELOW_SHARE", paused.pauseCode());
        assertEquals(DisposalState.PAUSED, f.of(auction).state());
        AuctionView sold = f.as(f.committee, () -> f.get(AuctionAwards.class)
                .decide(auction.id(), Decision.GO_ON, "scrap prices fell", null));
        assertEquals(AuctionState.SOLD, sold.state());
        assertEquals(DisposalState.VERIFYING, f.of(auction).state());
    }

    @Test
    void atNinetyPercentNobodyHasToDecide() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "600000");
        f.bid(f.joined(auction), auction, "652500");
        f.later(Duration.ofDays(1));
        assertEquals(AuctionState.SOLD, view(auction).state());
    }

    @Test
    void itIsListedAgainTwiceTenPercentLowerAndNotAThirdTime() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        f.later(Duration.ofDays(1));
        Money reserve = Money.cny("650000");
        AuctionView current = auction;
        for (String next : List.of("585000", "526500")) {
            AuctionView paused = view(current);
            assertEquals("NO_BIDS", paused.pauseCode());
            assertEquals(reserve, paused.reserve());
            current = relist(paused);
            reserve = Money.cny(next);
            assertEquals(reserve, view(current).reserve());
            f.later(Duration.ofDays(3));
        }
        AuctionView last = current;
        assertEquals("disposal.relisted-enough", codeOf(() -> relist(last)));
    }

    @Test
    void whoDoesNotPayLosesTheDepositOnceAndTheRunnerUpStepsIn() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        YiqiPrincipal runnerUp = f.joined(auction);
        YiqiPrincipal winner = f.joined(auction);
        f.bid(runnerUp, auction, "700000");
        f.bid(winner, auction, "710000");
        f.later(Duration.ofDays(1));
        UUID id = auction.disposalId();
        f.as(f.equipment, () -> f.get(AuctionAwards.class).verify(id, true, ""));
        f.later(Duration.ofDays(5));
        assertEquals(
                "disposal.wrong-state",
                codeOf(() -> f.as(f.finance, () -> f.get(AuctionAwards.class).paid(id, "TT-9"))));
        f.later(Duration.ofDays(1));
        assertEquals(
                List.of("DEFAULTED", "CHOSEN"),
                view(auction).ranking().stream().map(AuctionView.Rank::state).toList());
        f.as(f.equipment, () -> f.get(AuctionAwards.class).verify(id, true, ""));
        DisposalView paid = f.as(f.finance, () -> f.get(AuctionAwards.class).paid(id, "TT-10"));
        assertEquals(runnerUp.orgId(), paid.recyclerId());
        assertEquals(Money.cny("700000"), paid.price());
        List<EntryView> entries = f.as(f.finance, () -> f.get(Journal.class).list(ListQuery.all()))
                .items();
        assertEquals(
                2,
                entries.stream().filter(e -> e.reason().equals("DEPOSIT_HELD")).count());
        assertEquals(
                1,
                entries.stream()
                        .filter(e -> e.reason().equals("DEPOSIT_ENDED")
                                && e.counterparty().equals(winner.orgId()))
                        .count());
        assertEquals(
                1,
                count(
                        "select count(*) from disposal.bidder where state = 'FORFEITED' and auction_id = ?",
                        auction.id()));
        assertEquals(0, count("""
                        select coalesce(sum(p.debit - p.credit), 0) from billing.posting p join billing.entry e on e.id = p.entry_id
                         where e.book_org = ? and p.account = 'DEPOSIT_HELD'""", f.hospital), "no deposit is left open in the owner's books");
    }

    @Test
    void aDepositEndsOnceWhateverTheCodeThinks() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        YiqiPrincipal recycler = f.joined(auction);
        UUID deposit = f.as(f.equipment, () -> f.get(Sql.class)
                .first(
                        "select deposit_id from disposal.bidder where auction_id = ?",
                        rs -> rs.getObject(1, UUID.class),
                        auction.id())
                .orElseThrow());
        Callable<Boolean> forfeit = () -> {
            f.get(Journal.class).depositForfeited(deposit, f.hospital, recycler.orgId(), Money.cny("60000"));
            return true;
        };
        f.as(f.equipment, forfeit);
        assertNotNull(codeOf(() -> f.as(f.equipment, forfeit)));
    }

    @Test
    void theReserveAndTheNamesStayWithTheOwner() {
        AuctionView auction = f.open(AuctionKind.ENGLISH, "600000", "650000");
        YiqiPrincipal recycler = f.joined(auction);
        AuctionView seen = f.as(recycler, () -> f.get(Auctions.class).get(auction.id()));
        assertNull(seen.reserve());
        assertTrue(seen.ranking().isEmpty());
        assertEquals(
                "disposal.not-found",
                codeOf(() -> f.as(recycler, () -> f.get(Disposals.class).get(auction.disposalId()))));
    }

    private AuctionView relist(AuctionView paused) {
        Instant end = f.services.clock().instant().plus(Duration.ofDays(3));
        return f.as(f.committee, () -> f.get(AuctionAwards.class)
                .decide(paused.id(), Decision.RELIST, "no bids", new Round(null, end)));
    }

    private AuctionView join(AuctionView auction) {
        return f.get(Auctions.class).join(auction.id(), "TT-1");
    }

    private AuctionView view(AuctionView auction) {
        return f.as(f.equipment, () -> f.get(Auctions.class).get(auction.id()));
    }

    private List<YiqiPrincipal> manyJoined(AuctionView auction) {
        List<YiqiPrincipal> bidders = new ArrayList<>();
        for (int i = 0; i < BIDDERS; i++) {
            bidders.add(f.joined(auction));
        }
        return bidders;
    }

    private static void atOnce(List<YiqiPrincipal> bidders, Function<Integer, Object> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(bidders.size());
        try {
            CyclicBarrier start = new CyclicBarrier(bidders.size());
            List<Future<Object>> results = new ArrayList<>();
            for (int i = 0; i < bidders.size(); i++) {
                int n = i;
                results.add(threads.submit(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return work.apply(n);
                }));
            }
            for (Future<Object> result : results) {
                result.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private long count(String sql, UUID id) {
        return f.services.asScope(
                Scope.SYSTEM,
                () -> f.get(Sql.class).first(sql, rs -> rs.getLong(1), id).orElseThrow());
    }
}
