package org.yiqi.rental;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.yiqi.shared.tenancy.Caller;

/** Looks at the clock every minute for cases of damage. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
public class LiabilityClock {

    private static final Logger LOG = Logger.getLogger(LiabilityClock.class.getName());

    @Inject
    LiabilityDeadlines deadlines;

    @Inject
    Caller caller;

    @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
    public void tick() {
        caller.asSystem(() -> {
            for (UUID id : deadlines.due()) {
                try {
                    deadlines.meet(id);
                } catch (RuntimeException e) {
                    // One case that cannot be moved must not keep the others waiting.
                    LOG.log(Level.WARNING, e, () -> "The deadline of case " + id + " was not met");
                }
            }
        });
    }
}
