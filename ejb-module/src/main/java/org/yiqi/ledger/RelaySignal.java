package org.yiqi.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the relay when a transaction that completed an act has committed. */
@ApplicationScoped
public class RelaySignal {

    private final Semaphore queued = new Semaphore(0);

    void queued(@Observes(during = TransactionPhase.AFTER_SUCCESS) ActQueued act) {
        queued.release();
    }

    void wake() {
        queued.release();
    }

    /** Waits for a complete act, at most so long. */
    void await(long seconds) throws InterruptedException {
        if (queued.tryAcquire(seconds, TimeUnit.SECONDS)) {
            queued.drainPermits();
        }
    }
}
