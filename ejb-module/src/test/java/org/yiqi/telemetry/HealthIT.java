package org.yiqi.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.ledger.Acts;
import org.yiqi.shared.Ids;
import org.yiqi.shared.TestServices;

class HealthIT {

    private final TelemetryFixture fixture = new TelemetryFixture();
    // Nothing here writes an act.
    private final TestServices services = new TestServices(fixture.database()).with(Acts.class, new Acts());

    @Test
    void aValuePastItsLimitIsAlarmingAlsoWhenTheRepairHasClosedItsAlert() throws Exception {
        UUID hospital = fixture.database().organisation("HOSPITAL");
        UUID unit = fixture.deviceOf(hospital);
        UUID workOrder = Ids.next();
        latest(unit, 24);
        byWorker("""
                                insert into telemetry.alert_episode (id, device_id, rule_id, rule_revision, severity, state, since,
                                  first_value, peak_value, last_value, work_order_id, updated_at)
                                select ?, ?, r.id, 1, r.severity, 'REPAIRING', now(), 24, 24, 24, ?, now() from telemetry.rule r
                                join telemetry.metric m on m.id = r.metric_id
                                where m.name = 'coolingTemperature' and r.kind = 'ABOVE' and r.org_id is null limit 1""", Ids.next(), unit, workOrder);
        assertEquals(1, health(hospital, unit).openAlerts());

        services.as(hospital, () -> {
            services.get(Alerts.class).repaired(workOrder, "W-1");
            return true;
        });
        HealthView closed = health(hospital, unit);
        assertEquals(0, closed.openAlerts());
        assertTrue(closed.metrics().get(0).alarming(), "24 °C is above the limit, whoever closed the alert");

        latest(unit, 6);
        assertFalse(health(hospital, unit).metrics().get(0).alarming());
    }

    private HealthView health(UUID hospital, UUID unit) {
        return services.as(hospital, () -> services.get(Health.class).of(unit));
    }

    private void latest(UUID unit, double value) throws Exception {
        byWorker("""
                                insert into telemetry.latest as l (device_id, metric_id, at, value)
                                select ?, id, now(), ? from telemetry.metric where name = 'coolingTemperature'
                                on conflict (device_id, metric_id) do update set value = excluded.value""", unit, value);
    }

    private void byWorker(String sql, Object... values) throws Exception {
        try (Connection c = fixture.database().as("worker").getConnection()) {
            TelemetryFixture.run(c, sql, values);
        }
    }
}
