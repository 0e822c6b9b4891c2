package org.yiqi.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.yiqi.demo.DemoAlerts.Episode;
import org.yiqi.demo.DemoEquipment.DemoUnit;

/**
 * What the monitored devices reported: a month hour by hour and the last day every ten minutes, rolled up as the intake
 * does, with the alerts that followed. The devices are silent since the region came over, until they get a credential here.
 */
final class DemoTelemetry {

    private static final int DAYS = 30;
    private static final Map<String, Integer> MONITORED = Map.of("MRI", 14, "CT", 14, "VENTILATOR", 5, "ULTRASOUND", 5);

    private final Connection c;
    private final Instant end;
    private final Map<String, Short> metrics = new HashMap<>();
    private final DemoTable readings = new DemoTable("telemetry.reading", "device_id,metric_id,at,value");
    private final DemoTable episodes = new DemoTable(
            "telemetry.alert_episode",
            "id,device_id,rule_id,rule_revision,severity,state,since,activated_at,announced_at,acknowledged_at,"
                    + "acknowledged_by,recovered_at,closed_at,closed_by,reason,first_value,peak_value,last_value,"
                    + "work_order_id,updated_at");

    DemoTelemetry(Connection c, Instant now) {
        this.c = c;
        this.end = now.minus(40, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
    }

    private record Channel(String metric, double normal, double wave, double noise, int decimals) {}

    /** The large devices of the large hospitals, and some of the small. */
    static List<DemoUnit> monitored(List<DemoUnit> units, Set<UUID> lent) {
        Map<String, Integer> counts = new HashMap<>();
        List<DemoUnit> monitored = new ArrayList<>();
        for (DemoUnit unit : units) {
            String category = unit.model().category();
            boolean scanner = Set.of("MRI", "CT").contains(category);
            if (unit.status().equals("AVAILABLE")
                    && (scanner || !lent.contains(unit.id()))
                    && counts.getOrDefault(category, 0) < MONITORED.getOrDefault(category, 0)) {
                counts.merge(category, 1, Integer::sum);
                monitored.add(unit);
            }
        }
        return monitored;
    }

    void fill(List<DemoUnit> monitored, List<Episode> alerts) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select name, id from telemetry.metric")) {
            while (rs.next()) {
                metrics.put(rs.getString(1), rs.getShort(2));
            }
        }
        ensureDays();
        for (DemoUnit unit : monitored) {
            for (Channel channel : channels(unit.model().category())) {
                List<Episode> own = alerts.stream()
                        .filter(e -> e.unit().equals(unit) && e.rule().metric.equals(channel.metric))
                        .toList();
                history(unit, channel, own);
            }
        }
        readings.write(c);
        alerts.forEach(this::episode);
        episodes.write(c);
        rollUp();
    }

    private void ensureDays() throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select telemetry.ensure_day(?)")) {
            LocalDate last = LocalDate.ofInstant(end, ZoneOffset.UTC);
            for (LocalDate day = last.minusDays(DAYS); !day.isAfter(last); day = day.plusDays(1)) {
                s.setObject(1, day);
                s.addBatch();
            }
            s.executeBatch();
        }
    }

    private static List<Channel> channels(String category) {
        return switch (category) {
            case "MRI" ->
                List.of(
                        new Channel("coolingTemperature", 6.5, 0.7, 0.15, 1),
                        new Channel("heliumLevel", 82, 0.4, 0.05, 1),
                        new Channel("powerConsumption", 12_000, 2_600, 300, 0));
            case "CT" ->
                List.of(
                        new Channel("tubeTemperature", 46, 9, 1.5, 1),
                        new Channel("gantrySpeed", 110, 12, 3, 0),
                        new Channel("detectorState", 1, 0, 0, 0));
            case "VENTILATOR" ->
                List.of(
                        new Channel("airwayPressure", 18, 4, 1, 1),
                        new Channel("oxygenConcentration", 40, 1.5, 0.4, 1));
            default ->
                List.of(
                        new Channel("probeTemperature", 34, 2.5, 0.4, 1),
                        new Channel("powerConsumption", 420, 35, 9, 0));
        };
    }

    private void history(DemoUnit unit, Channel channel, List<Episode> alerts) {
        Random random = DemoIds.random(channel.metric + unit.tag());
        double own = channel.normal * (0.97 + random.nextDouble() * 0.06);
        short metric = metrics.getOrDefault(channel.metric, (short) 0);
        Instant lastDay = end.minus(1, ChronoUnit.DAYS);
        Instant at = end.minus(DAYS, ChronoUnit.DAYS).plus(1, ChronoUnit.HOURS);
        while (!at.isAfter(end)) {
            double hour = at.atZone(DemoEquipment.CHINA).getHour()
                    + at.atZone(DemoEquipment.CHINA).getMinute() / 60.0;
            // Busy from eight to six, warmest in the afternoon.
            double day = Math.max(0, Math.sin((hour - 7) / 11 * Math.PI)) * (hour < 18.5 ? 1 : 0);
            double value = own + channel.wave * (day - 0.3) + random.nextGaussian() * channel.noise;
            if (channel.metric.equals("heliumLevel")) {
                // It boils off slowly.
                value -= Duration.between(at, end).toDays() * -0.03;
            }
            for (Episode alert : alerts) {
                value = disturbed(value, alert, at, random);
            }
            double factor = Math.pow(10, channel.decimals);
            readings.add(
                    unit.id(),
                    metric,
                    at,
                    channel.metric.equals("detectorState") ? Math.rint(value) : Math.round(value * factor) / factor);
            at = at.plus(at.isBefore(lastDay) ? 60 : 10, ChronoUnit.MINUTES);
        }
    }

    /** A fault drives the value to its peak within a quarter of an hour and leaves as quickly. */
    private static double disturbed(double value, Episode alert, Instant at, Random random) {
        Instant begin = alert.since().minusSeconds(900);
        Instant over = alert.until();
        if (at.isBefore(begin) || (over != null && at.isAfter(over))) {
            return value;
        }
        double share = Math.min(1, Duration.between(begin, at).toSeconds() / 900.0);
        double peak = alert.rule().peak - Math.abs(random.nextGaussian()) * Math.abs(alert.rule().peak) * 0.008;
        return value + (peak - value) * share;
    }

    private void episode(Episode e) {
        DemoAlerts.Rule rule = e.rule();
        boolean open = !Set.of("CLOSED", "FALSE_ALARM").contains(e.state());
        Instant activated = e.since().plusSeconds(10);
        UUID keeper = DemoIds.of("person", e.unit().owner().key() + ".equipment");
        // A repair closes its episode by itself.
        boolean byPerson = !open && e.order() == null;
        episodes.add(
                e.id(),
                e.unit().id(),
                rule.id(),
                1,
                rule.severity,
                e.state(),
                e.since(),
                activated,
                activated,
                e.acknowledged(),
                e.acknowledged() == null ? null : keeper,
                e.until(),
                e.closed(),
                byPerson ? keeper : null,
                e.reason(),
                rule.threshold,
                rule.peak,
                e.until() == null ? rule.peak : rule.threshold * (rule.peak > rule.threshold ? 0.6 : 1.3),
                e.order() == null ? null : e.order().id(),
                e.closed() == null ? DemoOffers.later(activated, e.since()) : e.closed());
    }

    private void rollUp() throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String[] span : new String[][] {{"minute", "minute"}, {"hour", "hour"}}) {
                s.executeUpdate(
                        "insert into telemetry.rollup_" + span[0] + "(device_id, metric_id, at, n, low, high, total)"
                                + " select device_id, metric_id, date_trunc('" + span[1]
                                + "', at, 'UTC'), count(*), min(value),"
                                + " max(value), sum(value) from telemetry.reading group by 1, 2, 3 on conflict do nothing");
            }
            s.executeUpdate("insert into telemetry.latest(device_id, metric_id, at, value)"
                    + " select distinct on (device_id, metric_id) device_id, metric_id, at, value from telemetry.reading"
                    + " order by device_id, metric_id, at desc on conflict do nothing");
            s.executeUpdate(
                    "insert into telemetry.device_state(device_id, status, last_at, received_at, interval_seconds, deadline)"
                            + " select device_id, 'OFFLINE', max(at), max(at), 600, max(at) + interval '30 minutes'"
                            + " from telemetry.latest group by device_id on conflict do nothing");
        }
    }
}
