package org.yiqi.contract.sealing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.math.ec.ECPoint;
import org.yiqi.contract.MalformedAct;

/**
 * What one sealed envelope belongs to. Every proof and every byte of ciphertext is bound to it: moved to another tender, lot,
 * bidder, version, envelope or deadline, or to other openers, an envelope is none.
 *
 * @param bidderKey the bid's one-time key, as SubjectPublicKeyInfo in Base64
 * @param version of the bid, from 1; a replaced bid has the next one
 * @param terms digest of the act that published or last amended the tender
 * @param threshold how many openers open
 * @param openers in the order of the act that published the tender
 */
public record SealContext(
        UUID tender,
        String lot,
        String bidderKey,
        int version,
        String envelope,
        Instant deadline,
        String terms,
        int threshold,
        List<Opener> openers) {

    /** An organisation and the key that it made for this envelope alone, as a compressed point in Base64. */
    public record Opener(UUID org, String key) {
        ECPoint point() {
            return Curve.decode(Curve.base64(key));
        }
    }

    public SealContext {
        openers = List.copyOf(openers);
        boolean distinct = openers.stream().map(Opener::org).distinct().count() == openers.size()
                && openers.stream().map(Opener::key).distinct().count() == openers.size();
        if (threshold < 2 || threshold > openers.size() || !distinct || version < 1) {
            throw new MalformedAct("no such openers or version");
        }
        openers.forEach(Opener::point);
    }

    /** The bytes that stand for all of it. */
    public byte[] bytes() {
        List<byte[]> parts = new ArrayList<>(List.of(
                text(Curve.SUITE),
                text(tender.toString()),
                text(lot),
                Curve.base64(bidderKey),
                Curve.number(version),
                text(envelope),
                text(deadline.toString()),
                text(terms),
                Curve.number(threshold),
                Curve.number(openers.size())));
        for (Opener opener : openers) {
            parts.add(text(opener.org().toString()));
            parts.add(Curve.base64(opener.key()));
        }
        return Curve.framed(parts.toArray(byte[][]::new));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
