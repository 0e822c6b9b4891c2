package org.yiqi.web.telemetry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.telemetry.AlertView;
import org.yiqi.telemetry.Alerts;

/** One alert and what can be done about it. */
@Named
@ViewScoped
public class EpisodePage implements Serializable {

    @Inject
    Alerts alerts;

    private @Nullable String id;
    private @Nullable AlertView alert;
    private @Nullable String reason;

    public void load() {
        alert = alerts.get(uuid());
    }

    private UUID uuid() {
        try {
            return UUID.fromString(String.valueOf(id));
        } catch (IllegalArgumentException e) {
            throw new NotFound("telemetry.alert-not-found", "No such alert");
        }
    }

    public void acknowledge() {
        alert = alerts.acknowledge(uuid());
    }

    public void close() {
        alert = alerts.close(uuid(), reason, false);
        reason = null;
    }

    public void falseAlarm() {
        alert = alerts.close(uuid(), reason, true);
        reason = null;
    }

    public @Nullable AlertView getAlert() {
        return alert;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
