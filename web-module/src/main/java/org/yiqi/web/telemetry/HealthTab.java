package org.yiqi.web.telemetry;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.telemetry.AlertView;
import org.yiqi.telemetry.Alerts;
import org.yiqi.telemetry.CredentialView;
import org.yiqi.telemetry.DeviceCredentials;
import org.yiqi.telemetry.Health;
import org.yiqi.telemetry.HealthView;
import org.yiqi.telemetry.IssuedCredential;
import org.yiqi.telemetry.ReadingSeries;

/** The health tab of a unit's page; metric and range are in the address. */
@Named
@RequestScoped
public class HealthTab {

    private static final Map<String, Duration> RANGES =
            Map.of("1h", Duration.ofHours(1), "24h", Duration.ofHours(24), "30d", Duration.ofDays(30));
    private static final int POINTS = 240;
    private static final List<String> RANGE_NAMES = List.of("1h", "24h", "30d");

    @Inject
    Health health;

    @Inject
    Alerts alerts;

    @Inject
    DeviceCredentials credentials;

    @Inject
    Clock clock;

    private @Nullable HealthView view;
    private @Nullable ReadingSeries series;
    private @Nullable IssuedCredential issued;

    public HealthView of(UUID unitId) {
        HealthView known = view;
        if (known == null) {
            known = health.of(unitId);
            view = known;
        }
        return known;
    }

    public List<String> getRanges() {
        return RANGE_NAMES;
    }

    /** The range of the address; without one the shortest that holds something of a device that may have fallen silent. */
    public String range(UUID unitId) {
        String range = parameter("range");
        if (range != null && RANGES.containsKey(range)) {
            return range;
        }
        HealthView now = of(unitId);
        Instant last = now.lastAt();
        if (last == null || now.status().equals("ONLINE")) {
            return "1h";
        }
        return last.isAfter(clock.instant().minus(Duration.ofHours(12))) ? "24h" : "30d";
    }

    /** The metric of the address, the alarming one, or the first. */
    public HealthView.@Nullable Metric metric(UUID unitId) {
        List<HealthView.Metric> metrics = of(unitId).metrics();
        String wanted = parameter("metric");
        return metrics.stream()
                .filter(m -> m.metric().equals(wanted))
                .findFirst()
                .or(() -> metrics.stream().filter(HealthView.Metric::alarming).findFirst())
                .or(() -> metrics.stream().findFirst())
                .orElse(null);
    }

    public @Nullable ReadingSeries series(UUID unitId) {
        HealthView.Metric metric = metric(unitId);
        if (series == null && metric != null) {
            Instant now = clock.instant();
            Duration range = RANGES.getOrDefault(range(unitId), Duration.ofHours(1));
            series = health.readings(unitId, metric.metric(), now.minus(range), now, POINTS);
        }
        return series;
    }

    /** The points for the drawing: {@code [[millis, min, max, avg], ...]}. */
    public String points(UUID unitId) {
        ReadingSeries of = series(unitId);
        return of == null
                ? "[]"
                : of.points().stream()
                        .map(p -> String.format(
                                Locale.ROOT, "[%d,%s,%s,%s]", p.at().toEpochMilli(), p.min(), p.max(), p.avg()))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** The limits for the drawing: {@code [["ABOVE", threshold, clear], ...]}. */
    public String bands(UUID unitId) {
        return limits(metric(unitId));
    }

    /** The limits of any metric, by which the page sees whether a live value passes one. */
    public String limits(HealthView.@Nullable Metric metric) {
        return metric == null
                ? "[]"
                : metric.bands().stream()
                        .map(b -> String.format(
                                Locale.ROOT, "[\"%s\",%s,%s]", b.kind(), b.threshold(), b.clearThreshold()))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    /** The newest first, as many as a person reads. */
    public List<ReadingSeries.Point> table(UUID unitId) {
        ReadingSeries of = series(unitId);
        if (of == null) {
            return List.of();
        }
        List<ReadingSeries.Point> points = of.points();
        List<ReadingSeries.Point> last =
                new ArrayList<>(points.subList(Math.max(0, points.size() - 60), points.size()));
        Collections.reverse(last);
        return last;
    }

    public List<AlertView> alerts(UUID unitId) {
        return alerts.list(ListQuery.all().where("unit", unitId.toString()).where("open", "true"))
                .items();
    }

    public @Nullable CredentialView credential(UUID unitId) {
        try {
            return credentials.get(unitId);
        } catch (NotFound none) {
            return null;
        }
    }

    public void issue(UUID unitId) {
        issued = credentials.issue(unitId);
    }

    public void rotate(UUID unitId) {
        issued = credentials.rotate(unitId);
    }

    public void revoke(UUID unitId) {
        credentials.revoke(unitId);
    }

    public void acknowledge(UUID alertId) {
        alerts.acknowledge(alertId);
    }

    /** The secret that was just made; the next request does not know it any more. */
    public @Nullable IssuedCredential getIssued() {
        return issued;
    }

    private static @Nullable String parameter(String name) {
        return FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get(name);
    }
}
