package org.yiqi.shared;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDv7 (RFC 9562): sorted by the time they were made at, random after it. Of two ids made by one process the later one
 * is the greater, also within one millisecond (its method 3: twelve bits of a finer clock), so steps of a process keep their order.
 */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    /** The milliseconds and 4,096ths of a millisecond of the newest id. */
    private static final AtomicLong NEWEST = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        // Ids order by real time whatever the business clock says, so this does not ask the injected clock.
        Instant now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        long fraction = ((micros % 1_000) << 12) / 1_000;
        long stamp =
                NEWEST.accumulateAndGet(((micros / 1_000) << 12) | fraction, (last, time) -> Math.max(last + 1, time));
        long high = ((stamp >>> 12) << 16) | 0x7000L | (stamp & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
