package org.yiqi.shared;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDv7 (RFC 9562): sorted by the time they were made at, random after it. Of two ids made by one process the later one
 * is the greater, also within one millisecond (its method 1: a counter of twelve bits), so steps of a process keep their order.
 */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int COUNTER_BITS = 12;
    /** The millisecond of the newest id, and its number within it. */
    private static final AtomicLong NEWEST = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        // Ids order by real time whatever the business clock says, so this does not ask the injected clock.
        long stamp = NEWEST.accumulateAndGet(
                System.currentTimeMillis() << COUNTER_BITS, (last, time) -> Math.max(last + 1, time));
        long high = ((stamp >>> COUNTER_BITS) << 16) | 0x7000L | (stamp & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
