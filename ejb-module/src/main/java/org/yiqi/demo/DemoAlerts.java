package org.yiqi.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.demo.DemoEquipment.DemoUnit;

/** Alert episodes of the monitored devices, as the platform's rules would have opened them, and the repairs they led to. */
final class DemoAlerts {

    private final Instant now;
    private final List<Episode> episodes = new ArrayList<>();
    private final List<DemoOrders.Job> jobs = new ArrayList<>();

    DemoAlerts(Instant now) {
        this.now = now;
    }

    /** A rule of the platform (see the telemetry area's migration). */
    enum Rule {
        COOLING(1, "coolingTemperature", "CRITICAL", 18.0, 21.5, "磁共振冷却水过热 / MRI cooling water too warm"),
        HELIUM(2, "heliumLevel", "MAJOR", 60.0, 57.4, ""),
        TUBE(3, "tubeTemperature", "CRITICAL", 85.0, 91.3, "CT 球管过热 / CT tube too hot"),
        DETECTOR(4, "detectorState", "MAJOR", 0.5, 0.0, ""),
        AIRWAY(5, "airwayPressure", "CRITICAL", 40.0, 44.8, "呼吸机气道压力过高 / Ventilator airway pressure high"),
        PROBE(9, "probeTemperature", "MAJOR", 43.0, 44.1, "");

        private final int number;
        final String metric;
        final String severity;
        final double threshold;
        final double peak;
        private final String name;

        Rule(int number, String metric, String severity, double threshold, double peak, String name) {
            this.number = number;
            this.metric = metric;
            this.severity = severity;
            this.threshold = threshold;
            this.peak = peak;
            this.name = name;
        }

        UUID id() {
            return UUID.fromString(String.format("019e0000-0000-7000-8000-%012d", number));
        }
    }

    /**
     * An episode.
     *
     * @param until when the values were good again, null while they are not
     * @param order the repair of a critical one
     */
    record Episode(
            UUID id,
            DemoUnit unit,
            Rule rule,
            String state,
            Instant since,
            @Nullable Instant acknowledged,
            @Nullable Instant until,
            @Nullable Instant closed,
            String reason,
            DemoOrders.@Nullable Job order) {}

    List<Episode> episodes() {
        return List.copyOf(episodes);
    }

    List<DemoOrders.Job> jobs() {
        return List.copyOf(jobs);
    }

    /** @param lent units with bookings of others, which no open alert of the story stops */
    void tell(List<DemoUnit> monitored, Set<UUID> lent) {
        int number = 0;
        for (DemoUnit unit : monitored) {
            number++;
            Random random = DemoIds.random("alert" + unit.tag());
            if (number % 3 == 0 && !lent.contains(unit.id())) {
                closed(unit, rule(unit, random.nextInt(2)), random);
            } else if (number % 4 == 0) {
                closed(unit, rule(unit, 1), random);
            }
        }
        List<DemoUnit> free =
                monitored.stream().filter(u -> !lent.contains(u.id())).toList();
        open(first(free, "MRI", 1), Rule.COOLING, "IN_PROGRESS", 150);
        open(first(free, "CT", 1), Rule.TUBE, "REQUESTED", 25);
        standing(first(free, "MRI", 2), Rule.HELIUM, "ACTIVE", Duration.ofHours(31), null);
        standing(first(free, "CT", 2), Rule.DETECTOR, "ACKNOWLEDGED", Duration.ofHours(4), null);
        standing(first(free, "ULTRASOUND", 0), Rule.PROBE, "RECOVERED", Duration.ofHours(6), Duration.ofHours(3));
    }

    private static DemoUnit first(List<DemoUnit> units, String category, int skip) {
        return units.stream()
                .filter(u -> u.model().category().equals(category))
                .skip(skip)
                .findFirst()
                .orElseThrow();
    }

    private static Rule rule(DemoUnit unit, int luck) {
        return switch (unit.model().category()) {
            case "MRI" -> luck == 0 ? Rule.COOLING : Rule.HELIUM;
            case "CT" -> luck == 0 ? Rule.TUBE : Rule.DETECTOR;
            case "VENTILATOR" -> Rule.AIRWAY;
            default -> Rule.PROBE;
        };
    }

    private void closed(DemoUnit unit, Rule rule, Random random) {
        Instant since = now.minus(9 * 1_440 + random.nextInt(50 * 1_440), ChronoUnit.MINUTES);
        Instant acknowledged = since.plusSeconds(90 + random.nextInt(400));
        if (rule.severity.equals("CRITICAL")) {
            DemoChain chain = DemoChain.repair(since.plusSeconds(10), random, now);
            Instant repaired = chain.at("repaired");
            Instant released = chain.at("released");
            DemoOrders.Job job = job(unit, rule, chain);
            add(unit, rule, "CLOSED", since, acknowledged, repaired, released, "已修复，复测合格后放行", job);
        } else {
            Instant until = since.plus(40 + random.nextInt(300), ChronoUnit.MINUTES);
            boolean alarm = random.nextInt(4) > 0;
            add(
                    unit,
                    rule,
                    alarm ? "CLOSED" : "FALSE_ALARM",
                    since,
                    acknowledged,
                    until,
                    until.plus(20, ChronoUnit.MINUTES),
                    alarm ? "已处理，数值恢复正常" : "传感器插头松动，非设备故障",
                    null);
        }
    }

    private void open(DemoUnit unit, Rule rule, String state, int minutes) {
        Random random = DemoIds.random("open" + unit.tag());
        DemoChain chain = DemoChain.standing(state, Duration.ofMinutes(minutes), random, now);
        Instant since = chain.begin().minusSeconds(10);
        Instant acknowledged = chain.find("triaged") == null ? null : since.plusSeconds(130);
        add(unit, rule, "REPAIRING", since, acknowledged, null, null, "", job(unit, rule, chain));
    }

    private void standing(DemoUnit unit, Rule rule, String state, Duration ago, @Nullable Duration until) {
        Instant since = now.minus(ago);
        add(
                unit,
                rule,
                state,
                since,
                state.equals("ACTIVE") ? null : since.plusSeconds(200),
                until == null ? null : now.minus(until),
                null,
                "",
                null);
    }

    private static DemoOrders.Job job(DemoUnit unit, Rule rule, DemoChain chain) {
        DemoFaults.Fault fault = DemoFaults.of(unit.model().category(), rule == Rule.TUBE ? 1 : 0);
        UUID episode = DemoIds.at(chain.begin().minusSeconds(10), "episode", unit.tag() + rule);
        return new DemoOrders.Job(
                DemoIds.at(chain.begin(), "order", unit.tag() + rule),
                unit,
                "CORRECTIVE",
                "ALERT",
                "rule:" + rule.id(),
                null,
                episode,
                new DemoFaults.Fault("ALARM", rule.name, fault.diagnosis(), fault.work(), fault.part()),
                true,
                "CRITICAL",
                chain);
    }

    private void add(
            DemoUnit unit,
            Rule rule,
            String state,
            Instant since,
            @Nullable Instant acknowledged,
            @Nullable Instant until,
            @Nullable Instant closed,
            String reason,
            DemoOrders.@Nullable Job order) {
        UUID id = DemoIds.at(since, "episode", unit.tag() + rule);
        episodes.add(new Episode(id, unit, rule, state, since, acknowledged, until, closed, reason, order));
        if (order != null) {
            jobs.add(order);
        }
    }
}
