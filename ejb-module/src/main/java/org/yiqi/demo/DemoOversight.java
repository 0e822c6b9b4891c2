package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.yiqi.demo.DemoEquipment.DemoUnit;

/**
 * What regulators did: a case that ended with a model on hold, the recall by which it was held and lifted, a case that waits
 * for a hospital's response, and two adverse events, of which one is nearly out of time.
 */
final class DemoOversight {

    private static final UUID HEALTH = DemoIds.of("org", "health");
    private static final UUID INSPECTOR = DemoIds.of("person", "health.inspector");
    private static final UUID RECALL = DemoIds.of("recall", "battery");
    private static final UUID HELD_CASE = DemoIds.of("case", "battery");
    private static final UUID OPEN_CASE = DemoIds.of("case", "log-books");
    private static final int ISSUED_DAYS_AGO = 60;
    private static final int LIFTED_DAYS_AGO = 41;

    private final Connection c;
    private final Instant now;
    private final DemoTable cases = new DemoTable(
            "oversight.oversight_case",
            "id, kind, table_name, row_id, title, stage, state, lead_org, joint_orgs, concerned_org, told, model_id, decision, sanction,"
                    + " recall_id, opened_at, due_at, closed_at, closed_by, finding");
    private final DemoTable steps = new DemoTable(
            "oversight.case_step", "id, case_id, at, org_id, person_id, action, note, due_at, open_to_concerned");
    private final DemoTable recalls = new DemoTable(
            "oversight.recall",
            "id, number, org_id, title, reason, recall_class, model_id, state, rule_of, issued_by, issued_at, notice_due, lifted_by,"
                    + " lifted_at, lifted_reason");
    private final DemoTable units = new DemoTable(
            "oversight.recall_unit",
            "recall_id, unit_id, found_as, owner_id, custodian_id, status_found, held, act_id, release_act_id, found_at");
    private final DemoTable notices = new DemoTable(
            "oversight.recall_notice",
            "id, recall_id, org_id, as_custodian, as_owner, as_lessee, units, bookings, sent_at, due_at, reminders, reminded_at, received_at,"
                    + " received_by, answer");
    private final DemoTable events = new DemoTable(
            "oversight.adverse_event",
            "id, org_id, unit_id, model_id, harm, happened_at, known_at, what, state, noted_at, noted_by, assessment, assessed_by, assessed_at");
    private final DemoTable duties =
            new DemoTable("oversight.adverse_duty", "event_id, duty, due_at, red_at, done_at, done_by, answer");

