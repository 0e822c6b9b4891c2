package org.yiqi.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.organisation.domain.Organisation;
import org.yiqi.organisation.domain.Review;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/** Lets time pass for qualifications: what has expired is marked, what was not corrected in time is rejected. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
public class QualificationClock {

    @Inject
    Sql sql;

    @PersistenceContext
    EntityManager em;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<QualificationExpired> expired;

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    public void tick() {
        sql.with(c -> {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            return true;
        });
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Qualification.BUSINESS_ZONE);
        List<UUID> ended = sql.list(
                "select id from organisation.organisation where status = 'APPROVED' and organisation.is_expired(id, ?)",
                rs -> rs.getObject(1, UUID.class),
                today);
        for (UUID id : ended) {
            em.find(Organisation.class, id).expire();
            em.flush();
            audit.write("organisation.expired", id.toString(), Map.of());
            expired.fire(new QualificationExpired(id));
        }
        List<UUID> late = sql.list(
                "select id from organisation.review where status = 'CORRECTION' and correction_due < ?",
                rs -> rs.getObject(1, UUID.class),
                now);
        for (UUID id : late) {
            Review review = em.find(Review.class, id);
            review.lapse(now);
            em.find(Organisation.class, review.orgId()).reject("correction not made in time");
            em.flush();
            audit.write("organisation.correction-lapsed", id.toString(), Map.of());
        }
    }
}
