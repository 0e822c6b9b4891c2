package org.yiqi.contract.sealing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Five openers and one bidder, all of whose randomness comes from a seed. */
final class SealedTender {

    static final UUID TENDER = UUID.fromString("01920000-0000-7000-8000-000000000200");
    static final Instant DEADLINE = Instant.parse("2026-12-18T01:00:00Z");

    final Seeded random;
    final List<BigInteger> keys;
    final SealContext context;

    SealedTender(String seed) {
        this(seed, 3, 5);
    }

    SealedTender(String seed, int threshold, int openers) {
        random = new Seeded(seed);
        keys = IntStream.range(0, openers).mapToObj(i -> Curve.random(random)).toList();
        List<SealContext.Opener> list = new ArrayList<>();
        for (int i = 0; i < openers; i++) {
            UUID org = new UUID(0x0192000000007000L, 0x8000000000000001L + i);
            list.add(new SealContext.Opener(org, Curve.base64(Curve.encode(Curve.G.multiply(keys.get(i))))));
        }
        String bidderKey = Curve.base64("the bidder's one-time key".getBytes(StandardCharsets.UTF_8));
        context = new SealContext(TENDER, "1", bidderKey, 1, "PRICE", DEADLINE, "ab".repeat(32), threshold, list);
    }

    Envelope seal(String content) {
        return Envelope.seal(context, content.getBytes(StandardCharsets.UTF_8), random);
    }

    Release release(Envelope envelope, int index) {
        return Release.of(context, envelope.deal(), index, keys.get(index - 1), random);
    }

    List<Release> releases(Envelope envelope, int... indexes) {
        return IntStream.of(indexes).mapToObj(i -> release(envelope, i)).toList();
    }

    /** SM3 over the seed and a counter, for tests and vectors: what it makes is no secret. */
    static final class Seeded extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] seed;
        private int counter;

        Seeded(String seed) {
            this.seed = seed.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i += 32) {
                byte[] block = Curve.sm3(Curve.concat(
                        seed, ByteBuffer.allocate(4).putInt(counter++).array()));
                System.arraycopy(block, 0, bytes, i, Math.min(32, bytes.length - i));
            }
        }
    }
}
