package org.yiqi.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.demo.DemoChain.Event;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.maintenance.AppliedPart;
import org.yiqi.maintenance.PriorityLevel;
import org.yiqi.maintenance.ProtectionClass;
import org.yiqi.maintenance.SafetyMeasurement;

/** Work orders as rows: how each went, what was measured, which parts it took, what it stopped and what it cost. */
final class DemoOrders {

    private static final String[] PRAISE = {"响应及时", "讲解清楚，现场整洁", "比约定时间早到", "修复后运行稳定", ""};

    private final Connection c;
    private final DemoPast past;
    private final DemoParts parts;
    private final Map<UUID, String> stopped = new LinkedHashMap<>();
    private final DemoTable orders = new DemoTable(
            "maintenance.work_order",
            "id,number,kind,source,cause,unit_id,model_name,asset_tag,serial_number,place,region_code,owner_org,custodian_org,"
                    + "requester_org,requester_id,service_org,plan_id,episode_id,symptom,description,safety,severity,risk,"
                    + "downtime,priority_reasons,state,since,requested_at,down_since,dispatched_at,accept_by,accepted_at,"
                    + "started_at,repaired_at,verified_at,released_at,closed_at,arrive_by,fix_by,paused_since,paused_seconds,"
                    + "purchase_order,slot_from,slot_to,technician_id,workers,diagnosis,work_done,labour_minutes,labour_minor,"
                    + "parts_minor,round,verified_by,quarantined,hold_act,release_act,rating,rating_comment");
    private final DemoTable steps = new DemoTable(
            "maintenance.step", "id,work_order_id,at,act,from_state,to_state,org_id,person_id,person_name,reason");
    private final DemoTable offers =
            new DemoTable("maintenance.offer", "id,work_order_id,org_id,offered_at,answer_by,answer,answered_at");
    private final DemoTable tests = new DemoTable(
            "maintenance.test_line", "id,work_order_id,round,position,code,label,measured,unit,low,high,passed");
    private final DemoTable fitted = new DemoTable(
            "maintenance.part_use",
            "id,work_order_id,part_id,station_id,unit_id,number,name_zh,name_en,quantity,serial_number,unit_price_minor,state,at");
    private final DemoTable episodes = new DemoTable("maintenance.work_order_episode", "episode_id,work_order_id,at");

    DemoOrders(Connection c, DemoPast past, DemoParts parts) {
        this.c = c;
        this.past = past;
        this.parts = parts;
    }

    /** Why an order was opened, and how far it has come. */
    record Job(
            UUID id,
            DemoUnit unit,
            String kind,
            String source,
            String cause,
            @Nullable UUID plan,
            @Nullable UUID episode,
            DemoFaults.Fault fault,
            boolean safety,
            String severity,
            DemoChain chain) {

        boolean planned() {
            return plan != null;
        }

        boolean stops() {
            return safety || severity.equals("CRITICAL");
        }
    }

