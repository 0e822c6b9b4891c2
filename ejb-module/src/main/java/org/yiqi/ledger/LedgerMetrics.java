package org.yiqi.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Gauges of the outbox: how many acts wait, and how long the oldest has waited. */
@ApplicationScoped
public class LedgerMetrics {

    @Inject
    MetricRegistry registry;

    @Inject
    LedgerStatuses statuses;

    void register(@Observes @Initialized(ApplicationScoped.class) Object started) {
        registry.gauge("yiqi_ledger_pending_acts", () -> statuses.now().pending());
        registry.gauge(
                "yiqi_ledger_oldest_pending_seconds", () -> statuses.now().oldestPendingSeconds());
        registry.gauge("yiqi_ledger_stopped_subjects", () -> statuses.now().stopped());
    }
}
