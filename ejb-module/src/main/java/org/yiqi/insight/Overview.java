package org.yiqi.insight;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** What a person sees first: at most seven figures, what waits for them, and where their devices stand idle. */
@Stateless
@Secured
public class Overview {

    static final int MOST_FIGURES = 7;
    static final int MOST_TASKS = 8;
    static final int MOST_TRENDS = 2;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** The figures of the person's roles, the most important first. */
    @RolesAllowed("**")
    public List<Figure> figures() {
        return read(c -> {
            List<Figure> figures = new ArrayList<>();
            for (FigureQuery query : FigureQuery.ALL) {
                if (figures.size() < MOST_FIGURES && query.isFor(caller.roles())) {
                    try (PreparedStatement s = prepare(c, query.sql());
                            ResultSet rs = s.executeQuery()) {
                        if (rs.next()) {
                            figures.add(query.figure(rs.getDouble(1), rs.getLong(2)));
                        }
                    }
                }
            }
            return figures;
        });
    }

    /** What waits for the person, the most urgent first. */
    @RolesAllowed("**")
    public List<Task> tasks() {
        return read(c -> {
            List<Task> tasks = new ArrayList<>();
            for (TaskQuery query : TaskQuery.ALL) {
                if (query.isFor(caller.roles())) {
                    try (PreparedStatement s = prepare(c, query.sql() + " limit " + MOST_TASKS);
                            ResultSet rs = s.executeQuery()) {
                        while (rs.next()) {
                            tasks.add(query.task(rs));
                        }
                    }
                }
            }
            tasks.sort(Comparator.comparing(Task::dueAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())));
            return List.copyOf(tasks.subList(0, Math.min(tasks.size(), MOST_TASKS)));
        });
    }

    /** How things went over the last weeks or months; what never happened is left out. */
    @RolesAllowed("**")
    public List<Trend> trends() {
        return read(c -> {
            List<Trend> trends = new ArrayList<>();
            for (TrendQuery query : TrendQuery.ALL) {
                if (trends.size() < MOST_TRENDS && query.isFor(caller.roles())) {
                    try (PreparedStatement s = prepare(c, query.sql());
                            ResultSet rs = s.executeQuery()) {
                        Trend trend = query.trend(rs);
                        if (!trend.empty()) {
                            trends.add(trend);
                        }
                    }
                }
            }
            return List.copyOf(trends);
        });
    }

    /** This week from 8 to 20 o'clock in steps of two hours, row by row; empty for those who own no device. */
    @RolesAllowed("**")
    public List<IdleCell> idleWeek() {
        LocalDate monday = LocalDate.now(clock.withZone(ZONE)).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return read(c -> {
            List<IdleCell> cells = new ArrayList<>();
            try (PreparedStatement s = prepare(c, IDLE)) {
                s.setTimestamp(4, Timestamp.from(monday.atStartOfDay(ZONE).toInstant()));
                try (ResultSet rs = s.executeQuery()) {
                    while (rs.next()) {
                        if (rs.getInt(3) == 0) {
                            return List.of();
                        }
                        cells.add(new IdleCell(rs.getTimestamp(1).toInstant(), rs.getInt(2), rs.getInt(3)));
                    }
                }
            }
            return cells;
        });
    }

    private static final String IDLE = """
            select cell.at, usable.n - count(distinct s.unit_id), usable.n
              from (select ?::timestamptz + make_interval(days => d, hours => h) as at
                      from generate_series(0, 6) d, generate_series(8, 18, 2) h) cell
             cross join (select count(*) as n from equipment.unit u, me
                          where u.owner_id = me.org and u.status in ('AVAILABLE','RESERVED','IN_USE')) usable
              left join (select s.unit_id, s.during from equipment.slot s join equipment.unit u on u.id = s.unit_id, me
                          where u.owner_id = me.org and u.status in ('AVAILABLE','RESERVED','IN_USE') and s.state <> 'RELEASED') s
                on s.during && tstzrange(cell.at, cell.at + interval '2 hours')
             group by cell.at, usable.n
             order by (extract(hour from cell.at at time zone 'Asia/Shanghai')), cell.at""";

    /** Every query knows who asks and what time it is. */
    private PreparedStatement prepare(Connection c, String sql) throws SQLException {
        PreparedStatement s = c.prepareStatement(
                "with me as (select ?::uuid as org, ?::uuid as person, ?::timestamptz as now) " + sql);
        s.setObject(1, caller.orgId());
        s.setObject(2, caller.personId());
        s.setTimestamp(3, Timestamp.from(clock.instant()));
        return s;
    }

    private <R> R read(Reading<R> reading) {
        try (Connection c = dataSource.getConnection()) {
            return reading.from(c);
        } catch (SQLException e) {
            throw new IllegalStateException("The overview could not be read", e);
        }
    }

    private interface Reading<R> {
        R from(Connection c) throws SQLException;
    }
}
