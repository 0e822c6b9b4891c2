package org.yiqi.insight;

import static org.yiqi.shared.Roles.AUDITOR;
import static org.yiqi.shared.Roles.CLINICAL;
import static org.yiqi.shared.Roles.EQUIPMENT;
import static org.yiqi.shared.Roles.FINANCE;
import static org.yiqi.shared.Roles.ORG_ADMIN;
import static org.yiqi.shared.Roles.PLATFORM_OPERATOR;
import static org.yiqi.shared.Roles.PLATFORM_REVIEWER;
import static org.yiqi.shared.Roles.REGULATOR;
import static org.yiqi.shared.Roles.SIGNATORY;
import static org.yiqi.shared.Roles.SUPPLIER;
import static org.yiqi.shared.Roles.TECHNICIAN;

import java.util.List;
import java.util.Set;
import org.yiqi.insight.Figure.Form;

/** How a figure is counted, and for whom. The SQL answers one row: the value and its hint; {@code me} is who asks. */
record FigureQuery(String key, Form form, Urgency urgency, String path, Set<String> roles, String sql) {

    /** What a hint that is not zero means. */
    enum Urgency {
        GOOD("info"),
        WATCH("warn"),
        ACT("bad");

        private final String kind;

        Urgency(String kind) {
            this.kind = kind;
        }
    }

