package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What hospitals of the region need and plan to buy, in every state of its way. */
final class DemoProcurement {

    private static final String CNY = "CNY";
    static final LocalDate RULES = LocalDate.parse("2020-01-01");

    private final Connection c;
    private final Instant now;
    private final DemoTable needs = new DemoTable(
            "procurement.need",
            "id, number, org_id, department, category, title, quantity, reason, wanted_by, state, answer, raised_by, raised_at");
    private final DemoTable plans = new DemoTable(
            "procurement.plan",
            "id, number, org_id, need_id, title, category, quantity, unit_minor, budget_line, budget_minor, currency, specification,"
                    + " life_years, service_minor, running_minor, disposal_minor, licence, justification, state, round, rules_of,"
                    + " made_by, made_at, submitted_at, approved_at");
    private final DemoTable parameters = new DemoTable("procurement.plan_parameter", "plan_id, position, name, value");
    private final DemoTable steps = new DemoTable(
            "procurement.plan_step", "plan_id, round, position, step, state, made_by, person_id, decided_at, note");

    DemoProcurement(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    /** A device that a hospital wants. {@code lines} are name and value by turns. */
    private record Wish(
            String category,
            String title,
            String department,
            String reason,
            int quantity,
            long yuan,
            int years,
            String specification,
            List<String> lines) {}

    private static final Wish MONITORS = new Wish(
            "MONITOR",
            "病人监护仪 · Patient monitors",
            "重症医学科",
            "扩增 6 张床位，现有监护仪不足。Six more beds, not enough monitors.",
            6,
            38_000,
            8,
            "床旁监护，可联网，中文界面。Bedside, networked.",
            List.of("质保期", "3 年 (3 years)", "监测参数", "ECG, SpO2, NIBP, 体温"));
    private static final Wish ULTRASOUND = new Wish(
            "ULTRASOUND",
            "彩色多普勒超声 · Colour Doppler ultrasound",
            "超声科",
            "门诊检查平均等候 9 天。Out-patients wait nine days on average.",
            1,
            860_000,
            8,
            "全身应用，配凸阵、线阵、相控阵探头。Whole body.",
            List.of("质保期", "5 年 (5 years)", "探头配置", "凸阵、线阵、相控阵"));
    private static final Wish CT = new Wish(
            "CT",
            "64 排 CT · CT system, 64 rows",
            "影像科",
            "现有设备使用 11 年，停机日增多。The present one is eleven years old and stands still too often.",
            1,
            5_600_000,
            10,
            "低剂量成像，含高压注射器。Low dose, with injector.",
            List.of("质保期", "5 年 (5 years)", "探测器排数", "≥ 64"));
    private static final Wish VENTILATOR = new Wish(
            "VENTILATOR",
            "有创呼吸机 · Ventilators",
            "呼吸科",
            "冬季高峰借用频繁。Every winter we have to borrow.",
            2,
            210_000,
            8,
            "成人与儿童适用。For adults and children.",
            List.of("质保期", "3 年 (3 years)", "通气模式", "VCV, PCV, SIMV, CPAP"));

    void fill() throws SQLException {
        List<String> numbers = DemoNumbers.draw(c, "procurement.need_number", "N-%06d", 20);
        List<String> planNumbers = DemoNumbers.draw(c, "procurement.plan_number", "P-%06d", 15);
        int need = 0;
        int plan = 0;
        for (String hospital : List.of("shengyi", "zhongxin", "donghu", "qinghe", "linshan")) {
            need(hospital, VENTILATOR, "OPEN", 3, numbers.get(need++));
            need(hospital, CT, "PLANNED", 40, numbers.get(need++));
            plan(hospital, CT, 9, 5, 35, planNumbers.get(plan++));
            need(hospital, MONITORS, "PLANNED", 22, numbers.get(need++));
            plan(hospital, MONITORS, 9, 1, 20, planNumbers.get(plan++));
            need(hospital, ULTRASOUND, "PLANNED", 12, numbers.get(need++));
            plan(hospital, ULTRASOUND, 3, 0, 9, planNumbers.get(plan++));
        }
        needs.write(c);
        plans.write(c);
        parameters.write(c);
        steps.write(c);
    }

    private void need(String hospital, Wish wish, String state, int daysAgo, String number) {
        Instant at = daysAgo(daysAgo);
        needs.add(
                id("need", hospital, wish),
                number,
                DemoIds.of("org", hospital),
                wish.department,
                wish.category,
                wish.title,
                wish.quantity,
                wish.reason,
                LocalDate.ofInstant(at, DemoEquipment.CHINA).plusDays(180),
                state,
                "",
                person(hospital, "doctor"),
                at);
    }

    /** @param signed how many of the ladder's steps are signed; the ladder's length approves it */
    private void plan(String hospital, Wish wish, int margin, int signed, int daysAgo, String number) {
        UUID id = planId(hospital, wish.category);
        Instant made = daysAgo(daysAgo);
        long unit = wish.yuan * 100;
        long total = unit * wish.quantity;
        List<String> ladder = total >= 100_000_000
                ? List.of("DEPARTMENT", "EQUIPMENT", "COMMITTEE", "PARTY_COMMITTEE", "FINANCE")
                : List.of("DEPARTMENT", "EQUIPMENT", "COMMITTEE", "FINANCE");
        boolean approved = signed >= ladder.size();
        Instant submitted = made.plus(6, ChronoUnit.HOURS);
        plans.add(
                id,
                number,
                DemoIds.of("org", hospital),
                id("need", hospital, wish),
                wish.title,
                wish.category,
                wish.quantity,
                unit,
                "2026-" + (310 + margin),
                total + total * margin / 100,
                CNY,
                wish.specification,
                wish.years,
                total * 6 / 100,
                total * 2 / 100,
                total / 100,
                "",
                "",
                approved ? "APPROVED" : "APPROVING",
                1,
                RULES,
                person(hospital, "doctor"),
                made,
                submitted,
                approved ? submitted.plus(signed, ChronoUnit.DAYS) : null);
        for (int i = 0; i < wish.lines.size(); i += 2) {
            parameters.add(id, i / 2, wish.lines.get(i), wish.lines.get(i + 1));
        }
        for (int i = 0; i < ladder.size(); i++) {
            boolean done = i < signed;
            steps.add(
                    id,
                    1,
                    i + 1,
                    ladder.get(i),
                    done ? "SIGNED" : "WAITING",
                    person(hospital, "doctor"),
                    done ? person(hospital, signer(ladder.get(i))) : null,
                    done ? submitted.plus(i + 1L, ChronoUnit.DAYS) : null,
                    "");
        }
    }

    private static String signer(String step) {
        return switch (step) {
            case "DEPARTMENT" -> "chief";
            case "EQUIPMENT" -> "equipment";
            case "COMMITTEE" -> "committee";
            case "PARTY_COMMITTEE" -> "party";
            default -> "finance";
        };
    }

    static UUID planId(String hospital, String category) {
        return DemoIds.of("purchase-plan", hospital + category);
    }

    private static UUID id(String kind, String hospital, Wish wish) {
        return DemoIds.of("purchase-" + kind, hospital + wish.category);
    }

    private static UUID person(String hospital, String post) {
        return DemoIds.of("person", hospital + "." + post);
    }

    private Instant daysAgo(int days) {
        return now.minus(days, ChronoUnit.DAYS);
    }
}
