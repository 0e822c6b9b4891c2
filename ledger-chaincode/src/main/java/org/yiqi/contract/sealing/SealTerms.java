package org.yiqi.contract.sealing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECPoint;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Subject;

/**
 * For what and for whom bids of a tender are sealed, as the tender's own acts say it. Whoever seals takes it from there and never from
 * the word of a platform.
 *
 * @param terms digest of the act that published or last amended the tender
 * @param openers by envelope, in the order of the act that published the tender
 */
public record SealTerms(
        UUID tender,
        List<String> lots,
        List<String> envelopes,
        Instant deadline,
        String terms,
        int threshold,
        Map<String, List<SealContext.Opener>> openers) {

    private static final AlgorithmIdentifier SM2_KEY = sm2Key(GMObjectIdentifiers.sm2p256v1);

    /**
     * @param chain the tender's acts so far, the oldest first
     * @throws MalformedAct if they are not a tender's
     */
    public static SealTerms of(List<Act> chain) {
        Act published = chain.stream()
                .filter(act -> act.type().equals("tender.published"))
                .findFirst()
                .orElseThrow(() -> new MalformedAct("no tender was published here"));
        Act last = chain.stream()
                .filter(act ->
                        act.type().equals("tender.published") || act.type().equals("tender.amended"))
                .reduce((before, after) -> after)
                .orElseThrow();
        if (published.subject().kind() != Subject.Kind.TENDER
                || chain.stream().anyMatch(act -> !act.subject().equals(published.subject()))) {
            throw new MalformedAct("acts of more than one subject");
        }
        Fields body = new Fields(published.body());
        Map<String, List<SealContext.Opener>> openers = new LinkedHashMap<>();
        body.texts("envelopes").forEach(envelope -> openers.put(envelope, new ArrayList<>()));
        for (Fields each : body.objects("openers", Fields::new)) {
            List<SealContext.Opener> list = openers.get(each.text("envelope"));
            if (list == null) {
                throw new MalformedAct("a key for an envelope that is none");
            }
            list.add(new SealContext.Opener(each.uuid("opener"), point(each.text("key"))));
        }
        return new SealTerms(
                published.subject().id(),
                body.texts("lots"),
                body.texts("envelopes"),
                new Fields(last.body()).instant("deadline"),
                last.digest(),
                (int) body.number("threshold"),
                openers);
    }

    /** The context of one envelope of one bid. */
    public SealContext context(String lot, String bidderKey, int version, String envelope) {
        return new SealContext(
                tender,
                lot,
                bidderKey,
                version,
                envelope,
                deadline,
                terms,
                threshold,
                openers.getOrDefault(envelope, List.of()));
    }

    /** The index of an opener among those of an envelope, from 1; nothing else names its share. */
    public int indexOf(String envelope, UUID opener) {
        return openers.getOrDefault(envelope, List.of()).stream()
                        .map(SealContext.Opener::org)
                        .toList()
                        .indexOf(opener)
                + 1;
    }

    /** An opener's key as SubjectPublicKeyInfo: what it signs its list of releases with. */
    public byte[] publicKey(String envelope, UUID opener) {
        ECPoint point = openers.getOrDefault(envelope, List.of()).stream()
                .filter(each -> each.org().equals(opener))
                .map(SealContext.Opener::point)
                .findFirst()
                .orElseThrow(() -> new MalformedAct("no such opener"));
        try {
            return new SubjectPublicKeyInfo(SM2_KEY, point.getEncoded(false)).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a key that was read is written", e);
        }
    }

    /** The compressed point of a public key that is a SubjectPublicKeyInfo in the one spelling that OpenSSL writes, too; both in Base64. */
    public static String point(String base64) {
        byte[] publicKey = Curve.base64(base64);
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey);
            ECPoint point =
                    Curve.G.getCurve().decodePoint(info.getPublicKeyData().getBytes());
            byte[] compressed = Curve.encode(point);
            Curve.decode(compressed);
            byte[] again = new SubjectPublicKeyInfo(SM2_KEY, point.normalize().getEncoded(false)).getEncoded();
            if (Arrays.equals(again, publicKey)) {
                return Curve.base64(compressed);
            }
        } catch (IOException | RuntimeException e) {
            throw new MalformedAct("not a public key on the curve of SM2", e);
        }
        throw new MalformedAct("a public key in another than its one spelling");
    }

    private static AlgorithmIdentifier sm2Key(ASN1ObjectIdentifier curve) {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
    }
}
