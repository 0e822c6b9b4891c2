package org.yiqi.web.telemetry;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.RuleView;
import org.yiqi.telemetry.Rules;
import org.yiqi.web.shell.ListPage;

/** The list of alert rules. */
@Named
@RequestScoped
public class RulesView extends ListPage<RuleView> {

    @Inject
    Rules rules;

    @Inject
    TelemetryTexts words;

    private @Nullable String severity;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("severity", severity);
        return filters;
    }

    @Override
    protected Page<RuleView> find(ListQuery query) {
        return rules.list(query);
    }

    @Override
    protected List<Column<RuleView>> columns() {
        boolean english = language.getTag().equals("en");
        return List.of(
                column("telemetry.f.name", r -> english ? r.nameEn() : r.nameZh()),
                column("telemetry.f.kind", r -> texts.get("telemetry.kind." + r.kind())),
                column("telemetry.f.threshold", RuleView::threshold),
                column("telemetry.f.clear", RuleView::clearThreshold),
                column("telemetry.f.measure", r -> r.unit() == null ? "" : words.unit(r.unit())),
                column("telemetry.f.holdSeconds", RuleView::holdSeconds),
                column("telemetry.f.clearSeconds", RuleView::clearSeconds),
                column("telemetry.f.severity", r -> texts.get("telemetry.severity." + r.severity())),
                column(
                        "telemetry.f.scope",
                        r -> texts.get(r.orgId() == null ? "telemetry.scope.platform" : "telemetry.scope.own")),
                column("telemetry.f.enabled", r -> texts.get(r.enabled() ? "telemetry.on" : "telemetry.off")),
                column("telemetry.f.updatedAt", RuleView::updatedAt));
    }

    public @Nullable String getSeverity() {
        return severity;
    }

    public void setSeverity(@Nullable String severity) {
        this.severity = severity;
    }
}
