package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.demo.DemoEquipment.DemoUnit;

/** A year in the workshop: what broke, what was serviced by plan, what is due, and what is being worked on today. */
final class DemoMaintenance {

    /** Where today's repairs stand, and for how many minutes already. */
    private static final List<Map.Entry<String, Integer>> TODAY = List.of(
            Map.entry("REQUESTED", 8),
            Map.entry("REQUESTED", 35),
            Map.entry("REQUESTED", 140),
            Map.entry("REQUESTED", 21),
            Map.entry("TRIAGED", 12),
            Map.entry("TRIAGED", 50),
            Map.entry("DISPATCHED", 4),
            Map.entry("DISPATCHED", 9),
            Map.entry("ACCEPTED", 25),
            Map.entry("ACCEPTED", 70),
            Map.entry("ACCEPTED", 15),
            Map.entry("EN_ROUTE", 20),
            Map.entry("EN_ROUTE", 45),
            Map.entry("IN_PROGRESS", 30),
            Map.entry("IN_PROGRESS", 95),
            Map.entry("IN_PROGRESS", 150),
            Map.entry("IN_PROGRESS", 260),
            Map.entry("IN_PROGRESS", 1_500),
            Map.entry("WAITING_PARTS", 2_900),
            Map.entry("WAITING_PARTS", 5_300),
            Map.entry("WAITING_PARTS", 900),
            Map.entry("WAITING_SITE", 700),
            Map.entry("REPAIRED", 40),
            Map.entry("REPAIRED", 190),
            Map.entry("REPAIRED", 1_700),
            Map.entry("REPAIRED", 90),
            Map.entry("VERIFIED", 60));

    private static final Set<String> SERVICED =
            Set.of("MRI", "CT", "XRAY", "VENTILATOR", "ANAESTHESIA", "DEFIBRILLATOR", "DIALYSIS", "INCUBATOR");

    private final Connection c;
    private final Instant now;
    private final DemoCalendar calendar;
    private final List<DemoOrders.Job> jobs = new ArrayList<>();
    private final Set<UUID> busy = new HashSet<>();
    private final DemoTable plans = new DemoTable(
            "maintenance.plan",
            "id,unit_id,model_name,asset_tag,owner_org,custodian_org,service_org,title,tasks,interval_months,tolerance_days,"
                    + "duration_minutes,lead_days,last_done,next_due,active,open_order");

    DemoMaintenance(Connection c, Instant now, DemoCalendar calendar) {
        this.c = c;
        this.now = now;
        this.calendar = calendar;
    }

    /** @param lent units that move between hospitals: they are serviced at home and do not break in the story */
    void fill(List<DemoUnit> units, Set<UUID> lent, List<DemoOrders.Job> ofAlerts, DemoPast past) throws SQLException {
        ofAlerts.forEach(job -> busy.add(job.unit().id()));
        jobs.addAll(ofAlerts);
        for (DemoUnit unit : units) {
            if (!unit.status().equals("COMMISSIONED") && !lent.contains(unit.id())) {
                broken(unit);
            }
        }
        today(units, lent);
        for (DemoUnit unit : units) {
            if (SERVICED.contains(unit.model().category()) && !unit.status().equals("COMMISSIONED")) {
                plan(unit, lent.contains(unit.id()));
            }
        }
        plans.write(c);
        DemoParts parts = new DemoParts();
        parts.fill(c);
        new DemoOrders(c, past, parts).fill(jobs);
    }

    private void broken(DemoUnit unit) {
        Random random = DemoIds.random("faults" + unit.tag());
        int chance = Set.of("MRI", "CT").contains(unit.model().category()) ? 85 : 22;
        for (int i = 0; i < 3 && random.nextInt(100) < chance; i++) {
            Instant begin = now.minus(8 * 1_440 + random.nextInt(357 * 1_440), ChronoUnit.MINUTES);
            if (begin.isBefore(usable(unit))) {
                continue;
            }
            int luck = random.nextInt(100);
            boolean danger = luck < 6;
            DemoChain chain = luck > 96 ? DemoChain.cancelled(begin, now) : DemoChain.repair(begin, random, now);
            add(unit, begin, danger, luck % 5 == 1 ? "PUBLIC" : "PERSON", chain, random.nextInt(10));
        }
    }

    private static Instant usable(DemoUnit unit) {
        return unit.acquired().plusDays(20).atStartOfDay(DemoEquipment.CHINA).toInstant();
    }

    /** One unit after the other from all over the region, so that every department has something on its desk. */
    private void today(List<DemoUnit> units, Set<UUID> lent) {
        int next = 17;
        for (int i = 0; i < TODAY.size(); i++) {
            DemoUnit unit = units.get(next % units.size());
            while (!unit.status().equals("AVAILABLE") || lent.contains(unit.id()) || !busy.add(unit.id())) {
                next++;
                unit = units.get(next % units.size());
            }
            next += 71;
            Duration ago = Duration.ofMinutes(TODAY.get(i).getValue());
            Random random = DemoIds.random("today" + unit.tag());
            DemoChain chain = DemoChain.standing(TODAY.get(i).getKey(), ago, random, now);
            add(unit, chain.begin(), i % 9 == 4, i % 4 == 1 ? "PUBLIC" : "PERSON", chain, i);
        }
    }

