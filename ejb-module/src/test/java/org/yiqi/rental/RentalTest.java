package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.Rental;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.problem.BusinessException;

class RentalTest {

    private static final Instant NOW = RentalExamples.NOW;
    private final RentalExamples e = new RentalExamples();

    @Test
    void anUnansweredApplicationIsEscalatedThreeTimesAndNeverApprovedBySilence() {
        Rental rental = e.draft();
        rental.submit(e.applicant(), NOW);
        assertEquals(List.of(), rental.escalate(NOW.plus(Duration.ofHours(11))));
        assertEquals(List.of(12), rental.escalate(NOW.plus(Duration.ofHours(12))));
        assertEquals(List.of(20), rental.escalate(NOW.plus(Duration.ofHours(21))));
        assertEquals(List.of(24), rental.escalate(NOW.plus(Duration.ofHours(24))));
        assertEquals(List.of(), rental.escalate(NOW.plus(Duration.ofDays(9))));
        assertEquals(RentalState.UNDER_REVIEW, rental.state());
        assertTrue(rental.review().slaBreached());
        assertEquals(
                1,
                rental.steps().stream()
                        .filter(s -> s.verb().equals("SLA_BREACHED"))
                        .count());
    }

    @Test
    void marksThatPassedWhileTheClockWasNotLookedAtAreAllRecorded() {
        Rental rental = e.draft();
        rental.submit(e.applicant(), NOW);
        assertEquals(List.of(12, 20, 24), rental.escalate(NOW.plus(Duration.ofDays(3))));
    }

    @Test
    void ownerAndPlatformAgreeInEitherOrder() {
        for (boolean ownerFirst : new boolean[] {true, false}) {
            Rental rental = e.draft();
            rental.submit(e.applicant(), NOW);
            Side first = ownerFirst ? Side.OWNER : Side.PLATFORM;
            Side second = ownerFirst ? Side.PLATFORM : Side.OWNER;
            assertFalse(rental.approve(first, ownerFirst ? e.owner() : e.platform(), NOW));
            assertEquals(RentalState.UNDER_REVIEW, rental.state());
            assertTrue(rental.approve(second, ownerFirst ? e.platform() : e.owner(), NOW));
            assertEquals(RentalState.APPROVED, rental.state());
        }
    }

    @Test
    void nobodyDecidesOnTheirOwnApplicationNorForBothSides() {
        Rental rental = e.draft();
        rental.submit(e.applicant(), NOW);
        Actor applicantAtThePlatform = new Actor(e.applicant().personId(), e.platformOrg);
        refused("rental.own-application", () -> rental.approve(Side.PLATFORM, applicantAtThePlatform, NOW));
        rental.approve(Side.OWNER, e.owner(), NOW);
        Actor ownerAtThePlatform = new Actor(e.owner().personId(), e.platformOrg);
        refused("rental.two-people", () -> rental.approve(Side.PLATFORM, ownerAtThePlatform, NOW));
        refused("rental.owner-only", () -> rental.approve(Side.OWNER, e.lessee(), NOW));
    }

    @Test
    void nothingIsCancelledOnceItHasLeft() {
        Rental rental = e.draft();
        rental.submit(e.applicant(), NOW);
        rental.approve(Side.PLATFORM, e.platform(), NOW);
        rental.approve(Side.OWNER, e.owner(), NOW);
        rental.dispatch(e.owner(), "Anjie", "S-1", Ids.next(), NOW);
        refused("rental.wrong-state", () -> rental.cancel(e.lessee(), "changed our mind", NOW));
    }

    @Test
    void anAbandonedFormGivesItsSlotBackAfterAQuarterOfAnHour() {
        Rental rental = e.draft();
        assertFalse(rental.dropIfAbandoned(NOW.plus(Duration.ofMinutes(14))));
        assertTrue(rental.dropIfAbandoned(NOW.plus(Duration.ofMinutes(15))));
        assertEquals(RentalState.CANCELLED, rental.state());
    }

    @Test
    void damageKeepsARentalOpenUntilTheOwnerWithdrawsIt() {
        Rental rental = e.active();
        UUID act = Ids.next();
        rental.giveBack(e.lessee(), 212, act, NOW);
        assertEquals(e.lesseeOrg, rental.custodian());
        rental.inspect(e.owner(), "Cracked cover");
        rental.signed(act, NOW);
        assertEquals(RentalState.LIABILITY_OPEN, rental.state());
        assertEquals(e.ownerOrg, rental.custodian());
        refused("rental.liability-open", () -> rental.close(e.owner(), NOW));
        rental.waiveDamage(e.owner(), NOW);
        rental.close(e.owner(), NOW);
        assertEquals(RentalState.CLOSED, rental.state());
    }

    @Test
    void anExtensionNeedsBothPartiesAndEndsBeingOverdue() {
        Rental rental = e.active();
        Instant end = rental.contract().period().to();
        assertTrue(rental.becomeOverdue(end));
        rental.proposeExtension(e.lessee(), Ids.next(), end.plus(Duration.ofDays(2)), end);
        refused("rental.extension-open", () -> rental.agreeExtension(e.lessee(), end));
        rental.agreeExtension(e.owner(), end);
        assertEquals(RentalState.ACTIVE, rental.state());
        assertEquals(end.plus(Duration.ofDays(2)), rental.contract().period().to());
        assertEquals(
                end.plus(Duration.ofDays(2)).plus(Duration.ofHours(2)),
                rental.contract().reserved().to());
    }

    @Test
    void usesAreCountedUpwardsOnly() {
        Rental rental = e.active();
        rental.reportUses(e.lessee(), 10, NOW);
        refused("rental.uses-fell", () -> rental.reportUses(e.lessee(), 9, NOW));
    }

    @Test
    void aQuarantinedUnitIsNotSentOut() {
        Rental rental = e.draft();
        rental.submit(e.applicant(), NOW);
        rental.approve(Side.PLATFORM, e.platform(), NOW);
        rental.approve(Side.OWNER, e.owner(), NOW);
        assertTrue(rental.flag("quarantine", NOW));
        refused("rental.unit-quarantined", () -> rental.dispatch(e.owner(), "x", "", Ids.next(), NOW));
        assertTrue(rental.flag("", NOW));
        rental.dispatch(e.owner(), "x", "", Ids.next(), NOW);
    }

    @Test
    void anOfferAdmitsOnlyItsOwnTimeAndNotTooLate() {
        Offer offer = e.offer(Ids.next());
        offer.admit(RentalExamples.WEEK, NOW);
        refused("rental.too-short-notice", () -> offer.admit(period(12, 48), NOW));
        refused("rental.outside-offer", () -> offer.admit(period(89 * 24, 91 * 24), NOW));
        offer.pause();
        refused("rental.offer-not-published", () -> offer.admit(RentalExamples.WEEK, NOW));
        offer.withdraw();
        refused("rental.offer-withdrawn", () -> offer.publish(NOW));
    }

    private static Period period(int fromHours, int toHours) {
        return new Period(NOW.plus(Duration.ofHours(fromHours)), NOW.plus(Duration.ofHours(toHours)));
    }

    private static void refused(String code, Runnable act) {
        assertEquals(code, assertThrows(BusinessException.class, act::run).code());
    }
}
