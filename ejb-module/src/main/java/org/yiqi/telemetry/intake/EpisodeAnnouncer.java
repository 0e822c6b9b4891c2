package org.yiqi.telemetry.intake;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells other areas of activated episodes, one transaction each, so that one that fails does not hold up the others. Called by the timer. */
@Singleton
@PermitAll
@Lock(LockType.WRITE)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EpisodeAnnouncer {

    private static final Logger LOG = Logger.getLogger(EpisodeAnnouncer.class.getName());

    @Inject
    EpisodeAnnouncement announcement;

    /** Returns at once; what is already being announced is not announced twice. */
    @Asynchronous
    public void announce() {
        List<UUID> waiting = announcement.waiting();
        for (UUID episode : waiting) {
            try {
                announcement.announce(episode);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> "Episode " + episode + " could not be announced; it is tried again");
            }
        }
    }
}
