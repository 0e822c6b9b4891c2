package org.yiqi.procurement.redflags;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * So much of a text that its likeness to another can be told and nothing can be read: the least hashes of its shingles (MinHash). Texts
 * of which a share of all their shingles is common agree in about that share of places.
 */
public record TextSketch(String places) {

    private static final int PLACES = 64;
    private static final int SHINGLE = 6;
    /** Of less nothing is told: short answers are alike by nature. */
    private static final int SHORTEST = 200;

    /** @return empty for a text that is too short */
    public static TextSketch of(String text) {
        String bare = text.replaceAll("[\\s\\p{Punct}\\p{IsPunctuation}]+", "").toLowerCase(Locale.ROOT);
        if (bare.length() < SHORTEST) {
            return new TextSketch("");
        }
        long[] least = new long[PLACES];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int i = 0; i + SHINGLE <= bare.length(); i++) {
            long hash = 1125899906842597L;
            for (int j = i; j < i + SHINGLE; j++) {
                hash = 31 * hash + bare.charAt(j);
            }
            for (int place = 0; place < PLACES; place++) {
                least[place] = Math.min(least[place], mixed(hash + place * 0x9E3779B97F4A7C15L));
            }
        }
        return new TextSketch(LongStream.of(least).mapToObj(Long::toHexString).collect(Collectors.joining(",")));
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 31)) & Long.MAX_VALUE;
    }

    /** From 0 to 1; 0 if either is empty. */
    public double likeness(TextSketch other) {
        if (places.isEmpty() || other.places.isEmpty()) {
            return 0;
        }
        String[] own = places.split(",");
        String[] others = other.places.split(",");
        long same = Stream.iterate(0, i -> i + 1)
                .limit(Math.min(own.length, others.length))
                .filter(i -> own[i].equals(others[i]))
                .count();
        return (double) same / PLACES;
    }
}
