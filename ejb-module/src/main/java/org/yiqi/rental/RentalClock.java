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

/** Looks at the clock every minute: holds that ran out, reviews without an answer, rentals past their end. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
public class RentalClock {

    private static final Logger LOG = Logger.getLogger(RentalClock.class.getName());

    @Inject
    Deadlines deadlines;

    @Schedule(hour = "*", minute = "*", persistent = false)
    public void tick() {
        for (UUID id : deadlines.due()) {
            try {
                deadlines.meet(id);
            } catch (RuntimeException e) {
                // One rental that cannot be moved must not keep the others waiting.
                LOG.log(Level.WARNING, e, () -> "The deadline of rental " + id + " was not met");
            }
        }
    }
}
