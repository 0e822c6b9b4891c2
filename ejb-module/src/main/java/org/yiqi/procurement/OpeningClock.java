package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.yiqi.shared.tenancy.Caller;

/** Shows bidders as soon as their tender is closed, so that the opening need not wait. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll
public class OpeningClock {

    private static final Logger LOG = System.getLogger(OpeningClock.class.getName());

    @Inject
    Openings openings;

    @Inject
    Caller caller;

    private final AtomicBoolean running = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void reveal() {
        if (running.compareAndSet(false, true)) {
            try {
                caller.asSystem(() -> openings.toReveal().forEach(tender -> {
                    try {
                        openings.reveal(tender);
                    } catch (RuntimeException e) {
                        // One tender that cannot be moved must not keep the others waiting.
                        LOG.log(Logger.Level.WARNING, "The bidders of tender " + tender + " were not shown", e);
                    }
                }));
            } finally {
                running.set(false);
            }
        }
    }
}
