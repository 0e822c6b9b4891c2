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
import org.yiqi.telemetry.AlertView;
import org.yiqi.telemetry.Alerts;
import org.yiqi.web.shell.ListPage;

/** The list of alerts. Unless a state is asked for it shows what is open. */
@Named
@RequestScoped
public class EpisodesView extends ListPage<AlertView> {

    private static final String EVERY_STATE = "ALL";

    @Inject
    Alerts alerts;

    @Inject
    TelemetryTexts words;

    private @Nullable String state;
    private @Nullable String severity;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("severity", severity);
        return filters;
    }

    @Override
    protected ListQuery query() {
        ListQuery asked = super.query();
        if (state != null && !EVERY_STATE.equals(state)) {
            return asked;
        }
        Map<String, List<String>> filters = new LinkedHashMap<>(asked.filters());
        filters.remove("state");
        if (state == null) {
            filters.put("open", List.of("true"));
        }
        return new ListQuery(asked.limit(), asked.offset(), null, asked.sort(), asked.q(), filters);
    }

    @Override
    protected Page<AlertView> find(ListQuery query) {
        return alerts.list(query);
    }

    @Override
    protected List<Column<AlertView>> columns() {
        boolean english = language.getTag().equals("en");
        return List.of(
                column("telemetry.f.severity", a -> texts.get("telemetry.severity." + a.severity())),
                column("telemetry.f.alert", a -> english ? a.ruleNameEn() : a.ruleNameZh()),
                column("telemetry.f.unit", a -> english ? a.unitNameEn() : a.unitNameZh()),
                column("telemetry.f.assetTag", AlertView::assetTag),
                column("telemetry.f.state", a -> texts.get("telemetry.state." + a.state())),
                column("telemetry.f.peak", AlertView::peakValue),
                column("telemetry.f.measure", a -> words.unit(a.unit())),
                column("telemetry.f.since", AlertView::since),
                column("telemetry.f.closedAt", AlertView::closedAt));
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? null : state;
    }

    public @Nullable String getSeverity() {
        return severity;
    }

    public void setSeverity(@Nullable String severity) {
        this.severity = severity;
    }
}
