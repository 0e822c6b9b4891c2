package org.yiqi.organisation.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;

class ReviewTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    @Test
    void whoClaimedAReviewCannotApproveIt() {
        Review review = claimed();
        NotPermitted refusal = assertThrows(NotPermitted.class, () -> review.approve(FIRST, NOW));
        assertEquals("organisation.second-reviewer-needed", refusal.code());
        assertEquals(Review.Status.REVIEWING, review.status());
    }

    @Test
    void anotherReviewerApproves() {
        Review review = claimed();
        review.approve(SECOND, NOW);
        assertEquals(Review.Status.APPROVED, review.status());
    }

    @Test
    void aReviewIsDecidedOnce() {
        Review review = claimed();
        review.approve(SECOND, NOW);
        assertThrows(Conflict.class, () -> review.reject(SECOND, "no", NOW));
        assertThrows(Conflict.class, () -> review.claim(FIRST, NOW));
    }

    @Test
    void aCorrectionWithinTenDaysGoesOnWithTheSameReviewer() {
        Review review = claimed();
        review.requestCorrection("blurred", NOW);
        review.corrected(NOW.plus(Review.CORRECTION_TIME));
        assertEquals(Review.Status.REVIEWING, review.status());
        assertEquals(FIRST, review.claimedBy());
        assertEquals(1, review.rounds());
    }

    @Test
    void aCorrectionAfterTenDaysIsTooLate() {
        Review review = claimed();
        review.requestCorrection("blurred", NOW);
        Instant late = NOW.plus(Review.CORRECTION_TIME).plusSeconds(1);
        assertTrue(review.isCorrectionOverdue(late));
        assertThrows(Conflict.class, () -> review.corrected(late));
        review.lapse(late);
        assertEquals(Review.Status.REJECTED, review.status());
        assertEquals("correction not made in time", review.reason());
    }

    @Test
    void aRenewalLeavesTheStandingUntilItIsDecided() {
        Organisation organisation = approved();
        organisation.expire();
        assertTrue(organisation.submit());
        assertEquals(OrganisationStatus.EXPIRED, organisation.status());
        organisation.reject("unreadable");
        assertEquals(OrganisationStatus.EXPIRED, organisation.status());
        organisation.approve();
        assertEquals(OrganisationStatus.APPROVED, organisation.status());
    }

    @Test
    void aRejectedOrganisationMaySubmitAgainAndARevokedOneMayNot() {
        Organisation organisation = draft();
        assertFalse(organisation.submit());
        organisation.underReview();
        organisation.reject("wrong licence");
        assertFalse(organisation.submit());
        Organisation revoked = approved();
        revoked.revoke("fraud");
        assertThrows(Conflict.class, revoked::submit);
        assertThrows(Conflict.class, () -> revoked.reinstate("sorry"));
    }

    private static Review claimed() {
        Review review = Review.submitted(new UUID(1, 0), new UUID(2, 0), Review.Kind.INITIAL, new UUID(0, 9), NOW);
        review.claim(FIRST, NOW);
        return review;
    }

    private static Organisation draft() {
        return Organisation.register(
                new UUID(2, 0),
                OrganisationKind.HOSPITAL,
                "x",
                null,
                new Organisation.Profile("院", "Hospital", "330100", "", "", "", "", ""),
                NOW);
    }

    private static Organisation approved() {
        Organisation organisation = draft();
        organisation.submit();
        organisation.underReview();
        organisation.approve();
        return organisation;
    }
}
