package org.yiqi.insight;

import static org.yiqi.shared.Roles.CARRIER;
import static org.yiqi.shared.Roles.COMMITTEE;
import static org.yiqi.shared.Roles.EQUIPMENT;
import static org.yiqi.shared.Roles.FINANCE;
import static org.yiqi.shared.Roles.ORG_ADMIN;
import static org.yiqi.shared.Roles.PLATFORM_OPERATOR;
import static org.yiqi.shared.Roles.PLATFORM_REVIEWER;
import static org.yiqi.shared.Roles.RECYCLER;
import static org.yiqi.shared.Roles.REGULATOR;
import static org.yiqi.shared.Roles.SIGNATORY;
import static org.yiqi.shared.Roles.SUPPLIER;
import static org.yiqi.shared.Roles.TECHNICIAN;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Set;

/**
 * What may wait for a person, and for whom. The SQL answers the subject, its name and the other side in Chinese and English, until when,
 * and what the path ends with; {@code me} is who asks.
 */
record TaskQuery(String key, String path, Set<String> roles, String sql) {

    static final List<TaskQuery> ALL = List.of(
            of("approveRental", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.lessee_zh, r.lessee_en, r.submitted_at + interval '24 hours', r.id::text
                      from rental.rental r, me where r.state = 'UNDER_REVIEW' and r.owner_org = me.org
                       and not exists (select 1 from rental.approval a where a.rental_id = r.id and a.side = 'OWNER')
                     order by r.submitted_at""", EQUIPMENT),
            of("approveRental", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.lessee_zh, r.lessee_en, r.submitted_at + interval '24 hours', r.id::text
                      from rental.rental r where r.state = 'UNDER_REVIEW'
                       and not exists (select 1 from rental.approval a where a.rental_id = r.id and a.side = 'PLATFORM')
                     order by r.submitted_at""", PLATFORM_OPERATOR),
            of("dispatch", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.lessee_zh, r.lessee_en, r.from_at, r.id::text
                      from rental.rental r, me where r.state = 'APPROVED' and r.owner_org = me.org
                       and r.from_at < me.now + interval '3 days' order by r.from_at""", EQUIPMENT),
            of("deliver", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.lessee_zh, r.lessee_en, r.from_at, r.id::text
                      from rental.rental r, me where r.state = 'DISPATCHED' and r.owner_org = me.org order by r.from_at""", EQUIPMENT),
            of("confirmDelivery", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.owner_zh, r.owner_en, r.from_at, r.id::text
                      from rental.rental r, me where r.state = 'DELIVERED' and r.lessee_org = me.org order by r.from_at""", EQUIPMENT),
            of("giveBack", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.owner_zh, r.owner_en, r.to_at, r.id::text
                      from rental.rental r, me where r.state in ('ACTIVE','OVERDUE') and r.lessee_org = me.org
                       and r.to_at < me.now + interval '2 days' order by r.to_at""", EQUIPMENT),
            of("inspect", "/rental/rental?id=", """
                    select r.number, r.unit_zh, r.unit_en, r.lessee_zh, r.lessee_en, r.returned_at + interval '48 hours', r.id::text
                      from rental.rental r, me where r.state = 'RETURNING' and r.owner_org = me.org order by r.returned_at""", EQUIPMENT),
            of("acknowledge", "/equipment/unit?id=", """
                    select u.asset_tag, m.name_zh, m.name_en, '', '', e.activated_at + interval '5 minutes', u.id::text
                      from telemetry.alert_episode e join equipment.unit u on u.id = e.device_id
                      join equipment.model m on m.id = u.model_id, me
                     where e.state = 'ACTIVE' and e.severity = 'CRITICAL' and me.org in (u.owner_id, u.custodian_id, u.maintainer_id)
                     order by e.activated_at""", EQUIPMENT, TECHNICIAN),
            of("triage", "/maintenance/order?id=", """
                    select w.number, w.asset_tag, w.asset_tag, '', '', null::timestamptz, w.id::text
                      from maintenance.work_order w, me where w.state = 'REQUESTED' and w.custodian_org = me.org
                     order by w.requested_at""", EQUIPMENT),
            of("answerOrder", "/maintenance/order?id=", """
                    select w.number, w.asset_tag, w.asset_tag, o.name_zh, o.name_en, w.accept_by, w.id::text
                      from maintenance.work_order w join organisation.organisation o on o.id = w.custodian_org, me
                     where w.state = 'DISPATCHED' and w.service_org = me.org order by w.accept_by""", TECHNICIAN),
            of("repair", "/maintenance/order?id=", """
                    select w.number, w.asset_tag, w.asset_tag, o.name_zh, o.name_en, w.fix_by, w.id::text
                      from maintenance.work_order w join organisation.organisation o on o.id = w.custodian_org, me
                     where w.state in ('ACCEPTED','EN_ROUTE','IN_PROGRESS') and w.service_org = me.org order by w.fix_by""", TECHNICIAN),
            of("verify", "/maintenance/order?id=", """
                    select w.number, w.asset_tag, w.asset_tag, coalesce(o.name_zh, ''), coalesce(o.name_en, ''),
                           w.repaired_at + interval '24 hours', w.id::text
                      from maintenance.work_order w left join organisation.organisation o on o.id = w.service_org, me
                     where w.state = 'REPAIRED' and w.custodian_org = me.org order by w.repaired_at""", EQUIPMENT),
            of("sign", "/ledger/acts?q=", """
                    select a.type, coalesce(m.name_zh, ''), coalesce(m.name_en, ''), '', '', a.expires_at, a.id::text
                      from ledger.act a
                    """ + unitOf("a.subject") + """
                     , me
                     where a.state = 'WAITING_SIGNATURE' and me.org = any(a.missing) order by a.expires_at""", SIGNATORY),
            of("confirmAward", "/procurement/evaluation?tender=", """
                    select t.number, t.title, t.title, o.name_zh, o.name_en, n.standstill_until, t.id::text
                      from procurement.award_notice n join procurement.tender t on t.id = n.tender_id
                      join organisation.organisation o on o.id = n.org_id, me
                     where t.org_id = me.org and n.state = 'STANDSTILL' and n.standstill_until <= me.now
                       and not exists (select 1 from procurement.lot_award a where a.tender_id = n.tender_id and a.lot = n.lot)
                     order by n.standstill_until""", SIGNATORY),
            of("failLot", "/procurement/evaluation?tender=", """
                    select t.number, t.title, t.title, '', '', c.decided_at + interval '7 days', t.id::text
                      from procurement.complaint c join procurement.tender t on t.id = c.tender_id
                      join procurement.lot l on l.tender_id = c.tender_id and l.code = c.lot, me
                     where t.org_id = me.org and c.remedy = 'FAIL' and l.state = 'OPEN'
                       and not exists (select 1 from procurement.lot_award a where a.tender_id = c.tender_id and a.lot = c.lot)
                     order by c.decided_at""", SIGNATORY),
            of("decideComplaint", "/procurement/complaint?id=", """
                    select c.number, t.title, t.title, o.name_zh, o.name_en, c.decide_by, c.id::text
                      from procurement.complaint c join procurement.tender t on t.id = c.tender_id
                      join organisation.organisation o on o.id = c.org_id, me
                     where c.state = 'OPEN' and exists (select 1 from organisation.organisation r
                       where r.id = me.org and r.remit in ('HEALTH', 'MARKET')) order by c.decide_by""", REGULATOR),
            of("draftContract", "/procurement/evaluation?tender=", """
                    select t.number, l.title, l.title, o.name_zh, o.name_en, a.decided_at + interval '30 days', t.id::text
                      from procurement.lot_award a join procurement.tender t on t.id = a.tender_id
                      join procurement.lot l on l.tender_id = a.tender_id and l.code = a.lot
                      join organisation.organisation o on o.id = a.org_id, me
                     where t.org_id = me.org and a.act_id is not null and t.state not in ('CONTRACTED', 'FAILED', 'CANCELLED')
                       and not exists (select 1 from procurement.contract c where c.tender_id = a.tender_id and c.lot = a.lot
                         and (c.state <> 'TERMINATED' or c.effective_at is not null))
                     order by a.decided_at""", EQUIPMENT),
            of("acceptContract", "/procurement/contract?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, (c.sign_by + 1)::timestamp at time zone 'Asia/Shanghai', c.id::text
                      from procurement.contract c join organisation.organisation o on o.id = c.org_id, me
                     where c.supplier_id = me.org and c.state = 'OFFERED' order by c.sign_by""", SIGNATORY),
            of("reachMilestone", "/procurement/contract?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, (m.due + 1)::timestamp at time zone 'Asia/Shanghai', c.id::text
                      from procurement.contract_milestone m join procurement.contract c on c.id = m.contract_id
                      join organisation.organisation o on o.id = c.org_id, me
                     where c.supplier_id = me.org and c.state in ('EFFECTIVE', 'AMENDING') and m.state in ('SCHEDULED', 'NOT_MET')
                       and m.kind <> 'ACCEPTANCE' and m.due < (me.now at time zone 'Asia/Shanghai')::date + 7 order by m.due""", SUPPLIER),
            of("lateMilestone", "/procurement/contract?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, (m.due + 1)::timestamp at time zone 'Asia/Shanghai', c.id::text
                      from procurement.contract_milestone m join procurement.contract c on c.id = m.contract_id
                      join organisation.organisation o on o.id = c.supplier_id, me
                     where c.org_id = me.org and c.state in ('EFFECTIVE', 'AMENDING') and m.state = 'SCHEDULED'
                       and m.kind <> 'ACCEPTANCE'
                       and greatest(m.due, m.expected) < (me.now at time zone 'Asia/Shanghai')::date order by m.due""", EQUIPMENT),
            of("judgeMilestone", "/procurement/contract?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, m.reported_at + interval '3 days', c.id::text
                      from procurement.contract_milestone m join procurement.contract c on c.id = m.contract_id
                      join organisation.organisation o on o.id = c.supplier_id, me
                     where c.org_id = me.org and c.state in ('EFFECTIVE', 'AMENDING') and m.state = 'REPORTED'
                     order by m.reported_at""", EQUIPMENT),
            of("payMilestone", "/procurement/contract?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, m.decided_at + interval '30 days', c.id::text
                      from procurement.contract_milestone m join procurement.contract c on c.id = m.contract_id
                      join organisation.organisation o on o.id = c.supplier_id, me
                     where c.org_id = me.org and m.state = 'MET' and m.percent > 0
                       and not exists (select 1 from procurement.contract_payment p
                         where p.contract_id = m.contract_id and p.milestone = m.position)
                     order by m.decided_at""", FINANCE),
            of("handOverUnits", "/procurement/delivery?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, max(u.accepted_at) + interval '3 days', c.id::text
                      from procurement.delivered_unit u join procurement.contract c on c.id = u.contract_id
                      join organisation.organisation o on o.id = c.org_id, me
                     where c.supplier_id = me.org and u.accepted_at is not null and u.handover_act is null and u.taken_at is null
                     group by c.id, o.id order by 6""", SIGNATORY),
            of("takeInUnits", "/procurement/delivery?id=", """
                    select c.number, c.title, c.title, o.name_zh, o.name_en, max(u.accepted_at) + interval '7 days', c.id::text
                      from procurement.delivered_unit u join procurement.contract c on c.id = u.contract_id
                      join organisation.organisation o on o.id = c.supplier_id, me
                     where c.org_id = me.org and u.handover_act is not null and u.taken_at is null
                     group by c.id, o.id order by 6""", EQUIPMENT),
            of("approveDisposal", "/disposal/disposal?id=", """
                    select d.number, d.unit_zh, d.unit_en, '', '', null::timestamptz, d.id::text
                      from disposal.disposal d, me where d.state = 'APPROVING' and d.org_id = me.org and d.made_by <> me.person
                       and (select a.step from disposal.approval a where a.disposal_id = d.id and a.state = 'WAITING'
                             order by a.round, a.position limit 1) = 'COMMITTEE' order by d.made_at""", COMMITTEE),
            of("approveDisposal", "/disposal/disposal?id=", """
                    select d.number, d.unit_zh, d.unit_en, '', '', null::timestamptz, d.id::text
                      from disposal.disposal d, me where d.state = 'APPROVING' and d.org_id = me.org and d.made_by <> me.person
                       and (select a.step from disposal.approval a where a.disposal_id = d.id and a.state = 'WAITING'
                             order by a.round, a.position limit 1) = 'FINANCE' order by d.made_at""", FINANCE),
            of("decideAuction", "/disposal/auction?id=", """
                    select a.number, a.unit_zh, a.unit_en, '', '', null::timestamptz, a.id::text
                      from disposal.auction a, me where a.state = 'PAUSED' and a.owner_id = me.org order by a.closes_at""", COMMITTEE),
            of("verifyWinner", "/disposal/disposal?id=", """
                    select d.number, d.unit_zh, d.unit_en, '', '', null::timestamptz, d.id::text
                      from disposal.disposal d, me where d.state = 'VERIFYING' and d.org_id = me.org order by d.made_at""", EQUIPMENT),
            of("certifyEnd", "/disposal/disposal?id=", """
                    select d.number, d.unit_zh, d.unit_en, '', '', d.certificate_by, d.id::text
                      from disposal.disposal d, me where d.state = 'HANDED_OVER' and d.recycler_id = me.org order by d.certificate_by""", RECYCLER),
            of("review", "/organisation/review?id=", """
                    select o.credit_code, o.name_zh, o.name_en, '', '', r.submitted_at + interval '3 days', r.id::text
                      from organisation.review r join organisation.organisation o on o.id = r.org_id, me
                     where r.status = 'SUBMITTED' or (r.status = 'REVIEWING' and r.claimed_by is distinct from me.person)
                     order by r.submitted_at""", PLATFORM_REVIEWER),
            of("correct", "/organisation/organisation", """
                    select o.credit_code, o.name_zh, o.name_en, '', '', r.correction_due, '' from organisation.review r
                      join organisation.organisation o on o.id = r.org_id, me
                     where r.status = 'CORRECTION' and r.org_id = me.org""", ORG_ADMIN),
            of("renew", "/organisation/organisation", """
                    select c.number, t.name_zh, t.name_en, '', '', c.valid_to::timestamptz, ''
                      from organisation.credential c join organisation.credential_type t on t.code = c.credential_type, me
                     where c.org_id = me.org and c.withdrawn_at is null and c.valid_to < (me.now + interval '30 days')::date
                     order by c.valid_to""", ORG_ADMIN),
            of("investigate", "/oversight/cases?id=", """
                    select coalesce(u.asset_tag, c.row_id), coalesce(m.name_zh, ''), coalesce(m.name_en, ''), '', '', c.opened_at + interval '1 day', c.id::text
                      from oversight.oversight_case c
                    """ + unitOf("c.subject") + """
                     where c.state = 'OPEN' order by c.opened_at""", REGULATOR),
            of("pay", "/billing/statement?id=", """
                    select i.number, '', '', o.name_zh, o.name_en, i.due_at, i.statement_id::text
                      from billing.invoice i join organisation.organisation o on o.id = i.owner_org, me
                     where i.lessee_org = me.org and i.state in ('OPEN','PARTIALLY_PAID') and i.statement_id is not null
                     order by i.due_at""", FINANCE),
            of("payDamage", "/rental/liability?id=", """
                    select i.number, '', '', o.name_zh, o.name_en, i.due_at, i.liability_id::text
                      from billing.invoice i join organisation.organisation o on o.id = i.owner_org, me
                     where i.lessee_org = me.org and i.state in ('OPEN','PARTIALLY_PAID') and i.liability_id is not null
                     order by i.due_at""", FINANCE),
            of(
                    "stateDamage",
                    "/rental/liability?id=",
                    """
                    select l.number, l.unit_zh, l.unit_en, o.name_zh, o.name_en, p.due, l.id::text
                      from rental.liability l join rental.liability_party p on p.liability_id = l.id
                      join organisation.organisation o on o.id = l.reporter_org, me
                     where l.state = 'STATEMENTS' and p.org_id = me.org and p.stated_at is null and p.silent_at is null
                     order by p.due""",
                    EQUIPMENT,
                    TECHNICIAN,
                    SUPPLIER,
                    CARRIER,
                    PLATFORM_OPERATOR),
            of("assessDamage", "/rental/liability?id=", """
                    select l.number, l.unit_zh, l.unit_en, o.name_zh, o.name_en, l.statements_due, l.id::text
                      from rental.liability l join rental.liability_assessment a on a.liability_id = l.id
                      join organisation.organisation o on o.id = l.owner_org, me
                     where l.state in ('EVIDENCE','STATEMENTS') and a.org_id = me.org and a.given_at is null
                     order by a.asked_at""", EQUIPMENT, TECHNICIAN, SUPPLIER),
            of("appointPanel", "/rental/liability?id=", """
                    select l.number, l.unit_zh, l.unit_en, o.name_zh, o.name_en, null::timestamptz, l.id::text
                      from rental.liability l join organisation.organisation o on o.id = l.owner_org
                     where l.state = 'DISPUTED' order by l.reported_at""", REGULATOR),
            of("decideDamage", "/rental/liability?id=", """
                    select l.number, l.unit_zh, l.unit_en, o.name_zh, o.name_en, null::timestamptz, l.id::text
                      from rental.liability l join organisation.organisation o on o.id = l.owner_org, me
                     where not exists (select 1 from rental.liability_proposal p where p.liability_id = l.id and p.state = 'OPEN')
                       and ((l.state = 'APPEAL' and l.regulator_org = me.org)
                         or (l.state = 'PANEL' and exists (select 1 from rental.liability_panellist m
                              where m.liability_id = l.id and m.org_id = me.org)))
                     order by l.reported_at""", SIGNATORY),
            of("settleDamage", "/rental/liability?id=", """
                    select l.number, l.unit_zh, l.unit_en, '', '', null::timestamptz, l.id::text from rental.liability l, me
                     where l.owner_org = me.org and l.state in ('AGREED','FINAL') and l.settled_act is null
                       and not exists (select 1 from rental.liability_charge c where c.liability_id = l.id
                            and c.reversed_at is null and c.paid_at is null)
                     order by l.reported_at""", SIGNATORY));

    /**
     * Joins the unit that an act or a case is about, if it is about one, and its model. Compared in the key's own type: its index
     * answers, where text would read every unit.
     */
    private static String unitOf(String subject) {
        return "left join equipment.unit u on u.id = case when " + subject
                + " ~ '^[^:]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then split_part(" + subject
                + ", ':', 2)::uuid end left join equipment.model m on m.id = u.model_id ";
    }

    private static TaskQuery of(String key, String path, String sql, String... roles) {
        return new TaskQuery(key, path, Set.of(roles), sql);
    }

    boolean isFor(Set<String> held) {
        return roles.stream().anyMatch(held::contains);
    }

    Task task(ResultSet rs) throws SQLException {
        Timestamp due = rs.getTimestamp(6);
        return new Task(
                key,
                rs.getString(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                rs.getString(5),
                due == null ? null : due.toInstant(),
                path + rs.getString(7));
    }
}
