package org.yiqi.disposal;

import jakarta.annotation.PostConstruct;
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
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Caller;

/** Wakes {@link AuctionClosing}. When an auction ends is decided by its own times; a few seconds later somebody looks. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll
public class DisposalClock {

    private static final Logger LOG = Logger.getLogger(DisposalClock.class.getName());

    @Inject
    AuctionClosing closing;

    @Inject
    Caller caller;

    private final AtomicBoolean running = new AtomicBoolean();

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("disposal_one_open", "disposal.already-open");
        DatabaseRefusals.register("approval_not_own", "disposal.own-proposal");
        DatabaseRefusals.register("approval_one_hat", "disposal.signed-before");
        DatabaseRefusals.register("medium_once", "disposal.medium-known");
        DatabaseRefusals.register("certificate_once", "disposal.certified-before");
        DatabaseRefusals.register("bidder_pkey", "disposal.joined-before");
        DatabaseRefusals.register("bidder_not_the_owner", "disposal.owners-side");
        DatabaseRefusals.register("bid_sealed_once", "disposal.bid-before");
        DatabaseRefusals.register("auction_one_open", "disposal.listed-before");
        DatabaseRefusals.register("disposal_receiver", "disposal.receiver-unfit");
        DatabaseRefusals.register("disposal_two_people", "disposal.own-move");
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void tick() {
        if (running.compareAndSet(false, true)) {
            try {
                caller.asSystem(() -> {
                    safely(() -> closing.ended().forEach(id -> safely(() -> closing.end(id))));
                    safely(() -> closing.unpaid().forEach(id -> safely(() -> closing.passOver(id))));
                    safely(closing::markOverdue);
                });
            } finally {
                running.set(false);
            }
        }
    }

    /** One auction that cannot be ended must not keep the others waiting. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A deadline of disposal was not met", e);
        }
    }
}
