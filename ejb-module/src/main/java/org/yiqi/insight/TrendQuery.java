package org.yiqi.insight;

import static org.yiqi.shared.Roles.AUDITOR;
import static org.yiqi.shared.Roles.CLINICAL;
import static org.yiqi.shared.Roles.EQUIPMENT;
import static org.yiqi.shared.Roles.FINANCE;
import static org.yiqi.shared.Roles.PLATFORM_OPERATOR;
import static org.yiqi.shared.Roles.REGULATOR;
import static org.yiqi.shared.Roles.SUPPLIER;
import static org.yiqi.shared.Roles.TECHNICIAN;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yiqi.insight.Figure.Form;
import org.yiqi.insight.Trend.Step;

/**
 * How a trend is counted, and for whom. The SQL answers a row for each step, the oldest first: its beginning and a value for each
 * series; {@code me} is who asks. Weeks and months are those of the platform's zone.
 */
record TrendQuery(String key, Form form, Step step, List<String> series, String path, Set<String> roles, String sql) {

    private static final String WEEKS = """
            , week as (select (monday at time zone 'Asia/Shanghai') as at, ((monday + interval '7 days') at time zone 'Asia/Shanghai') as until
               from me, generate_series(date_trunc('week', me.now at time zone 'Asia/Shanghai') - interval '77 days',
                 date_trunc('week', me.now at time zone 'Asia/Shanghai'), interval '7 days') monday)
            """;

    private static final String MONTHS = """
            , month as (select (first at time zone 'Asia/Shanghai') as at, ((first + interval '1 month') at time zone 'Asia/Shanghai') as until
               from me, generate_series(date_trunc('month', me.now at time zone 'Asia/Shanghai') - interval '11 months',
                 date_trunc('month', me.now at time zone 'Asia/Shanghai'), interval '1 month') first)
            """;

    /** In the order of importance; a person sees the first two of their roles. */
    static final List<TrendQuery> ALL = List.of(
            // The share of the hours from 8 to 20 in which the organisation's devices were in use.
            new TrendQuery(
                    "use",
                    Form.SHARE,
                    Step.WEEK,
                    List.of("share"),
                    "/equipment/units?whose=OWNED",
                    Set.of(EQUIPMENT, SUPPLIER),
                    WEEKS + """
                    select week.at, coalesce(used.hours, 0) / greatest(own.n * 84, 1)
                      from week cross join (select count(*) as n from equipment.unit u, me
                        where u.owner_id = me.org and u.status not in ('REGISTERED','COMMISSIONED','RETIRING','DISPOSED')) own
                      left join (select date_trunc('week', day) as monday,
                             sum(extract(epoch from least(s.to_at at time zone 'Asia/Shanghai', day + interval '20 hours')
                               - greatest(s.from_at at time zone 'Asia/Shanghai', day + interval '8 hours'))) / 3600 as hours
                        from me join equipment.unit u on u.owner_id = me.org
                        join equipment.slot s on s.unit_id = u.id and s.state <> 'RELEASED' and s.use in ('RENTAL','CLINICAL')
                         and s.to_at > (select min(at) from week) and s.from_at < me.now + interval '7 days'
                        cross join lateral generate_series(date_trunc('day', s.from_at at time zone 'Asia/Shanghai'),
                          least(s.to_at, me.now + interval '7 days') at time zone 'Asia/Shanghai', interval '1 day') day
                        where least(s.to_at at time zone 'Asia/Shanghai', day + interval '20 hours')
                            > greatest(s.from_at at time zone 'Asia/Shanghai', day + interval '8 hours')
                        group by 1) used on used.monday at time zone 'Asia/Shanghai' = week.at
                     order by week.at"""),
            new TrendQuery(
                    "money",
                    Form.MONEY,
                    Step.MONTH,
                    List.of("earned", "spent"),
                    "/billing/statements",
                    Set.of(FINANCE),
                    MONTHS + """
                    select month.at, coalesce(sum(s.total) filter (where s.owner_org = me.org), 0),
                           coalesce(sum(s.total) filter (where s.lessee_org = me.org), 0)
                      from me cross join month left join billing.statement s
                        on s.created_at >= month.at and s.created_at < month.until and me.org in (s.owner_org, s.lessee_org)
                     group by month.at order by month.at"""),
            new TrendQuery(
                    "acts",
                    Form.NUMBER,
                    Step.WEEK,
                    List.of("acts"),
                    "/oversight/trace",
                    Set.of(REGULATOR, AUDITOR, PLATFORM_OPERATOR),
                    WEEKS + """
                    select week.at, count(a.id) from me cross join week left join ledger.act a
                        on a.occurred_at >= week.at and a.occurred_at < week.until and a.state = 'RECORDED'
                     group by week.at order by week.at"""),
            new TrendQuery(
                    "alerts",
                    Form.NUMBER,
                    Step.WEEK,
                    List.of("critical", "major", "warning"),
                    "/telemetry/episodes?state=ALL",
                    Set.of(EQUIPMENT, CLINICAL, SUPPLIER, TECHNICIAN, PLATFORM_OPERATOR, REGULATOR),
                    WEEKS + """
                    select week.at, count(*) filter (where e.severity = 'CRITICAL'), count(*) filter (where e.severity = 'MAJOR'),
                           count(*) filter (where e.severity = 'WARNING')
                      from me cross join week left join telemetry.alert_episode e
                        on e.activated_at >= week.at and e.activated_at < week.until
                     group by week.at order by week.at"""),
            new TrendQuery(
                    "orders",
                    Form.NUMBER,
                    Step.WEEK,
                    List.of("opened", "released"),
                    "/maintenance/orders",
                    Set.of(TECHNICIAN),
                    WEEKS + """
                    select week.at, count(*) filter (where w.requested_at >= week.at and w.requested_at < week.until),
                           count(*) filter (where w.released_at >= week.at and w.released_at < week.until)
                      from me cross join week left join maintenance.work_order w
                        on (w.requested_at >= week.at and w.requested_at < week.until) or (w.released_at >= week.at and w.released_at < week.until)
                     group by week.at order by week.at"""));

    boolean isFor(Set<String> held) {
        return roles.stream().anyMatch(held::contains);
    }

    Trend trend(ResultSet rs) throws SQLException {
        List<Trend.Point> points = new ArrayList<>();
        while (rs.next()) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < series.size(); i++) {
                values.add(rs.getDouble(i + 2));
            }
            points.add(new Trend.Point(rs.getTimestamp(1).toInstant(), List.copyOf(values)));
        }
        return new Trend(key, form, step, series, List.copyOf(points), path);
    }
}
