package org.yiqi.web.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveLogTest {

    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    private static final Set<UUID> SOMETHING = Set.of(new UUID(1, 1));

    private final LiveLog log = new LiveLog();

    @Test
    void whoeverComesBackHearsExactlyWhatCameAfterTheLastNumberItHeard() {
        for (int i = 0; i < 5; i++) {
            log.add(List.of(), SOMETHING, NOW.plusSeconds(i));
        }
        assertEquals(List.of(4L, 5L), numbersAfter(3));
        assertEquals(List.of(), numbersAfter(5));
    }

    @Test
    void whatIsOlderThanTwoMinutesIsGoneAndThatIsSaid() {
        log.add(List.of(), SOMETHING, NOW);
        log.add(List.of(), SOMETHING, NOW.plusSeconds(60));
        log.add(List.of(), SOMETHING, NOW.plusSeconds(150));
        assertTrue(log.after(0).isEmpty());
        assertEquals(List.of(2L, 3L), numbersAfter(1));
    }

    @Test
    void whatNobodyListenedToIsCountedSoThatAGapIsNoticed() {
        log.add(List.of(), SOMETHING, NOW);
        log.skip();
        log.add(List.of(), SOMETHING, NOW.plusSeconds(1));
        assertTrue(log.after(1).isEmpty());
        assertEquals(List.of(3L), numbersAfter(2));
    }

    @Test
    void aNumberThatWasNeverGivenIsNotResumedFrom() {
        assertTrue(log.after(7).isEmpty());
        assertTrue(log.after(-1).isEmpty());
    }

    private List<Long> numbersAfter(long seq) {
        return log.after(seq).orElseThrow().stream().map(LiveLog.Entry::seq).toList();
    }
}
