package org.yiqi.rental;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.yiqi.shared.problem.DatabaseRefusals;

/** Looks at the clock every minute: holds that ran out, reviews without an answer, rentals past their end. */
@Singleton
@Startup
@DependsOn("Migrations")
@PermitAll
public class RentalClock {

    private static final Logger LOG = Logger.getLogger(RentalClock.class.getName());

    @Inject
    Deadlines deadlines;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("offer_open_unit", "rental.offer-exists");
        DatabaseRefusals.register("tariff_revision", "rental.tariff-race");
        DatabaseRefusals.register("extension_open", "rental.extension-open");
    }

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