    private void add(DemoUnit unit, Instant begin, boolean danger, String source, DemoChain chain, int luck) {
        DemoFaults.Fault fault = DemoFaults.of(unit.model().category(), luck);
        jobs.add(new DemoOrders.Job(
                DemoIds.at(begin, "order", unit.tag() + begin),
                unit,
                "CORRECTIVE",
                source,
                "symptom:" + fault.symptom(),
                null,
                null,
                fault,
                danger,
                "",
                chain));
    }

    /** A plan with the service that it has brought this year, and the order that is open when it is due. */
    private void plan(DemoUnit unit, boolean lent) {
        String tag = unit.tag();
        boolean scanner = Set.of("MRI", "CT").contains(unit.model().category());
        int months = scanner ? 3 : unit.model().criticality().equals("LIFE_SUPPORT") ? 6 : 12;
        int lead = 14;
        int tolerance = scanner ? 7 : 14;
        LocalDate today = LocalDate.ofInstant(now, DemoEquipment.CHINA);
        boolean late = !lent && DemoIds.number("late" + tag, 90) == 0;
        LocalDate due = late
                ? today.minusDays(tolerance + 2L + DemoIds.number("overdue" + tag, 20))
                : today.plusDays(1L + DemoIds.number("due" + tag, months * 30));
        UUID plan = DemoIds.of("plan", tag);
        int minutes = scanner ? 240 : 90;
        LocalDate last = null;
        for (int back = 1; back * months <= 12; back++) {
            LocalDate day = due.minusMonths((long) back * months).minusDays(DemoIds.number("early" + tag + back, 6));
            if (day.isBefore(LocalDate.ofInstant(usable(unit), DemoEquipment.CHINA))
                    || !day.isBefore(today.minusDays(1))) {
                continue;
            }
            if (serve(unit, plan, day, day.minusDays(lead), minutes, months, true) != null) {
                last = last == null ? day : last;
            }
        }
        UUID open = null;
        if (!due.isAfter(today.plusDays(lead))) {
            LocalDate day = due.isAfter(today) ? due : today.plusDays(2);
            LocalDate ordered = late ? due.minusDays(3) : due.minusDays(lead);
            boolean accepts = DemoIds.number("accepts" + tag, 5) > 0;
            for (int later = 0; open == null && later < 10; later++) {
                open = serve(unit, plan, day.plusDays(later), ordered, minutes, months, accepts);
            }
        }
        plans.add(
                plan,
                unit.id(),
                unit.model().nameZh(),
                tag,
                DemoEquipment.orgId(unit.owner()),
                DemoEquipment.orgId(unit.owner()),
                DemoIds.of("org", unit.service()),
                title(months),
                "外观与附件检查\n功能与报警测试\n电气安全测试（IEC 62353）\n清洁与润滑",
                months,
                tolerance,
                minutes,
                lead,
                last,
                due,
                true,
                open);
    }

    private static String title(int months) {
        return switch (months) {
            case 3 -> "季度保养";
            case 6 -> "半年保养";
            default -> "年度保养";
        };
    }

    /** @return the order, or null when the unit has no time that day, or when its hour has not come */
    private @Nullable UUID serve(
            DemoUnit unit, UUID plan, LocalDate day, LocalDate ordered, int minutes, int months, boolean accepted) {
        Instant from =
                day.atTime(LocalTime.of(6, 0)).atZone(DemoEquipment.CHINA).toInstant();
        Instant to = from.plus(minutes, ChronoUnit.MINUTES);
        Instant begin = ordered.atTime(2, 10).atZone(DemoEquipment.CHINA).toInstant();
        if (begin.isAfter(now)) {
            // Planned orders are made at night; the platform itself will make this one.
            return null;
        }
        Random random = DemoIds.random("service" + unit.tag() + day);
        DemoChain chain = DemoChain.service(begin, from, to, accepted, random, now);
        UUID id = DemoIds.at(begin, "order", unit.tag() + day);
        boolean past = to.isBefore(now);
        DemoCalendar.Use use = new DemoCalendar.Use(
                unit.id(), from, to, "MAINTENANCE", id, DemoEquipment.orgId(unit.owner()), title(months), begin);
        if (!calendar.take(use, past ? "CONSUMED" : "BOOKED", null)) {
            return null;
        }
        jobs.add(new DemoOrders.Job(
                id,
                unit,
                "PREVENTIVE",
                "PLAN",
                "plan:" + plan,
                plan,
                null,
                new DemoFaults.Fault("OTHER", title(months), "按计划保养，各项正常", "清洁、润滑、校准、电气安全测试", ""),
                false,
                "",
                chain));
        return id;
    }
}
