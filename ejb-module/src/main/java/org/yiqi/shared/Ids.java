package org.yiqi.shared;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes UUIDv7 (RFC 9562): sorted by the millisecond they were made in, random after it. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID next() {
        // Ids order by real time whatever the business clock says, so this does not ask the injected clock.
        long millis = System.currentTimeMillis();
        long high = (millis << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
