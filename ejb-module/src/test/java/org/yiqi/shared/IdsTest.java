package org.yiqi.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void theLaterIdIsTheGreaterAlsoWithinOneMillisecond() {
        UUID before = Ids.next();
        for (int i = 0; i < 100_000; i++) {
            UUID next = Ids.next();
            assertTrue(Long.compareUnsigned(before.getMostSignificantBits(), next.getMostSignificantBits()) < 0);
            before = next;
        }
    }

    @Test
    void anIdTellsWhenItWasMade() {
        UUID id = Ids.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        assertTrue(Duration.between(made, Instant.now()).abs().toSeconds() < 60);
    }
}
