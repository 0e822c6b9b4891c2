package org.yiqi.contract.sealing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.yiqi.contract.Fields;

/**
 * The statement that one number takes {@code g} to {@code a} and {@code h} to {@code b}, which is proved without showing the number
 * (Chaum and Pedersen, made non-interactive by Fiat and Shamir).
 */
final class Equality {

    private final String purpose;
    private final byte[] root;
    private final int index;
    private final ECPoint g;
    private final ECPoint a;
    private final ECPoint h;
    private final ECPoint b;

    /**
     * @param purpose what it is proved for
     * @param root everything else that the proof is bound to: it says nothing about any other bid
     * @param index of the opener, from 1
     */
    Equality(String purpose, byte[] root, int index, ECPoint g, ECPoint a, ECPoint h, ECPoint b) {
        this.purpose = purpose;
        this.root = root;
        this.index = index;
        this.g = g;
        this.a = a;
        this.h = h;
        this.b = b;
    }

    record Proof(BigInteger challenge, BigInteger response) {

        Map<String, Object> tree() {
            return Map.of(
                    "challenge", Curve.base64(Curve.encode(challenge)),
                    "response", Curve.base64(Curve.encode(response)));
        }

        static Proof read(Map<String, Object> tree) {
            Fields fields = Fields.of(tree, Set.of("challenge", "response"));
            return new Proof(
                    Curve.scalar(Curve.base64(fields.text("challenge"))),
                    Curve.scalar(Curve.base64(fields.text("response"))));
        }
    }

    Proof prove(BigInteger number, SecureRandom random) {
        BigInteger blind = Curve.random(random);
        BigInteger challenge = challenge(g.multiply(blind), h.multiply(blind));
        return new Proof(challenge, blind.subtract(challenge.multiply(number)).mod(Curve.N));
    }

    boolean isProvedBy(Proof proof) {
        ECPoint first = ECAlgorithms.sumOfTwoMultiplies(g, proof.response(), a, proof.challenge());
        ECPoint second = ECAlgorithms.sumOfTwoMultiplies(h, proof.response(), b, proof.challenge());
        return !first.isInfinity()
                && !second.isInfinity()
                && challenge(first, second).equals(proof.challenge());
    }

    private BigInteger challenge(ECPoint first, ECPoint second) {
        return Curve.challenge(
                purpose,
                root,
                Curve.number(index),
                Curve.encode(g),
                Curve.encode(a),
                Curve.encode(h),
                Curve.encode(b),
                Curve.encode(first),
                Curve.encode(second));
    }
}
