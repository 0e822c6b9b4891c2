package org.yiqi.maintenance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.telemetry.EpisodeActivated;
import org.yiqi.telemetry.Severity;

/** Alerts that need a repair. */
@ApplicationScoped
class CriticalAlerts {

    @Inject
    BackgroundWork work;

    @Inject
    Caller caller;

    /** A critical episode opens one order, however often it is reported, and stops the unit. */
    void activated(@Observes EpisodeActivated episode) {
        if (episode.severity() != Severity.CRITICAL) {
            return;
        }
        String text = episode.ruleNameZh() + " / " + episode.ruleNameEn();
        caller.asSystem(() -> work.open(
                episode.unitId(),
                Opening.alert(
                        episode.episodeId(),
                        episode.ruleId(),
                        episode.severity().name(),
                        text)));
    }
}
