package org.yiqi.contract;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One organisation's time as custodian of a unit.
 *
 * @param since the act that made it custodian
 * @param from inclusive
 * @param to exclusive, or null while it lasts
 * @param imported whether it comes from before the ledger
 */
public record Responsibility(
        UUID custodian, UUID since, Instant from, @Nullable Instant to, boolean imported) {

    boolean covers(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }
}
