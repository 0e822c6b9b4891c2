package org.yiqi.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Acts wait when the ledger is away, the business does not: so this is UP, and its data say whether it is degraded.
 */
@Readiness
@ApplicationScoped
public class LedgerHealth implements HealthCheck {

    private static final long SLOW_SECONDS = 60;

    @Inject
    LedgerStatuses statuses;

    @Override
    public HealthCheckResponse call() {
        LedgerStatus status = statuses.now();
        boolean degraded = status.oldestPendingSeconds() > SLOW_SECONDS
                || status.stopped() > 0
                || status.attempts() > 0
                || status.position() < 0;
        return HealthCheckResponse.named("ledger")
                .up()
                .withData("degraded", degraded)
                .withData("kind", status.notice())
                .withData("pending", status.pending())
                .withData("oldestPendingSeconds", status.oldestPendingSeconds())
                .withData("stoppedSubjects", status.stopped())
                .withData("attemptsInVain", status.attempts())
                .build();
    }
}
