package org.yiqi.contract.evaluation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A lot that anyone can draw again. The seed's digest is published with the tender, the seed itself when it is drawn; whoever
 * draws adds a word of its own, so that neither who keeps the seed nor who draws steers the result alone.
 *
 * <p>The algorithm, for a second implementation: the stream is HMAC-SM3(seed, purpose ‖ 0x00 ‖ tender ‖ 0x00 ‖ word ‖ 0x00 ‖ i)
 * for i = 0, 1, ... as four bytes, big-endian; texts in UTF-8, the tender's id in its canonical form. Each block gives four numbers
 * of eight bytes, big-endian, whose first bit is dropped. A number below bound is the first x that is less than the largest
 * multiple of bound within 2⁶³, modulo bound. Candidates are put in the order of their ids as text; then for k = n, n−1, ..., 2
 * the k-th changes places with number(k) + 1. The order that results is the order of being asked.
 */
public final class Draw {

    /** What is drawn. */
    public enum Purpose {
        PANEL,
        TIE,
        /** Which devices a regulator inspects; in place of the tender stands the inspection, before the word the class of risk. */
        SAMPLE
    }

    /** A seed has 32 bytes. */
    public static final int SEED = 32;

    private static final int WORDS = 4;

    private final HMac mac = new HMac(new SM3Digest());
    private final byte[] context;
    private int block;
    private ByteBuffer words = ByteBuffer.allocate(0);

    private Draw(byte[] seed, Purpose purpose, UUID tender, String word) {
        mac.init(new KeyParameter(seed));
        context = (purpose + "\0" + tender + "\0" + word + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** What is published of a seed before it is used: its SM3 digest, in hexadecimal. */
    public static String commitment(byte[] seed) {
        SM3Digest digest = new SM3Digest();
        digest.update(seed, 0, seed.length);
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return HexFormat.of().formatHex(out);
    }

    /** The candidates in the order in which they are asked. */
    public static List<UUID> order(byte[] seed, Purpose purpose, UUID tender, String word, List<UUID> candidates) {
        Draw draw = new Draw(seed, purpose, tender, word);
        List<UUID> order = new ArrayList<>(candidates);
        // By their text: as numbers, Java's ids would be compared with their sign.
        order.sort((a, b) -> a.toString().compareTo(b.toString()));
        for (int k = order.size(); k > 1; k--) {
            Collections.swap(order, k - 1, (int) draw.below(k));
        }
        return List.copyOf(order);
    }

    private long below(long bound) {
        // 2^63 itself does not fit: the rest of a division of 2^63 - 1 says where the last whole multiple ends.
        long limit = Long.MAX_VALUE - (Long.MAX_VALUE % bound + 1) % bound;
        while (true) {
            if (!words.hasRemaining()) {
                words = next();
            }
            long number = words.getLong() & Long.MAX_VALUE;
            if (number <= limit) {
                return number % bound;
            }
        }
    }

    private ByteBuffer next() {
        mac.update(context, 0, context.length);
        byte[] counter = ByteBuffer.allocate(Integer.BYTES).putInt(block++).array();
        mac.update(counter, 0, counter.length);
        byte[] out = new byte[WORDS * Long.BYTES];
        mac.doFinal(out, 0);
        return ByteBuffer.wrap(out);
    }
}
