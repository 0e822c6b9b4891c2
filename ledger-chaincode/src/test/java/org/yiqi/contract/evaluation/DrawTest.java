package org.yiqi.contract.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.evaluation.Draw.Purpose;

class DrawTest {

    private static final UUID TENDER = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    private static List<UUID> candidates(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new UUID(i % 2 == 0 ? -1L - i : i, i))
                .toList();
    }

    private static byte[] seed(int number) {
        byte[] seed = new byte[Draw.SEED];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        return seed;
    }

    @Property(tries = 200)
    void everyCandidateIsDrawnOnceInWhateverOrderTheyCome(
            @ForAll @Size(32) byte[] seed, @ForAll @IntRange(min = 0, max = 60) int n, @ForAll long mix) {
        List<UUID> mixed = new ArrayList<>(candidates(n));
        Collections.shuffle(mixed, new Random(mix));
        List<UUID> drawn = Draw.order(seed, Purpose.PANEL, TENDER, "our word", mixed);
        assertEquals(new HashSet<>(candidates(n)), new HashSet<>(drawn));
        assertEquals(n, drawn.size());
        assertEquals(drawn, Draw.order(seed, Purpose.PANEL, TENDER, "our word", candidates(n)));
    }

    @Test
    void seedWordPurposeAndTenderEachChangeTheDraw() {
        List<UUID> of = candidates(40);
        List<UUID> drawn = Draw.order(seed(1), Purpose.PANEL, TENDER, "word", of);
        assertNotEquals(drawn, Draw.order(seed(2), Purpose.PANEL, TENDER, "word", of));
        assertNotEquals(drawn, Draw.order(seed(1), Purpose.TIE, TENDER, "word", of));
        assertNotEquals(drawn, Draw.order(seed(1), Purpose.PANEL, TENDER, "work", of));
        assertNotEquals(drawn, Draw.order(seed(1), Purpose.PANEL, new UUID(1, 1), "word", of));
    }

    @Test
    void eachOfFiveIsFirstAsOftenAsTheOthers() {
        List<UUID> of = candidates(5);
        int[] first = new int[5];
        for (int i = 0; i < 5000; i++) {
            first[
                    of.indexOf(Draw.order(seed(i), Purpose.PANEL, TENDER, "word", of)
                            .get(0))]++;
        }
        for (int count : first) {
            // Six standard deviations around 1000.
            assertTrue(count > 830 && count < 1170, "drawn first " + count + " times");
        }
    }

    @Test
    void theCommitmentIsTheSm3DigestOfTheSeed() {
        // From GB/T 32905-2016, example 1.
        assertEquals(
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
                Draw.commitment("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
