package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitStatusChanged;
import org.yiqi.equipment.UnitsStopped;
import org.yiqi.ledger.ActExpired;
import org.yiqi.rental.domain.Rental;
import org.yiqi.rental.domain.Review;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** What happens to rentals without anyone asking: by time, or because a unit is stopped. Works across all tenants. */
@Stateless
@PermitAll
public class Deadlines {

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<ReviewEscalated> escalated;

    /** The rentals for which a moment has come. */
    public List<UUID> due() {
        return acrossTenants(() -> em.createQuery(
                        "select r.id from Rental r where (r.state = org.yiqi.rental.RentalState.DRAFT and r.holdUntil <= :now)"
                                + " or (r.state = org.yiqi.rental.RentalState.UNDER_REVIEW and r.review.marks < :marks"
                                + " and r.review.submittedAt <= :firstMark)"
                                + " or (r.state = org.yiqi.rental.RentalState.ACTIVE and r.contract.to <= :now)",
                        UUID.class)
                .setParameter("now", clock.instant())
                .setParameter("marks", Review.MARKS.size())
                .setParameter("firstMark", clock.instant().minusSeconds(3600L * Review.MARKS.get(0)))
                .getResultList());
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void meet(UUID id) {
        acrossTenants(() -> {
            Instant now = clock.instant();
            Rental rental = Rentals.lock(em, id);
            // The calendar gives an abandoned place back by itself: a HELD slot expires at the same moment.
            if (rental.dropIfAbandoned(now)) {
                audit.write("rental.hold-expired", id.toString(), Map.of());
            }
            for (int hours : rental.escalate(now)) {
                boolean breached = hours == Review.MARKS.get(Review.MARKS.size() - 1);
                audit.write(
                        breached ? "rental.sla-breached" : "rental.escalated", id.toString(), Map.of("hours", hours));
                escalated.fire(new ReviewEscalated(id, rental.contract().ownerOrg(), hours, breached));
            }
            if (rental.becomeOverdue(now)) {
                audit.write("rental.overdue", id.toString(), Map.of());
            }
            em.flush();
            return true;
        });
    }

    /** A quarantined unit flags what is booked on it; its release lifts the flags. */
    public void on(@Observes UnitStatusChanged changed) {
        boolean stopped = changed.after() == UnitStatus.QUARANTINED;
        if (!stopped && changed.before() != UnitStatus.QUARANTINED) {
            return;
        }
        flag(Set.of(changed.unitId()), stopped);
    }

    /** The same for many units at once. */
    public void on(@Observes UnitsStopped many) {
        flag(many.unitIds(), many.stopped());
    }

    private void flag(Set<UUID> units, boolean stopped) {
        acrossTenants(() -> {
            List<Rental> open = em.createQuery(
                            "select r from Rental r where r.contract.unitId in :units and r.state in"
                                    + " (org.yiqi.rental.RentalState.DRAFT, org.yiqi.rental.RentalState.UNDER_REVIEW,"
                                    + " org.yiqi.rental.RentalState.APPROVED)",
                            Rental.class)
                    .setParameter("units", units)
                    .getResultList();
            for (Rental rental : open) {
                if (rental.flag(stopped ? "quarantine" : "", clock.instant())) {
                    audit.write(
                            stopped ? "rental.flagged" : "rental.unflagged",
                            rental.id().toString(),
                            Map.of());
                }
            }
            em.flush();
            return true;
        });
    }

    /** An act of custody ran out of time unsigned: the handover is tried again. */
    public void on(@Observes ActExpired expired) {
        UUID rentalId = expired.reference();
        if (rentalId == null) {
            return;
        }
        acrossTenants(() -> {
            Rental rental = em.find(Rental.class, rentalId);
            if (rental != null
                    && rental.handovers().stream().anyMatch(h -> h.actId().equals(expired.actId()) && h.isOpen())) {
                rental.lapsed(expired.actId(), clock.instant());
                audit.write(
                        "rental.handover-lapsed",
                        rentalId.toString(),
                        Map.of("act", expired.actId().toString()));
                em.flush();
            }
            return true;
        });
    }

    private <R> R acrossTenants(Work<R> work) {
        YiqiPrincipal principal = caller.find();
        try (Connection c = dataSource.getConnection()) {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            R result = work.run();
            // After a failure the transaction rolls back, and the settings with it.
            TenancyInterceptor.apply(
                    c, principal == null ? "" : principal.orgId().toString(), caller.scope());
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<R> {
        R run();
    }
}
