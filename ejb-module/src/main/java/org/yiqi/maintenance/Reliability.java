package org.yiqi.maintenance;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.SlotView;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Period;
import org.yiqi.shared.tenancy.Secured;

/** Figures of a unit that an equipment engineer asks for, from its orders and its calendar, each with its definition. */
@Stateless
@Secured
public class Reliability {

    private static final Duration WINDOW = Duration.ofDays(365);

    @Inject
    Database database;

    @Inject
    Units units;

    @Inject
    Calendar calendar;

    @Inject
    Clock clock;

    @RolesAllowed("**")
    public ReliabilityView of(UUID unitId) {
        UnitView unit = units.get(unitId);
        Instant now = clock.instant();
        Instant earliest = now.minus(WINDOW);
        Instant from = unit.createdAt().isAfter(earliest) ? unit.createdAt() : earliest;
        Duration service = Duration.between(from, now);
        Counts counts = database.one(
                        """
                        with o as (select down_since, released_at from maintenance.work_order
                                    where unit_id = ? and kind <> 'PREVENTIVE' and state <> 'CANCELLED' and down_since is not null
                                      and coalesce(released_at, ?) > ?)
                        select (select count(*) from o where down_since >= ?) as failures,
                               (select coalesce(extract(epoch from avg(released_at - down_since)), -1) from o
                                 where released_at is not null) as repair,
                               (select coalesce(sum(extract(epoch from upper(r) - lower(r))), 0) from unnest((select range_agg(
                                 tstzrange(greatest(down_since, ?), greatest(down_since, coalesce(released_at, ?)))) from o)) r) as down""",
                        rs -> new Counts(
                                rs.getInt("failures"), (long) rs.getDouble("repair"), (long) rs.getDouble("down")),
                        unitId,
                        now,
                        from,
                        from,
                        from,
                        now)
                .orElseThrow();
        Duration down = Duration.ofSeconds(counts.down);
        Duration used = used(unitId, from, now);
        boolean knowsUse = !used.isZero();
        Duration operating = knowsUse ? used : service.minus(down);
        double uptime = service.isZero() ? 1 : Math.max(0, 1 - (double) down.toSeconds() / service.toSeconds());
        return new ReliabilityView(
                counts.failures,
                down,
                uptime,
                counts.repair < 0 ? null : Duration.ofSeconds(counts.repair),
                operating,
                knowsUse ? ReliabilityView.Basis.USE : ReliabilityView.Basis.SERVICE,
                counts.failures == 0 ? null : operating.dividedBy(counts.failures));
    }

    private Duration used(UUID unitId, Instant from, Instant now) {
        if (!from.isBefore(now)) {
            return Duration.ZERO;
        }
        return calendar.slots(unitId, new Period(from, now)).stream()
                .filter(s -> s.use() == SlotUse.RENTAL || s.use() == SlotUse.CLINICAL)
                .map(s -> past(s, from, now))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration past(SlotView slot, Instant from, Instant now) {
        Instant begin =
                slot.period().from().isBefore(from) ? from : slot.period().from();
        Instant end = slot.period().to().isAfter(now) ? now : slot.period().to();
        return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
    }

    private record Counts(int failures, long repair, long down) {}
}