    void fill(List<Job> jobs) throws SQLException {
        List<Job> sorted = new ArrayList<>(jobs);
        sorted.sort(Comparator.comparing(job -> job.chain().begin()));
        List<String> numbers = DemoNumbers.draw(c, "maintenance.work_order_counter", "%06d", sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            Job job = sorted.get(i);
            int year = job.chain().begin().atZone(DemoEquipment.CHINA).getYear();
            new Order(job, "WO-" + year + "-" + numbers.get(i)).tell();
        }
        orders.write(c);
        for (DemoTable table : List.of(steps, offers, tests, fitted, episodes)) {
            table.write(c);
        }
        try (PreparedStatement s =
                c.prepareStatement("update equipment.unit set status = ?, resume_status = status where id = ?")) {
            for (Map.Entry<UUID, String> unit : stopped.entrySet()) {
                s.setString(1, unit.getValue());
                s.setObject(2, unit.getKey());
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    /** One order being told. */
    private final class Order {

        private final Job job;
        private final DemoChain chain;
        private final String number;
        private final DemoUnit unit;
        private final UUID owner;
        private final UUID service;
        private final String keeper;
        private final String engineer;
        private final int risk;
        private final int downtime;
        private final DemoParts.@Nullable Part part;

        Order(Job job, String number) {
            this.job = job;
            this.chain = job.chain();
            this.number = number;
            this.unit = job.unit();
            this.owner = DemoEquipment.orgId(unit.owner());
            this.service = DemoIds.of("org", unit.service());
            this.keeper = unit.owner().key() + ".equipment";
            this.engineer = unit.service() + ".engineer";
            boolean lifeSupport = unit.model().criticality().equals("LIFE_SUPPORT");
            int base = unit.model().deviceClass().equals("III") ? 3 : 2;
            this.risk = job.safety() ? 5 : job.stops() || lifeSupport ? 4 : base;
            this.downtime = 2 + DemoIds.number("down" + job.id(), 4);
            this.part = chain.reached("REPAIRED") && !job.planned()
                    ? parts.find(unit.service(), job.fault().part())
                    : null;
        }

        void tell() {
            String before = null;
            for (Event e : chain.events()) {
                String person = byHospital(e.act()) ? keeper : engineer;
                boolean nobody = (e.act().equals("requested") && !job.source().equals("PERSON"))
                        || (job.planned() && e.act().equals("dispatched"))
                        || (e.act().equals("closed") && unrated());
                steps.add(
                        DemoIds.at(e.at(), "step", e.act() + job.id()),
                        job.id(),
                        e.at(),
                        e.act(),
                        before == null ? "REQUESTED" : before,
                        e.state(),
                        nobody ? null : byHospital(e.act()) ? owner : service,
                        nobody ? null : DemoIds.of("person", person),
                        nobody ? "" : person,
                        reason(e.act()));
                before = e.state();
            }
            if (chain.reached("DISPATCHED")) {
                offer();
            }
            if (chain.reached("REPAIRED")) {
                measure();
            }
            if (part != null) {
                fitted.add(
                        DemoIds.at(chain.at("repaired"), "part-use", job.id().toString()),
                        job.id(),
                        part.id(),
                        part.station(),
                        unit.id(),
                        part.number(),
                        part.nameZh(),
                        part.nameEn(),
                        1,
                        part.serialised() ? part.number() + "-" + DemoIds.number("serial" + job.id(), 1_000_000) : "",
                        part.priceMinor(),
                        "FITTED",
                        chain.at("repaired"));
            }
            if (job.episode() != null) {
                episodes.add(job.episode(), job.id(), chain.begin());
            }
            stop();
            row();
        }

        private boolean byHospital(String act) {
            return switch (act) {
                case "accepted", "departed", "started", "waiting-parts", "waiting-site", "resumed", "repaired" -> false;
                default -> true;
            };
        }

        private String reason(String act) {
            return switch (act) {
                case "requested" -> job.fault().description();
                case "triaged" -> "按影响范围确认优先级";
                case "waiting-parts" -> "备件在途";
                case "waiting-site" -> "等待机房腾空";
                case "cancelled" -> "现场确认为操作问题，已恢复";
                default -> "";
            };
        }

        private void offer() {
            Instant at = chain.at("dispatched");
            Instant until = job.planned() ? chain.slotFrom() : at.plus(30, ChronoUnit.MINUTES);
            boolean answered = chain.reached("ACCEPTED");
            offers.add(
                    DemoIds.at(at, "offer", job.id().toString()),
                    job.id(),
                    service,
                    at,
                    until,
                    answered ? "ACCEPTED" : null,
                    answered ? chain.at("accepted") : null);
            if (!List.of("CLOSED", "CANCELLED").contains(chain.state())) {
                past.shown(unit.id(), service, job.id(), owner, at);
            }
        }

        private void measure() {
            Instant at = chain.at("repaired");
            int position = 0;
            for (SafetyMeasurement m : SafetyMeasurement.values()) {
                BigDecimal low = m.low(ProtectionClass.I, AppliedPart.BF);
                BigDecimal high = m.high(ProtectionClass.I, AppliedPart.BF);
                double share = 0.2 + DemoIds.number(m.name() + job.id(), 50) / 100.0;
                double value = high != null ? high.doubleValue() * share : 20 + share * 100;
                test(at, position++, m.name(), "", number(value), m.unit(), low, high);
            }
            test(at, position, "FUNCTIONAL", "功能复核", null, "", null, null);
        }

        private void test(
                Instant at,
                int position,
                String code,
                String label,
                @Nullable BigDecimal value,
                String measure,
                @Nullable BigDecimal low,
                @Nullable BigDecimal high) {
            UUID id = DemoIds.at(at, "test", position + job.id().toString());
            tests.add(id, job.id(), 1, position, code, label, value, measure, low, high, true);
        }

        private static BigDecimal number(double value) {
            return BigDecimal.valueOf(Math.round(value * 100), 2);
        }

        /** What stops the unit, on its page and, for a quarantine, on the ledger. */
        private void stop() {
            String kind = job.stops() ? "QUARANTINE" : "MAINTENANCE";
            Instant from = job.stops() ? chain.begin() : chain.find("started");
            if (from == null || chain.state().equals("CANCELLED")) {
                return;
            }
            Instant released = chain.find("released");
            past.stopped(unit.id(), kind, number, job.id(), owner, from, released);
            if (released == null) {
                stopped.merge(
                        unit.id(),
                        job.stops() ? "QUARANTINED" : "MAINTENANCE",
                        (one, other) -> one.equals("QUARANTINED") ? one : other);
            }
            if (holdAct() != null) {
                past.holdPlaced(unit.id(), owner, job.safety() ? "SAFETY" : "ALERT", holdAct(), chain.at("triaged"));
            }
            if (holdAct() != null && released != null) {
                past.holdReleased(unit.id(), owner, holdAct(), releaseAct(), released);
            }
        }

        private @Nullable UUID holdAct() {
            return job.stops() && chain.find("triaged") != null
                    ? DemoIds.of("hold-placed", job.id().toString())
                    : null;
        }

        private UUID releaseAct() {
            return DemoIds.of("hold-released", job.id().toString());
        }

        private boolean unrated() {
            return DemoIds.number("rates" + job.id(), 10) < 3;
        }

        private void row() {
            boolean worked = chain.find("accepted") != null;
            boolean repaired = chain.reached("REPAIRED");
            boolean person = job.source().equals("PERSON");
            PriorityLevel level = PriorityLevel.of(risk * downtime);
            Instant triaged = chain.find("triaged");
            long paused = chain.pausedSeconds();
            int minutes = repaired ? 30 + DemoIds.number("labour" + job.id(), 270) : 0;
            boolean rated = chain.state().equals("CLOSED") && !unrated();
            boolean open = chain.state().equals("DISPATCHED");
            Instant dispatched = chain.find("dispatched");
            orders.add(
                    job.id(),
                    number,
                    job.kind(),
                    job.source(),
                    job.cause(),
                    unit.id(),
                    unit.model().nameZh(),
                    unit.tag(),
                    unit.serial(),
                    unit.owner().addressZh() + " " + unit.model().department(),
                    unit.owner().region(),
                    owner,
                    owner,
                    person ? owner : null,
                    person ? DemoIds.of("person", keeper) : null,
                    chain.reached("DISPATCHED") && dispatched != null ? service : null,
                    job.plan(),
                    job.episode(),
                    job.fault().symptom(),
                    job.fault().description(),
                    job.safety(),
                    job.severity(),
                    risk,
                    downtime,
                    reasons(),
                    chain.state(),
                    chain.since(),
                    chain.begin(),
                    job.planned() ? chain.find("started") : chain.begin(),
                    dispatched,
                    open && dispatched != null
                            ? job.planned() ? chain.slotFrom() : dispatched.plus(30, ChronoUnit.MINUTES)
                            : null,
                    chain.find("accepted"),
                    chain.find("started"),
                    chain.find("repaired"),
                    chain.find("verified"),
                    chain.find("released"),
                    chain.find("closed") == null ? chain.find("cancelled") : chain.find("closed"),
                    job.planned()
                            ? chain.slotFrom()
                            : triaged == null ? null : chain.begin().plus(level.arrival()),
                    job.planned()
                            ? chain.slotTo()
                            : triaged == null
                                    ? null
                                    : chain.begin().plus(level.fix()).plusSeconds(paused),
                    chain.state().equals("WAITING_PARTS") ? chain.since() : null,
                    paused,
                    chain.find("waiting-parts") == null
                            ? ""
                            : "PO-" + number.substring(3, 7) + "-" + DemoIds.number("po" + job.id(), 10_000),
                    job.planned() ? chain.slotFrom() : null,
                    job.planned() ? chain.slotTo() : null,
                    worked ? DemoIds.of("person", engineer) : null,
                    worked ? DemoIds.of("person", engineer) : "",
                    repaired ? job.fault().diagnosis() : "",
                    repaired ? job.fault().work() : "",
                    minutes,
                    minutes * 500L,
                    part == null ? 0 : part.priceMinor(),
                    repaired ? 1 : 0,
                    chain.reached("VERIFIED") ? DemoIds.of("person", keeper) : null,
                    job.stops() && !chain.state().equals("CANCELLED"),
                    holdAct(),
                    holdAct() != null && chain.find("released") != null ? releaseAct() : null,
                    rated ? 4 + DemoIds.number("stars" + job.id(), 2) : null,
                    rated ? PRAISE[DemoIds.number("praise" + job.id(), PRAISE.length)] : "");
        }

        private String reasons() {
            List<String> all = new ArrayList<>();
            if (downtime == 4) {
                all.add("BOOKED_WITHIN_A_DAY");
            } else if (downtime == 3) {
                all.add("BOOKED_WITHIN_A_WEEK");
            }
            if (job.severity().equals("CRITICAL")) {
                all.add("CRITICAL_ALERT");
            }
            if (job.safety()) {
                all.add("DANGER_REPORTED");
            }
            if (unit.model().deviceClass().equals("III")) {
                all.add("HIGH_RISK_CLASS");
            }
            if (downtime == 5) {
                all.add("IN_USE_NOW");
            }
            if (unit.model().criticality().equals("LIFE_SUPPORT")) {
                all.add("LIFE_SUPPORT");
            }
            if (downtime == 2) {
                all.add("NOT_BOOKED");
            }
            return String.join(" ", all);
        }
    }
}
