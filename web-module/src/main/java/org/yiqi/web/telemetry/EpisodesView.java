package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.telemetry.AlertView;
import org.yiqi.telemetry.Alerts;

/** The list of alerts; its filters are in the address. Without any it shows what is open. */
@Named
@ViewScoped
public class EpisodesView implements Serializable {

    @Inject
    Alerts alerts;

    private @Nullable String state;
    private @Nullable String severity;
    private @Nullable String q;
    private final LazyDataModel<AlertView> rows = new Rows<>(
            query -> alerts.list(query), this::filter, alert -> alert.id().toString());

    private ListQuery filter(ListQuery query) {
        ListQuery filtered =
                new ListQuery(query.limit(), query.offset(), query.cursor(), query.sort(), q, query.filters());
        if (given(severity) && severity != null) {
            filtered = filtered.where("severity", severity);
        }
        if ("ALL".equals(state)) {
            return filtered;
        }
        return given(state) && state != null ? filtered.where("state", state) : filtered.where("open", "true");
    }

    private static boolean given(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    public boolean isFiltered() {
        return given(state) || given(severity) || given(q);
    }

    public LazyDataModel<AlertView> getRows() {
        return rows;
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getSeverity() {
        return severity;
    }

    public void setSeverity(@Nullable String severity) {
        this.severity = severity;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q;
    }
}
