package org.yiqi.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToLongFunction;
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
        registry.gauge("yiqi_ledger_recorded_acts", () -> statuses.now().recorded());
        registry.gauge("yiqi_ledger_attempts_in_vain", () -> statuses.now().attempts());
        registry.gauge("yiqi_ledger_channel_height", () -> channel(LedgerStatus.Channel::height));
        registry.gauge("yiqi_ledger_transactions_on_the_way", () -> channel(LedgerStatus.Channel::onTheWay));
    }

    private long channel(ToLongFunction<LedgerStatus.Channel> figure) {
        LedgerStatus.Channel channel = statuses.now().channel();
        return channel == null ? 0 : figure.applyAsLong(channel);
    }
}