    DemoOversight(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    /** @param lent units that are offered for rent; these have a calendar of their own */
    void fill(List<DemoUnit> all, Set<UUID> lent, DemoPast past) throws SQLException {
        List<DemoUnit> free = all.stream()
                .filter(u -> u.status().equals("AVAILABLE") && !lent.contains(u.id()))
                .toList();
        DemoUnit first = free.get(0);
        List<DemoUnit> held = free.stream()
                .filter(u -> u.model().equals(first.model()))
                .limit(4)
                .toList();
        recall(held, past);
        heldCase(first);
        openCase();
        DemoUnit deadly = free.get(free.size() / 2);
        event("death", deadly, "DEATH", 6, "呼吸机停止送气且无报警。The ventilator stopped without an alarm.", false);
        event("burn", free.get(free.size() / 3), "INJURY", 80, "电极板灼伤皮肤。The electrode burnt the skin.", true);
        recalls.write(c);
        units.write(c);
        notices.write(c);
        cases.write(c);
        steps.write(c);
        events.write(c);
        duties.write(c);
    }

    private void recall(List<DemoUnit> held, DemoPast past) {
        Instant issued = daysAgo(ISSUED_DAYS_AGO);
        Instant lifted = daysAgo(LIFTED_DAYS_AGO);
        Instant due = issued.plus(3, ChronoUnit.DAYS);
        recalls.add(
                RECALL,
                "R-DEMO-1",
                HEALTH,
                "蓄电池可能鼓胀 · The battery may swell",
                "停用设备，联系厂家更换蓄电池。Put the unit aside and have the battery replaced.",
                "II",
                DemoIds.of("model", held.get(0).model().key()),
                "LIFTED",
                LocalDate.parse("2017-05-01"),
                INSPECTOR,
                issued,
                due,
                INSPECTOR,
                lifted,
                "全部更换完毕。All batteries are replaced.");
        Map<UUID, Integer> owners = new LinkedHashMap<>();
        Map<UUID, String> keys = new LinkedHashMap<>();
        for (DemoUnit u : held) {
            UUID owner = DemoEquipment.orgId(u.owner());
            UUID placed = DemoIds.of("recall-hold", u.tag());
            UUID released = DemoIds.of("recall-release", u.tag());
            past.holdPlaced(u.id(), HEALTH, "RECALL", placed, issued);
            past.holdReleased(u.id(), HEALTH, placed, released, lifted);
            past.stopped(u.id(), "QUARANTINE", "蓄电池可能鼓胀 · The battery may swell", RECALL, HEALTH, issued, lifted);
            units.add(RECALL, u.id(), "UNIT", owner, owner, "AVAILABLE", true, placed, released, issued);
            owners.merge(owner, 1, Integer::sum);
            keys.put(owner, u.owner().key());
        }
        owners.forEach((owner, count) -> notices.add(
                DemoIds.of("recall-notice", keys.getOrDefault(owner, "")),
                RECALL,
                owner,
                true,
                true,
                false,
                count,
                0,
                issued,
                due,
                1,
                issued.plus(2, ChronoUnit.DAYS),
                issued.plus(50, ChronoUnit.HOURS),
                DemoIds.of("person", keys.get(owner) + ".equipment"),
                "已停用并张贴标识。Put aside and marked."));
    }

    private void heldCase(DemoUnit unit) {
        UUID owner = DemoEquipment.orgId(unit.owner());
        cases.add(
                HELD_CASE,
                "INCIDENT",
                "",
                HELD_CASE,
                "蓄电池鼓胀 · Swollen batteries",
                "CLOSED",
                "CLOSED",
                HEALTH,
                List.of(DemoIds.of("org", "market")),
                owner,
                true,
                DemoIds.of("model", unit.model().key()),
                "SANCTION",
                "HOLD_MODEL",
                RECALL,
                daysAgo(80),
                null,
                daysAgo(40),
                INSPECTOR,
                "型号停用至更换完成。The model was held until every battery was replaced.");
        step(HELD_CASE, 80, "OPENED", HEALTH, "两家医院报告。Two hospitals have reported it.", false);
        step(HELD_CASE, 79, "SCOPED", HEALTH, "所有同型号设备。All units of the model.", false);
        step(HELD_CASE, 78, "QUERY", HEALTH, "请提供维护记录。Send the maintenance records.", true);
        step(HELD_CASE, 76, "ANSWERED", owner, "记录已附。The records are attached.", true);
        step(HELD_CASE, 74, "FINDING", HEALTH, "批次缺陷。The lot is faulty.", false);
        step(HELD_CASE, 73, "RESPONSE", HEALTH, "拟停用该型号。We mean to hold the model.", true);
        step(HELD_CASE, 66, "ANSWERED", owner, "同意。We agree.", true);
        step(HELD_CASE, ISSUED_DAYS_AGO, "DECISION", HEALTH, "型号停用。The model is held.", true);
        step(HELD_CASE, 42, "FOLLOW_UP", HEALTH, "已全部更换。All are replaced.", true);
        step(HELD_CASE, 40, "CLOSED", HEALTH, "结案。Closed.", true);
    }

    private void openCase() {
        UUID hospital = DemoIds.of("org", "zhongxin");
        cases.add(
                OPEN_CASE,
                "AUDIT",
                "",
                OPEN_CASE,
                "维护记录检查 · Audit of maintenance records",
                "RESPONSE",
                "OPEN",
                HEALTH,
                List.of(),
                hospital,
                true,
                null,
                "",
                "",
                null,
                daysAgo(12),
                daysAgo(3).plus(10, ChronoUnit.DAYS),
                null,
                null,
                "");
        step(OPEN_CASE, 12, "OPENED", HEALTH, "年度计划。The yearly plan.", false);
        step(OPEN_CASE, 11, "SCOPED", HEALTH, "急救设备。Life-support devices.", false);
        step(OPEN_CASE, 10, "QUERY", HEALTH, "请提供上一年度记录。Send last year's records.", true);
        step(OPEN_CASE, 8, "ANSWERED", hospital, "已提交。Sent.", true);
        step(OPEN_CASE, 5, "FINDING", HEALTH, "三台设备逾期未检。Three devices were inspected late.", false);
        step(
                OPEN_CASE,
                3,
                "RESPONSE",
                HEALTH,
                "三台设备逾期未检，请陈述。Three devices were inspected late: what have you to say?",
                true);
    }

    private void step(UUID of, int daysAgo, String action, UUID org, String note, boolean open) {
        steps.add(
                DemoIds.of("case-step", of + action + daysAgo),
                of,
                daysAgo(daysAgo),
                org,
                org.equals(HEALTH) ? INSPECTOR : DemoIds.of("person", "zhongxin.admin"),
                action,
                note,
                null,
                open);
    }

    private void event(String key, DemoUnit unit, String harm, int daysAgo, String what, boolean over) {
        UUID id = DemoIds.of("adverse-event", key);
        UUID reporter = DemoIds.of("person", unit.owner().key() + ".equipment");
        Instant known = daysAgo(daysAgo).minus(2, ChronoUnit.HOURS);
        Instant due = known.plus(harm.equals("DEATH") ? 7 : 20, ChronoUnit.DAYS);
        events.add(
                id,
                DemoEquipment.orgId(unit.owner()),
                unit.id(),
                DemoIds.of("model", unit.model().key()),
                harm,
                known.minus(3, ChronoUnit.HOURS),
                known,
                what,
                over ? "ASSESSED" : "OPEN",
                known.plus(1, ChronoUnit.HOURS),
                reporter,
                over ? "电缆老化，已更换。The cable was worn and is replaced." : "",
                over ? INSPECTOR : null,
                over ? known.plus(15, ChronoUnit.DAYS) : null);
        duties.add(
                id,
                "REPORT",
                due,
                due.minus(1, ChronoUnit.DAYS),
                over ? known.plus(4, ChronoUnit.DAYS) : null,
                over ? reporter : null,
                over ? "已报国家监测系统。Reported to the national system." : "");
    }

    private Instant daysAgo(int days) {
        return now.minus(days, ChronoUnit.DAYS);
    }
}
