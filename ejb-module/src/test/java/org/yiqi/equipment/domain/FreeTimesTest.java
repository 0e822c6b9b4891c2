package org.yiqi.equipment.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yiqi.shared.Period;

class FreeTimesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Provide
    Arbitrary<Period> periods() {
        return Arbitraries.integers().between(0, 300).flatMap(from -> Arbitraries.integers()
                .between(1, 30)
                .map(length -> new Period(NOW.plusSeconds(from * 3600L), NOW.plusSeconds((from + length) * 3600L))));
    }

    @Provide
    Arbitrary<List<Period>> busy() {
        return periods().list().ofMaxSize(20);
    }

    @Property
    void whatIsOfferedIsFreeAsLongAsWishedNotPastAndNeverTwiceTheSameTime(
            @ForAll("busy") List<Period> busy, @ForAll("periods") Period wished) {
        FreeTimes times = new FreeTimes(busy);
        List<Period> offered = times.near(wished, NOW, 3);
        assertEquals(3, offered.size());
        for (Period one : offered) {
            assertTrue(times.isFree(one));
            assertEquals(wished.length(), one.length());
            assertFalse(one.from().isBefore(NOW));
            assertEquals(1, offered.stream().filter(one::overlaps).count());
        }
    }

    @Property
    void aFreeWishIsItsOwnFirstAnswer(@ForAll("periods") Period wished) {
        assertEquals(wished, new FreeTimes(List.of()).near(wished, NOW, 1).get(0));
    }
}
