package org.yiqi.maintenance;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.yiqi.shared.tenancy.Caller;

/** Wakes {@link BackgroundWork}. A run that takes longer than its interval is not joined by another. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll
public class Timers {

    private static final Logger LOG = Logger.getLogger(Timers.class.getName());

    @Inject
    BackgroundWork work;

    @Inject
    Caller caller;

    private final AtomicBoolean answering = new AtomicBoolean();
    private final AtomicBoolean planning = new AtomicBoolean();

    /** A service organisation has 30 minutes; half a minute more is not noticed. */
    @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
    void answers() {
        alone(answering, () -> work.lapsedOffers().forEach(order -> safely(() -> work.lapse(order))));
    }

    @Schedule(hour = "*", minute = "*/5", second = "10", persistent = false)
    void plans() {
        alone(planning, () -> {
            work.duePlans().forEach(plan -> safely(() -> work.orderPlanned(plan)));
            work.unrated().forEach(order -> safely(() -> work.closeUnrated(order)));
            safely(work::forgetSources);
        });
    }

    private void alone(AtomicBoolean running, Runnable run) {
        if (running.compareAndSet(false, true)) {
            try {
                safely(() -> caller.asSystem(run));
            } finally {
                running.set(false);
            }
        }
    }

    private static void safely(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Background work of maintenance will be tried again", e);
        }
    }
}
