package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.telemetry.DryRun;
import org.yiqi.telemetry.MetricView;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.RuleView;
import org.yiqi.telemetry.Rules;
import org.yiqi.telemetry.SaveRule;
import org.yiqi.telemetry.Severity;
import org.yiqi.web.shell.Language;

/** A rule's form: a new one, or one that is changed, and its dry run over the last days of a unit. */
@Named
@ViewScoped
public class RulePage implements Serializable {

    private static final Duration DRY_RUN = Duration.ofDays(7);
    private static final int SUGGESTIONS = 12;
    private static final String BETWEEN = " · ";

    @Inject
    Rules rules;

    @Inject
    Units units;

    @Inject
    Language language;

    @Inject
    Clock clock;

    private @Nullable String id;
    private long version;
    private @Nullable UUID ofUnit;
    private @Nullable String nameZh;
    private @Nullable String nameEn;
    private RuleKind kind = RuleKind.ABOVE;
    private @Nullable String metric;
    private @Nullable Double threshold;
    private @Nullable Double clearThreshold;
    private int holdSeconds = 30;
    private int clearSeconds = 60;
    private Severity severity = Severity.MAJOR;
    private boolean enabled = true;
    private @Nullable String dryRunUnit;
    private @Nullable DryRun dryRun;

    public void load() {
        if (id != null) {
            take(rules.get(uuid(id)));
        }
    }

    private static UUID uuid(@Nullable String text) {
        try {
            return UUID.fromString(String.valueOf(text).strip());
        } catch (IllegalArgumentException e) {
            throw new NotFound("telemetry.rule-not-found", "No such rule");
        }
    }

    private void take(RuleView rule) {
        version = rule.version();
        ofUnit = rule.unitId();
        nameZh = rule.nameZh();
        nameEn = rule.nameEn();
        kind = rule.kind();
        metric = rule.metric();
        threshold = rule.threshold();
        clearThreshold = rule.clearThreshold();
        holdSeconds = rule.holdSeconds();
        clearSeconds = rule.clearSeconds();
        severity = rule.severity();
        enabled = rule.enabled();
    }

    /** Saves and goes back to the list. */
    public String save() {
        boolean silence = kind == RuleKind.STALE;
        SaveRule wanted = new SaveRule(
                ofUnit,
                String.valueOf(nameZh),
                String.valueOf(nameEn),
                kind,
                silence ? null : metric,
                silence ? null : threshold,
                silence ? null : clearThreshold,
                holdSeconds,
                clearSeconds,
                severity,
                enabled);
        if (id == null) {
            rules.create(wanted);
        } else {
            rules.change(uuid(id), version, wanted);
        }
        return "/telemetry/rules?faces-redirect=true";
    }

    public void tryOut() {
        Instant now = clock.instant();
        dryRun = rules.dryRun(uuid(id), chosen(), now.minus(DRY_RUN), now);
    }

    /** Devices whose name, number or tag holds what is typed. */
    public List<String> suggest(String typed) {
        return found(typed, Map.of()).map(this::title).toList();
    }

    private UUID chosen() {
        String wanted = String.valueOf(dryRunUnit);
        String tag = wanted.split(BETWEEN, 2)[0].strip();
        return found(null, Map.of("assetTag", List.of(tag)))
                .filter(unit -> title(unit).equals(wanted) || unit.assetTag().equals(wanted.strip()))
                .map(UnitRow::id)
                .findFirst()
                .orElseThrow(() -> new RuleViolation("telemetry.unit-unknown", "Choose a device of the list")
                        .at("/dryRunUnit", "a device that you see"));
    }

    private Stream<UnitRow> found(@Nullable String typed, Map<String, List<String>> filters) {
        return units.list(new ListQuery(SUGGESTIONS, 0, null, List.of(), typed, filters)).items().stream();
    }

    private String title(UnitRow unit) {
        String name = unit.assetTag() + BETWEEN + unit.modelName(language.getTag());
        return unit.serial().isEmpty() ? name : name + BETWEEN + unit.serial();
    }

    public List<MetricView> getMetrics() {
        return rules.metrics();
    }

    public @Nullable DryRun getDryRun() {
        return dryRun;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getNameZh() {
        return nameZh;
    }

    public void setNameZh(@Nullable String nameZh) {
        this.nameZh = nameZh;
    }

    public @Nullable String getNameEn() {
        return nameEn;
    }

    public void setNameEn(@Nullable String nameEn) {
        this.nameEn = nameEn;
    }

    public RuleKind getKind() {
        return kind;
    }

    public void setKind(RuleKind kind) {
        this.kind = kind;
    }

    public @Nullable String getMetric() {
        return metric;
    }

    public void setMetric(@Nullable String metric) {
        this.metric = metric;
    }

    public @Nullable Double getThreshold() {
        return threshold;
    }

    public void setThreshold(@Nullable Double threshold) {
        this.threshold = threshold;
    }

    public @Nullable Double getClearThreshold() {
        return clearThreshold;
    }

    public void setClearThreshold(@Nullable Double clearThreshold) {
        this.clearThreshold = clearThreshold;
    }

    public int getHoldSeconds() {
        return holdSeconds;
    }

    public void setHoldSeconds(int holdSeconds) {
        this.holdSeconds = holdSeconds;
    }

    public int getClearSeconds() {
        return clearSeconds;
    }

    public void setClearSeconds(int clearSeconds) {
        this.clearSeconds = clearSeconds;
    }

    public Severity getSeverity() {
        return severity;
    }

    public void setSeverity(Severity severity) {
        this.severity = severity;
    }

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getDryRunUnit() {
        return dryRunUnit;
    }

    public void setDryRunUnit(@Nullable String dryRunUnit) {
        this.dryRunUnit = dryRunUnit;
    }
}
