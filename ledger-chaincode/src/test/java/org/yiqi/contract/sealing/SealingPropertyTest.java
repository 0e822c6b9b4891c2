package org.yiqi.contract.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;

/** Whatever is sealed for whomever: enough openers open it, fewer do not, and no changed bit passes. */
class SealingPropertyTest {

    @Property(tries = 25)
    void exactlyTheThresholdOpens(
            @ForAll @IntRange(min = 2, max = 6) int threshold,
            @ForAll @IntRange(min = 0, max = 3) int more,
            @ForAll long seed,
            @ForAll @IntRange(max = 200_000) int length)
            throws SealBroken {
        SealedTender tender = new SealedTender("property " + seed, threshold, threshold + more);
        byte[] content = new byte[length];
        tender.random.nextBytes(content);
        Envelope envelope = Envelope.seal(tender.context, content, tender.random);
        assertTrue(envelope.deal().holds(tender.context));
        List<Integer> who = new ArrayList<>(
                IntStream.rangeClosed(1, threshold + more).boxed().toList());
        Collections.shuffle(who, new Random(seed));
        List<Release> releases = who.subList(0, threshold).stream()
                .map(i -> tender.release(envelope, i))
                .toList();
        assertArrayEquals(content, envelope.open(tender.context, releases));
        assertThrows(
                IllegalArgumentException.class,
                () -> envelope.open(tender.context, releases.subList(0, threshold - 1)));
    }

    private final SealedTender tender = new SealedTender("bits");
    private final Envelope envelope = tender.seal("a price");
    private final Release release = tender.release(envelope, 3);

    @Property(tries = 150)
    void noBitOfADealCanBeFlipped(@ForAll @IntRange(max = 1_000_000) int bit) {
        assertFalse(
                stillHolds(envelope.deal().tree(), bit, tree -> Deal.read(tree).holds(tender.context)));
    }

    @Property(tries = 60)
    void noBitOfAReleaseCanBeFlipped(@ForAll @IntRange(max = 1_000_000) int bit) {
        assertFalse(stillHolds(release.tree(), bit, tree -> Release.read(tree).holds(tender.context, envelope.deal())));
    }

    @Property(tries = 40)
    void noBitOfTheCiphertextCanBeFlipped(@ForAll @IntRange(max = 524_415) int bit) {
        byte[] bytes = envelope.ciphertext().clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(SealBroken.class, () -> new Envelope(envelope.deal(), bytes)
                .open(tender.context, tender.releases(envelope, 1, 2, 3)));
    }

    private interface Check {
        boolean holds(Map<String, Object> tree);
    }

    /** Flips one bit of one of the texts of a document, in its bytes where it is Base64. */
    private static boolean stillHolds(Map<String, Object> tree, int bit, Check check) {
        String json = CanonicalJson.write(tree);
        List<int[]> texts = new ArrayList<>();
        var matcher = java.util.regex.Pattern.compile(":\"([^\"]*)\"|[\\[,]\"([A-Za-z0-9+/=]{40,})\"(?!:)")
                .matcher(json);
        while (matcher.find()) {
            int group = matcher.group(1) != null ? 1 : 2;
            texts.add(new int[] {matcher.start(group), matcher.end(group)});
        }
        int[] place = texts.get(bit % texts.size());
        String text = json.substring(place[0], place[1]);
        String changed;
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            int at = bit / texts.size() % (bytes.length * 8);
            bytes[at / 8] ^= (byte) (1 << at % 8);
            changed = Base64.getEncoder().encodeToString(bytes);
        } catch (IllegalArgumentException e) {
            char[] chars = text.toCharArray();
            int at = bit / texts.size() % chars.length;
            chars[at] = chars[at] == '0' ? '1' : '0';
            changed = new String(chars);
        }
        String flipped = json.substring(0, place[0]) + changed + json.substring(place[1]);
        assertFalse(flipped.equals(json));
        try {
            return check.holds(new TreeMap<>(CanonicalJson.read(flipped.getBytes(StandardCharsets.UTF_8))));
        } catch (MalformedAct e) {
            return false;
        }
    }
}
