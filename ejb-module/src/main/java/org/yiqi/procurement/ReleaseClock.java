package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Caller;

/** Publishes what was decided before there was open data, or came by another way than the services. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll
@RunAs(Roles.SYSTEM)
public class ReleaseClock {

    private static final Logger LOG = System.getLogger(ReleaseClock.class.getName());

    @Inject
    TenderReleases releases;

    @Inject
    PriceIndex prices;

    @Inject
    RedFlags redFlags;

    @Inject
    BidDocuments documents;

    @Inject
    Caller caller;

    private final AtomicBoolean running = new AtomicBoolean();

    @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
    void catchUp() {
        if (running.compareAndSet(false, true)) {
            try {
                caller.asSystem(() -> {
                    each(releases.plansBehind(), releases::catchUpPlan);
                    each(releases.tendersBehind(), releases::catchUpTender);
                    boolean more = true;
                    while (more) {
                        more = prices.refresh();
                    }
                    more = true;
                    while (more) {
                        more = redFlags.look();
                    }
                    more = true;
                    while (more) {
                        more = documents.readNext();
                    }
                });
            } finally {
                running.set(false);
            }
        }
    }

    private static void each(List<UUID> behind, Consumer<UUID> publish) {
        for (UUID id : behind) {
            try {
                publish.accept(id);
            } catch (RuntimeException e) {
                // One that cannot be published must not keep the others waiting.
                LOG.log(Logger.Level.WARNING, "What is to be known about " + id + " was not published", e);
            }
        }
    }
}
