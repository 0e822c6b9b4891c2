package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenderRulesTest {

    private final Tendering t = new Tendering();
    private final Consortium c = t.c;
    private Tendering.Bid one;
    private Tendering.Bid two;

    @BeforeEach
    void twoBidders() {
        one = t.bid("1", c.supplier);
        two = t.bid("1", c.union);
    }

    private void refused(Refusal refusal, SignedAct act) {
        assertEquals(
                new Outcome(act.act().id(), Outcome.Status.REJECTED, refusal),
                t.record(act),
                act.act().type());
    }

    private void refusedAt(Instant clock, Refusal refusal, SignedAct act) {
        assertEquals(new Outcome(act.act().id(), Outcome.Status.REJECTED, refusal), t.at(clock, act));
    }

    private void closedWith(Tendering.Bid... bids) {
        t.publish("PRICE");
        for (Tendering.Bid bid : bids) {
            t.expectRecorded(t.commit(bid));
        }
        t.expectRecorded(t.close(bids));
    }

    private void openedWith(Tendering.Bid... bids) {
        closedWith(bids);
        for (Tendering.Bid bid : bids) {
            t.expectRecorded(t.reveal(bid));
        }
        t.expectRecorded(t.open("PRICE", t.openers, bids));
    }

    @Test
    void aTenderGoesFromPublicationToContract() {
        openedWith(one, two);
        t.expectRecorded(t.score("PRICE", one, two));
        t.expectRecorded(t.award(one));
        UUID contract = new UUID(5, 5);
        t.expectRecorded(t.contract(contract, one, "6816000"));
        TenderStanding standing = LedgerQueries.tender(t.tender, c.state).orElseThrow();
        assertEquals(c.supplier.id.toString(), standing.awards().get("1").org());
        assertEquals(contract.toString(), standing.awards().get("1").contract());
        refused(Refusal.CONTRACT_KNOWN, t.contract(new UUID(5, 6), one, "6816000"));
    }

    @Test
    void theTechnicalEnvelopeIsScoredBeforeThePriceIsSeen() {
        t.publish("TECHNICAL", "PRICE");
        t.expectRecorded(t.commit(one));
        t.expectRecorded(t.commit(two));
        t.expectRecorded(t.close(one, two));
        t.expectRecorded(t.reveal(one));
        t.expectRecorded(t.reveal(two));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers, one, two));
        t.expectRecorded(t.open("TECHNICAL", t.openers, one, two));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers, one, two));
        t.expectRecorded(t.score("TECHNICAL", two));
        refused(Refusal.BIDS_NOT_EXACT, t.open("PRICE", t.openers, one, two));
        t.expectRecorded(t.open("PRICE", t.openers, two));
        refused(Refusal.BID_NOT_OPENED, t.score("PRICE", one));
        t.expectRecorded(t.score("PRICE", two));
        refused(Refusal.BID_NOT_OPENED, t.award(one));
        t.expectRecorded(t.award(two));
        refused(Refusal.LOT_DECIDED, t.award(two));
    }

    @Test
    void nobodySeesWhoBidsBeforeTheClosing() {
        t.publish("PRICE");
        SignedAct bid = t.commit(one);
        assertFalse(bid.json().contains(c.supplier.id.toString()));
        t.expectRecorded(bid);
        refused(Refusal.TENDER_NOT_CLOSED, t.reveal(one));
        t.expectRecorded(t.close(one));
        t.expectRecorded(t.reveal(one));
        assertEquals(c.supplier.id, LedgerQueries.bids(t.tender, c.state).get(0).org());
    }

    @Test
    void aBidNeedsATokenFromByTheDeadlineByAnAuthorityOfTheLedger() {
        t.publish("PRICE");
        Instant late = t.deadline.plusSeconds(1);
        refused(Refusal.TOO_LATE, one.signed(t.committed(one, t.authority, late, late)));
        Instant good = t.deadline.minusSeconds(5);
        TimeStamping stranger = new TimeStamping(SignatureAlgorithm.ECDSA_P256_SHA256);
        refused(Refusal.BAD_TIME_TOKEN, one.signed(t.committed(one, stranger, good, good)));
        Act act = t.committed(one, t.authority, good, good);
        refused(Refusal.BAD_TIME_TOKEN, one.signed(with(act, "token", "AAAA")));
        refused(Refusal.BAD_TIME_TOKEN, one.signed(with(act, "commitment", "99".repeat(32))));
        // Stamped in time and landing after the deadline is in time.
        SignedAct onItsWay = one.signed(act);
        assertEquals(
                Outcome.Status.RECORDED,
                t.at(t.deadline.plusSeconds(300), onItsWay).status());
    }

    @Test
    void aRevokedAuthorityStampsNothing() {
        t.publish("PRICE");
        SignedAct bid = t.commit(one);
        String id = LedgerQueries.authorities(c.state).get(0).id();
        Act revoked = c.actAt(
                Consortium.START.plus(Duration.ofDays(1)),
                "org.authority-revoked",
                Subject.organisation(c.union.id),
                Map.of("authority", id, "reason", "KEY_LOST"),
                new Party(c.union.id, PartyRole.ORGANISATION),
                Consortium.registrar(c.regulator));
        t.expectRecorded(Consortium.signed(revoked, c.regulator));
        refused(Refusal.UNKNOWN_AUTHORITY, bid);
    }

    @Test
    void anAuthorityOfThePlatformIsMarkedAndAHospitalRegistersNone() {
        TimeStamping own = new TimeStamping(SignatureAlgorithm.SM2_SM3);
        refused(Refusal.NOT_ENTITLED, Consortium.signed(t.authorityRegistered(own, c.people, c.people), c.people));
        t.expectRecorded(Consortium.signed(t.authorityRegistered(own, c.platform, c.platform), c.platform));
        List<TimeAuthority> all = LedgerQueries.authorities(c.state);
        assertTrue(all.stream().anyMatch(a -> a.org().equals(c.platform.id) && !a.independent()));
        assertTrue(all.stream().anyMatch(a -> a.org().equals(c.union.id) && a.independent()));
        refused(
                Refusal.AUTHORITY_KNOWN,
                Consortium.signed(t.authorityRegistered(own, c.platform, c.platform), c.platform));
    }

    @Test
    void aClosingListsExactlyTheLiveBids() {
        t.publish("PRICE");
        t.expectRecorded(t.commit(one));
        t.expectRecorded(t.commit(two));
        t.expectRecorded(t.withdraw(two));
        refused(Refusal.BIDS_NOT_EXACT, t.close());
        refused(Refusal.BIDS_NOT_EXACT, t.close(one, two));
        refused(Refusal.BIDS_NOT_EXACT, t.close(one, one));
        t.expectRecorded(t.close(one));
        refused(Refusal.BID_NOT_COMMITTED, t.reveal(two));
    }

    @Test
    void anAmendmentUndoesTheBidsForTheOldTerms() {
        t.publish("PRICE");
        t.expectRecorded(t.commit(one));
        SignedAct old = t.commit(two);
        t.expectRecorded(amended(t.deadline.plus(Duration.ofDays(1))));
        refused(Refusal.OTHER_TERMS, old);
        t.deadline = t.deadline.plus(Duration.ofDays(1));
        refused(Refusal.BIDS_NOT_EXACT, t.close(one));
        t.expectRecorded(t.commit(one));
        t.expectRecorded(t.close(one));
    }

    private SignedAct amended(Instant deadline) {
        Act act = Tendering.supported(c.act(
                "tender.amended",
                t.subject,
                Map.of("deadline", deadline.toString()),
                new Party(c.people.id, PartyRole.BUYER)));
        return Consortium.signed(act, c.people);
    }

    @Test
    void nobodyMakesRoomForOneWhoCameTooLate() {
        t.publish("PRICE");
        refusedAt(t.deadline.plusSeconds(1), Refusal.TOO_LATE, amended(t.deadline.plus(Duration.ofDays(1))));
        refused(Refusal.TOO_EARLY, amended(t.deadline.minusSeconds(1)));
    }

    @Test
    void anAmendmentFromBeforeTheLedgerIsTakenAtItsOwnWord() {
        t.publish("PRICE");
        Instant next = t.deadline.plus(Duration.ofDays(1));
        SignedAct early = amended(next);
        Instant years = t.deadline.plus(Duration.ofDays(900));
        new Register(c.state).continues(new Past("ab".repeat(32), 9, t.deadline.minusSeconds(1)));
        refusedAt(years, Refusal.TOO_LATE, early);
        new Register(c.state).continues(new Past("ab".repeat(32), 9, t.deadline));
        Act late = Tendering.supported(c.actAt(
                t.deadline,
                "tender.amended",
                t.subject,
                Map.of("deadline", next.toString()),
                new Party(c.people.id, PartyRole.BUYER)));
        refusedAt(years, Refusal.TOO_LATE, Consortium.signed(late, c.people));
        assertEquals(Outcome.Status.RECORDED, t.at(years, early).status());
        // Its new deadline is after the end of the local ledger, so from here on clocks decide again.
        refusedAt(years, Refusal.TOO_LATE, amended(next.plusSeconds(1)));
    }

    @Test
    void aLedgerSaysWhatItContinues() {
        assertEquals(Optional.empty(), LedgerQueries.past(c.state));
        LedgerState state = new MemoryState();
        Past past = new Past("ab".repeat(32), 9, t.deadline);
        LedgerRules.found(LedgerQueries.founding(c.state).orElseThrow(), past, state);
        assertEquals(past, LedgerQueries.past(state).orElseThrow());
    }

    @Test
    void theEndorsersClockDecidesWhenATenderIsClosed() {
        t.publish("PRICE");
        refusedAt(t.landed().minusSeconds(130), Refusal.TIME_AHEAD, t.close());
        refusedAt(t.landed().minusSeconds(1), Refusal.TOO_EARLY, t.close());
        SignedAct close = t.close();
        assertEquals(Refusal.TIME_AHEAD, c.record(close).refusal(), "a ledger without a clock closes nothing");
        t.expectRecorded(close);
        refused(Refusal.TENDER_CLOSED, t.close());
    }

    @Test
    void nothingReachesAClosedTender() {
        closedWith(one);
        refused(Refusal.TENDER_CLOSED, t.commit(two));
        refused(Refusal.TENDER_CLOSED, t.withdraw(one));
        refused(Refusal.TENDER_CLOSED, t.commit(one));
    }

    @Test
    void aBidThatWasEndorsedInTimeAndHeldBackMeetsTheGateInTheSameBatchToo() {
        t.publish("PRICE");
        List<Outcome> outcomes = LedgerRules.record(List.of(t.close(), t.commit(one)), c.state, t.landed());
        assertEquals(Outcome.Status.RECORDED, outcomes.get(0).status());
        assertEquals(Refusal.TENDER_CLOSED, outcomes.get(1).refusal());
    }

    @Test
    void onlyItsOneTimeKeySpeaksForABid() {
        t.publish("PRICE");
        SignedAct bid = t.commit(one);
        refused(Refusal.WRONG_SIGNATURE, Consortium.signed(bid.act(), c.supplier));
        refused(Refusal.MISSING_SIGNATURE, new SignedAct(bid.act(), List.of()));
        refused(Refusal.WRONG_SIGNATURE, two.signed(bid.act()));
        t.expectRecorded(bid);
        refused(Refusal.WRONG_SIGNATURE, two.signed(t.withdraw(one).act()));
    }

    @Test
    void aBidIsReplacedUnderItsOwnKeyOnly() {
        t.publish("PRICE");
        t.expectRecorded(t.commit(one));
        Tendering.Bid thief = t.bid("1", c.union);
        Act stolen = t.committed(thief, t.authority, t.deadline, t.deadline);
        Act onOnes = c.actAt(t.deadline, "bid.committed", Subject.bid(one.id), stolen.body());
        ActSignature byThief = ActSignature.by(
                one.id,
                OrganisationKey.fingerprint(thief.pair.getPublic().getEncoded()),
                SignatureAlgorithm.SM2_SM3,
                thief.pair.getPrivate().getEncoded(),
                onOnes);
        refused(Refusal.WRONG_SUBJECT, new SignedAct(onOnes, List.of(byThief)));
        t.expectRecorded(t.withdraw(one));
        Act again = t.committed(one, t.authority, t.deadline, t.deadline);
        t.expectRecorded(one.signed(again));
        t.expectRecorded(t.close(one));
    }

    @Test
    void twoBidsForOneLotByOneBidderDoNotBothCount() {
        Tendering.Bid second = t.bid("1", c.supplier);
        Tendering.Bid otherLot = t.bid("2", c.supplier);
        closedWith(one, second, otherLot);
        t.expectRecorded(t.reveal(one));
        refused(Refusal.BIDS_TWICE, t.reveal(second));
        t.expectRecorded(t.reveal(otherLot));
    }

    @Test
    void nobodyRevealsAnothersBid() {
        closedWith(one);
        Act act = c.actAt(
                t.landed(),
                "bid.revealed",
                Subject.bid(one.id),
                Map.of("salt", one.salt, "tender", t.tender.toString()),
                new Party(c.union.id, PartyRole.BIDDER));
        refused(Refusal.NOT_BIDDER, Consortium.signed(act, c.union));
    }

    @Test
    void aBidderWhoStaysHiddenIsLeftOutOnlyWithARegulator() {
        closedWith(one, two);
        t.expectRecorded(t.reveal(one));
        refused(Refusal.BIDDER_HIDDEN, t.open("PRICE", t.openers, one));
        List<Object> contents = List.of(Map.of("bid", one.id.toString(), "content", "ef".repeat(32)));
        SignedAct notOne = t.opened("PRICE", t.openers, contents, new Party(c.union.id, PartyRole.REGULATOR));
        refused(Refusal.NOT_ENTITLED, notOne);
        t.expectRecorded(t.opened("PRICE", t.openers, contents, new Party(c.regulator.id, PartyRole.REGULATOR)));
        refused(Refusal.TOO_LATE, t.reveal(two));
    }

    @Test
    void tooFewOpenersOpenNothing() {
        closedWith(one);
        t.expectRecorded(t.reveal(one));
        refused(Refusal.WRONG_OPENERS, t.open("PRICE", List.of(c.regulator), one));
        refused(Refusal.WRONG_OPENERS, t.open("PRICE", List.of(c.regulator, c.supplier), one));
        refusedAt(t.landed().minusSeconds(1), Refusal.TOO_EARLY, t.open("PRICE", t.openers, one));
        t.expectRecorded(t.open("PRICE", List.of(c.regulator, c.union), one));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers, one));
    }

    @Test
    void nothingIsOpenedBeforeTheClosing() {
        t.publish("PRICE");
        t.expectRecorded(t.commit(one));
        refused(Refusal.TENDER_NOT_CLOSED, t.open("PRICE", t.openers, one));
    }

    @Test
    void thePlatformIsNeverAnOpener() {
        List<Consortium.Org> withPlatform = List.of(c.regulator, c.people, c.platform);
        refused(
                Refusal.WRONG_OPENERS,
                Consortium.signed(t.published(withPlatform, 2, "PRICE"), c.regulator, c.people, c.platform));
    }

    @Test
    void openersAreEnoughAndHaveShownTheirKeys() {
        List<Consortium.Org> two = List.of(c.people, c.union);
        refused(Refusal.WRONG_OPENERS, Consortium.signed(t.published(two, 2, "PRICE"), c.people, c.union));
        Consortium.Org[] all = t.openers.toArray(Consortium.Org[]::new);
        refused(Refusal.WRONG_OPENERS, Consortium.signed(t.published(t.openers, 1, "PRICE"), all));
        Act act = t.published(t.openers, 2, "PRICE");
        refused(Refusal.MISSING_SIGNATURE, Consortium.signed(act, c.people, c.union));
        List<Object> keys = new ArrayList<>((List<?>) act.body().get("openers"));
        keys.remove(2);
        refused(Refusal.WRONG_OPENERS, Consortium.signed(with(act, "openers", keys), all));
        keys.add(keys.get(0));
        refused(Refusal.WRONG_OPENERS, Consortium.signed(with(act, "openers", keys), all));
    }

    @Test
    void anAwardGoesToABidThatWasCommittedOpenedAndQualified() {
        Tendering.Bid otherLot = t.bid("2", c.supplier);
        openedWith(one, two, otherLot);
        t.expectRecorded(t.score("PRICE", one, otherLot));
        refused(Refusal.BID_NOT_QUALIFIED, t.award(two));
        Tendering.Bid never = t.bid("1", c.supplier);
        refused(Refusal.BID_NOT_COMMITTED, t.award(never));
        SignedAct toAnother = t.buyer(
                "tender.awarded",
                Map.of("amount", "1", "bid", one.id.toString(), "currency", "CNY", "lot", "1"),
                new Party(c.union.id, PartyRole.BIDDER));
        refused(Refusal.WRONG_PARTIES, toAnother);
        SignedAct wrongLot = t.buyer(
                "tender.awarded",
                Map.of("amount", "1", "bid", otherLot.id.toString(), "currency", "CNY", "lot", "1"),
                new Party(c.supplier.id, PartyRole.BIDDER));
        refused(Refusal.BID_NOT_COMMITTED, wrongLot);
        t.expectRecorded(t.award(one));
    }

    @Test
    void whatCouldNotBeReadIsNotAwarded() {
        closedWith(one);
        t.expectRecorded(t.reveal(one));
        Map<String, Object> unreadable = new HashMap<>();
        unreadable.put("bid", one.id.toString());
        unreadable.put("content", null);
        t.expectRecorded(t.opened("PRICE", t.openers, List.of(unreadable)));
        refused(Refusal.BID_NOT_OPENED, t.score("PRICE", one));
        t.expectRecorded(t.score("PRICE"));
        refused(Refusal.BID_NOT_OPENED, t.award(one));
    }

    @Test
    void aBidWhoseBytesWereMissingIsOpenedOnceTheyAreBroughtUntilItsEnvelopeIsScored() {
        Tendering.Bid two = t.bid("1", c.union);
        Tendering.Bid three = t.bid("2", c.union);
        closedWith(one, two, three);
        List.of(one, two, three).forEach(bid -> t.expectRecorded(t.reveal(bid)));
        List<Object> contents = new ArrayList<>();
        for (Tendering.Bid bid : List.of(one, two, three)) {
            Map<String, Object> content = new HashMap<>();
            content.put("bid", bid.id.toString());
            content.put("content", bid == one ? "ef".repeat(32) : null);
            contents.add(content);
        }
        t.expectRecorded(t.opened("PRICE", t.openers, contents));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers, one));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers));
        refused(Refusal.WRONG_STEP, t.opened("PRICE", t.openers, contents.subList(1, 2)));
        refused(Refusal.WRONG_OPENERS, t.open("PRICE", t.openers.subList(0, 1), two));
        t.expectRecorded(t.open("PRICE", t.openers, two));
        t.expectRecorded(t.score("PRICE", one, two));
        refused(Refusal.WRONG_STEP, t.open("PRICE", t.openers, three));
        t.expectRecorded(t.award(two));
    }

    @Test
    void aFailedLotStaysFailedAndDoesNotHoldUpTheOthers() {
        Tendering.Bid otherLot = t.bid("2", c.union);
        closedWith(one, otherLot);
        t.expectRecorded(t.reveal(one));
        t.expectRecorded(t.buyer("tender.failed", Map.of("lot", "2", "reason", "OPENERS_MISSING")));
        t.expectRecorded(t.open("PRICE", t.openers, one));
        t.expectRecorded(t.score("PRICE", one));
        refused(Refusal.LOT_DECIDED, t.award(otherLot));
        t.expectRecorded(t.award(one));
        refused(Refusal.LOT_DECIDED, t.buyer("tender.failed", Map.of("reason", "CANCELLED")));
        refused(Refusal.UNKNOWN_LOT, t.buyer("tender.failed", Map.of("lot", "9", "reason", "CANCELLED")));
    }

    @Test
    void aTenderThatFailedTakesNoBids() {
        t.publish("PRICE");
        t.expectRecorded(t.buyer("tender.failed", Map.of("reason", "CANCELLED")));
        refused(Refusal.TENDER_CLOSED, t.commit(one));
    }

    @Test
    void aContractSaysWhatTheAwardSaid() {
        openedWith(one);
        t.expectRecorded(t.score("PRICE", one));
        refused(Refusal.NOT_AWARDED, t.contract(new UUID(5, 5), one, "6816000"));
        t.expectRecorded(t.award(one));
        refused(Refusal.NOT_AS_AWARDED, t.contract(new UUID(5, 5), one, "7000000"));
        SignedAct contract = t.contract(new UUID(5, 5), one, "6816000");
        refused(Refusal.MISSING_SIGNATURE, Consortium.signed(contract.act(), c.people));
        t.expectRecorded(contract);
        Act amendment = Tendering.supported(c.actAt(
                t.landed(),
                "contract.amended",
                Subject.contract(new UUID(5, 5)),
                Map.of("reason", "DELIVERY_LATER"),
                new Party(c.people.id, PartyRole.BUYER),
                new Party(c.supplier.id, PartyRole.SUPPLIER)));
        refused(Refusal.MISSING_SIGNATURE, Consortium.signed(amendment, c.supplier));
        t.expectRecorded(Consortium.signed(amendment, c.people, c.supplier));
    }

    @Test
    void aContractBySomebodyElseOrWithoutADocumentIsRefused() {
        Act alone = c.act(
                "contract.signed",
                Subject.contract(new UUID(6, 6)),
                Map.of("amount", "100", "currency", "CNY"),
                new Party(c.people.id, PartyRole.BUYER),
                new Party(c.supplier.id, PartyRole.SUPPLIER));
        refused(Refusal.MISSING_EVIDENCE, Consortium.signed(alone, c.people, c.supplier));
        t.expectRecorded(Consortium.signed(Tendering.supported(alone), c.people, c.supplier));
        Act amended = Tendering.supported(c.act(
                "contract.amended",
                Subject.contract(new UUID(6, 6)),
                Map.of(),
                new Party(c.people.id, PartyRole.BUYER),
                new Party(c.union.id, PartyRole.SUPPLIER)));
        refused(Refusal.WRONG_PARTIES, Consortium.signed(amended, c.people, c.union));
    }

    private static Act with(Act act, String field, Object value) {
        Map<String, Object> body = new HashMap<>(act.body());
        body.put(field, value);
        return new Act(
                act.id(),
                act.type(),
                1,
                act.subject(),
                act.occurredAt(),
                act.parties(),
                body,
                act.evidence(),
                act.previous());
    }
}
