package org.yiqi.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Secured;

/** Counts what people without a login do, in transactions of its own: a refused report counts too. */
@Stateless
@Secured
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RateLimit {

    @Inject
    Database database;

    @Inject
    Clock clock;

    /**
     * Counts one more of this source in this hour. Only a digest of the source is kept.
     *
     * @throws Conflict {@code maintenance.too-many-reports} when there were more than {@code most}
     */
    public void count(String source, int most) {
        int reports = database.one(
                        """
                        insert into maintenance.report_source(source, hour, reports) values (?, ?, 1)
                        on conflict (source, hour) do update set reports = report_source.reports + 1 returning reports""",
                        rs -> rs.getInt(1),
                        WorkOrderStore.sha256(source),
                        clock.instant().truncatedTo(ChronoUnit.HOURS))
                .orElse(0);
        if (reports > most) {
            throw new Conflict(
                    "maintenance.too-many-reports", "Too many reports; wait an hour or call the equipment department");
        }
    }
}
