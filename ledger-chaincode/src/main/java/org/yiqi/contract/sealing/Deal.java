package org.yiqi.contract.sealing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.math.ec.ECPoint;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * The public half of a sealed envelope: commitments to the polynomial that hides the key, one encrypted share for each opener, and
 * proofs that every share lies on that polynomial. Anyone can check it; nobody learns anything from it.
 *
 * @param digest SM3 of the ciphertext, in hexadecimal
 */
public record Deal(List<ECPoint> commitments, List<Share> shares, String digest) {

    /** The polynomial's value for one opener, times that opener's key. */
    record Share(ECPoint point, Equality.Proof proof) {}

    public Deal {
        commitments = List.copyOf(commitments);
        shares = List.copyOf(shares);
    }

    /** A secret point and the polynomial that it is the beginning of; never written anywhere. */
    record Secret(List<BigInteger> polynomial, ECPoint point) {

        static Secret random(int threshold, SecureRandom random) {
            List<BigInteger> polynomial = IntStream.range(0, threshold)
                    .mapToObj(i -> Curve.random(random))
                    .toList();
            return new Secret(polynomial, Curve.G.multiply(polynomial.get(0)).normalize());
        }

        BigInteger at(int index) {
            BigInteger value = BigInteger.ZERO;
            for (int j = polynomial.size() - 1; j >= 0; j--) {
                value = value.multiply(BigInteger.valueOf(index))
                        .add(polynomial.get(j))
                        .mod(Curve.N);
            }
            return value;
        }
    }

    static Deal of(SealContext context, Secret secret, String digest, SecureRandom random) {
        List<ECPoint> commitments = secret.polynomial().stream()
                .map(a -> Curve.H.multiply(a).normalize())
                .toList();
        List<ECPoint> points = new ArrayList<>();
        for (int i = 1; i <= context.openers().size(); i++) {
            points.add(
                    context.openers().get(i - 1).point().multiply(secret.at(i)).normalize());
        }
        byte[] root = root(context, commitments, points, digest);
        List<Share> shares = new ArrayList<>();
        for (int i = 1; i <= points.size(); i++) {
            Equality statement = statement(context, commitments, points.get(i - 1), root, i);
            shares.add(new Share(points.get(i - 1), statement.prove(secret.at(i), random)));
        }
        return new Deal(commitments, shares, digest);
    }

    /** Whether every opener got its share of one key, for this context: what is checked before a receipt and before a release. */
    public boolean holds(SealContext context) {
        if (commitments.size() != context.threshold()
                || shares.size() != context.openers().size()) {
            return false;
        }
        byte[] root = root(context);
        return IntStream.rangeClosed(1, shares.size()).allMatch(i -> {
            Share share = shares.get(i - 1);
            return statement(context, commitments, share.point(), root, i).isProvedBy(share.proof());
        });
    }

    /** Whether these are the bytes that were sealed. */
    public boolean isOver(byte[] ciphertext) {
        return digest.equals(Curve.hex(Curve.sm3(ciphertext)));
    }

    byte[] root(SealContext context) {
        return root(context, commitments, shares.stream().map(Share::point).toList(), digest);
    }

    private static byte[] root(SealContext context, List<ECPoint> commitments, List<ECPoint> points, String digest) {
        List<byte[]> parts =
                new ArrayList<>(List.of(context.bytes(), HexFormat.of().parseHex(digest)));
        commitments.forEach(point -> parts.add(Curve.encode(point)));
        points.forEach(point -> parts.add(Curve.encode(point)));
        return Curve.sm3("root", parts.toArray(byte[][]::new));
    }

    private static Equality statement(
            SealContext context, List<ECPoint> commitments, ECPoint share, byte[] root, int index) {
        // The polynomial's value at this index, times H, from its commitments alone.
        ECPoint committed = commitments.get(commitments.size() - 1);
        for (int j = commitments.size() - 2; j >= 0; j--) {
            committed = committed.multiply(BigInteger.valueOf(index)).add(commitments.get(j));
        }
        return new Equality(
                "deal",
                root,
                index,
                Curve.H,
                committed.normalize(),
                context.openers().get(index - 1).point(),
                share);
    }

    public Map<String, Object> tree() {
        return Map.of(
                "commitments",
                commitments.stream().map(p -> Curve.base64(Curve.encode(p))).toList(),
                "digest",
                digest,
                "shares",
                shares.stream()
                        .map(s -> Map.of(
                                "point", Curve.base64(Curve.encode(s.point())),
                                "proof", s.proof().tree()))
                        .toList());
    }

    /** @throws MalformedAct for what no implementation of the protocol writes */
    public static Deal read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, Set.of("commitments", "digest", "shares"));
        String digest = fields.text("digest");
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new MalformedAct("not a digest");
        }
        return new Deal(
                fields.texts("commitments").stream()
                        .map(text -> Curve.decode(Curve.base64(text)))
                        .toList(),
                fields.objects("shares", each -> {
                    Fields share = Fields.of(each, Set.of("point", "proof"));
                    return new Share(
                            Curve.decode(Curve.base64(share.text("point"))),
                            Equality.Proof.read(share.object("proof")));
                }),
                digest);
    }
}