    /** In the order of importance; a person sees the first seven of their roles. */
    static final List<FigureQuery> ALL = List.of(
            // Reviewers and operators of the platform
            count("reviews", Urgency.WATCH, "/organisation/reviews", """
                    select count(*) filter (where status = 'SUBMITTED'), count(*) filter (where status = 'REVIEWING')
                      from organisation.review""", PLATFORM_REVIEWER),
            count("applications", Urgency.WATCH, "/rental/rentals?state=UNDER_REVIEW", """
                    select count(*), count(*) filter (where r.submitted_at < me.now - interval '20 hours')
                      from rental.rental r, me where r.state = 'UNDER_REVIEW'""", PLATFORM_OPERATOR),
            // Regulators
            count("cases", Urgency.ACT, "/oversight/cases", """
                    select count(*), count(*) filter (where opened_at > me.now - interval '1 day')
                      from oversight.oversight_case, me where state = 'OPEN'""", REGULATOR, PLATFORM_OPERATOR),
            count("acts", Urgency.WATCH, "/oversight/trace", """
                    select count(*) filter (where state = 'RECORDED' and recorded_at > me.now - interval '30 days'),
                           count(*) filter (where state = 'PENDING') from ledger.act, me""", REGULATOR, PLATFORM_OPERATOR, AUDITOR),
            count(
                    "organisations",
                    Urgency.WATCH,
                    "/organisation/organisations",
                    """
                    select count(*) filter (where status = 'APPROVED'), count(*) filter (where status in ('EXPIRED','SUSPENDED'))
                      from organisation.organisation where kind not in ('PLATFORM','REGULATOR')""",
                    REGULATOR,
                    PLATFORM_OPERATOR,
                    PLATFORM_REVIEWER,
                    AUDITOR),
            count("holds", Urgency.ACT, "/equipment/units?status=QUARANTINED", """
                    select count(*) filter (where status = 'QUARANTINED'), count(*) filter (where status = 'MISSING')
                      from equipment.unit""", REGULATOR),
            // Equipment departments and owners
            new FigureQuery("usable", Form.SHARE, Urgency.WATCH, "/equipment/units", Set.of(EQUIPMENT, SUPPLIER), """
                    select avg(case when status in ('AVAILABLE','RESERVED','IN_USE') then 1.0 else 0 end),
                           count(*) filter (where status in ('MAINTENANCE','QUARANTINED','MISSING'))
                      from equipment.unit u, me where u.owner_id = me.org and u.status not in ('REGISTERED','COMMISSIONED','RETIRING','DISPOSED')
                    having count(*) > 0"""),
            new FigureQuery("idle", Form.HOURS, Urgency.GOOD, "/rental/offers", Set.of(EQUIPMENT), """
                    select count(*) * 168 - coalesce(sum(busy.hours), 0), count(*) filter (where coalesce(busy.hours, 0) < 24)
                      from me join equipment.unit u on u.owner_id = me.org and u.status in ('AVAILABLE','RESERVED','IN_USE')
                      left join lateral (select sum(extract(epoch from least(s.to_at, me.now + interval '7 days') - greatest(s.from_at, me.now))) / 3600 as hours
                        from equipment.slot s where s.unit_id = u.id and s.state <> 'RELEASED'
                         and s.during && tstzrange(me.now, me.now + interval '7 days')) busy on true"""),
            count("rentals", Urgency.WATCH, "/rental/rentals", """
                    select count(*), count(*) filter (where r.to_at < me.now + interval '1 day')
                      from rental.rental r, me where r.state in ('DISPATCHED','DELIVERED','ACTIVE','OVERDUE','RETURNING')
                       and me.org in (r.owner_org, r.lessee_org)""", EQUIPMENT, CLINICAL, SUPPLIER),
            count(
                    "alerts",
                    Urgency.ACT,
                    "/telemetry/episodes",
                    """
                    select count(*), count(*) filter (where severity = 'CRITICAL')
                      from telemetry.alert_episode where state in ('ACTIVE','ACKNOWLEDGED','REPAIRING')""",
                    EQUIPMENT,
                    CLINICAL,
                    SUPPLIER,
                    TECHNICIAN,
                    PLATFORM_OPERATOR,
                    REGULATOR),
            count(
                    "orders",
                    Urgency.ACT,
                    "/maintenance/orders",
                    """
                    select count(*), count(*) filter (where fix_by < me.now)
                      from maintenance.work_order, me where state not in ('RELEASED','CLOSED','CANCELLED')""",
                    TECHNICIAN,
                    EQUIPMENT,
                    CLINICAL,
                    PLATFORM_OPERATOR),
            count("waitingParts", Urgency.WATCH, "/maintenance/orders?state=WAITING_PARTS", """
                    select count(*), count(*) filter (where paused_since < me.now - interval '3 days')
                      from maintenance.work_order, me where state = 'WAITING_PARTS'""", TECHNICIAN),
            count("toVerify", Urgency.WATCH, "/maintenance/orders?state=REPAIRED", """
                    select count(*), count(*) filter (where repaired_at < me.now - interval '1 day')
                      from maintenance.work_order, me where state = 'REPAIRED'""", EQUIPMENT, TECHNICIAN),
            count("offers", Urgency.GOOD, "/rental/search", """
                    select count(*) filter (where o.owner_org <> me.org), count(*) filter (where o.owner_org = me.org)
                      from rental.offer o, me where o.state = 'PUBLISHED'""", CLINICAL, SUPPLIER),
            // Money
            new FigureQuery("receivable", Form.MONEY, Urgency.ACT, "/billing/statements", Set.of(FINANCE), """
                    select coalesce(sum(amount - paid), 0), count(*) filter (where due_at < me.now)
                      from billing.invoice i, me where i.owner_org = me.org and i.state in ('OPEN','PARTIALLY_PAID')"""),
            new FigureQuery("payable", Form.MONEY, Urgency.ACT, "/billing/statements", Set.of(FINANCE), """
                    select coalesce(sum(amount - paid), 0), count(*) filter (where due_at < me.now)
                      from billing.invoice i, me where i.lessee_org = me.org and i.state in ('OPEN','PARTIALLY_PAID')"""),
            count("statements", Urgency.WATCH, "/billing/statements", """
                    select count(*) filter (where state = 'METERED'), count(*) filter (where state = 'AGREED')
                      from billing.statement s, me where me.org in (s.owner_org, s.lessee_org)""", FINANCE),
            // Signing and administration
            count("toSign", Urgency.WATCH, "/ledger/acts", """
                    select count(*), count(*) filter (where a.expires_at < me.now + interval '1 day')
                      from ledger.act a, me where a.state = 'WAITING_SIGNATURE' and me.org = any(a.missing)""", SIGNATORY),
            count("people", Urgency.GOOD, "/organisation/people", """
                    select count(*), count(*) filter (where p.totp_secret is null)
                      from organisation.membership m join organisation.person p on p.id = m.person_id, me
                     where m.org_id = me.org and m.ended_at is null and p.active""", ORG_ADMIN),
            count("credentials", Urgency.WATCH, "/organisation/organisation", """
                    select count(*), count(*) filter (where c.valid_to < (me.now + interval '30 days')::date)
                      from organisation.credential c, me where c.org_id = me.org and c.withdrawn_at is null""", ORG_ADMIN));

    private static FigureQuery count(String key, Urgency urgency, String path, String sql, String... roles) {
        return new FigureQuery(key, Form.NUMBER, urgency, path, Set.of(roles), sql);
    }

    boolean isFor(Set<String> held) {
        return roles.stream().anyMatch(held::contains);
    }

    Figure figure(double value, long hint) {
        return new Figure(key, value, form, hint, hint == 0 ? "ok" : urgency.kind, path);
    }
}
