package org.yiqi.contract.sealing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.yiqi.contract.Base64Text;
import org.yiqi.contract.MalformedAct;

/** The group of SM2's curve, written and hashed in one way only. Its order is prime, so every point but infinity generates it. */
final class Curve {

    /** Names this protocol in everything that is hashed: nothing of another protocol can be mistaken for a part of it. */
    static final String SUITE = "yiqi-seal/1";

    private static final X9ECParameters SM2 = CustomNamedCurves.getByName("sm2p256v1");
    private static final int WIDTH = 32;
    private static final int POINT = WIDTH + 1;

    static final BigInteger N = SM2.getN();
    static final ECPoint G = SM2.getG();
    /** The second generator. It comes out of a hash, so nobody knows its logarithm to the base G. */
    static final ECPoint H = second();

    private Curve() {}

    private static ECPoint second() {
        for (int counter = 0; ; counter++) {
            byte[] x = sm3("second generator", new byte[] {(byte) counter});
            try {
                return decode(concat(new byte[] {2}, x));
            } catch (MalformedAct e) {
                // Half of all numbers are no point's: the next one is tried.
            }
        }
    }

    static BigInteger random(SecureRandom random) {
        byte[] bytes = new byte[WIDTH];
        while (true) {
            random.nextBytes(bytes);
            BigInteger scalar = new BigInteger(1, bytes);
            if (scalar.signum() > 0 && scalar.compareTo(N) < 0) {
                return scalar;
            }
        }
    }

    static byte[] encode(ECPoint point) {
        return point.normalize().getEncoded(true);
    }

    /** Compressed, on the curve, not infinity; a coordinate beyond the field's prime would be a second spelling. */
    static ECPoint decode(byte[] bytes) {
        if (bytes.length != POINT || (bytes[0] != 2 && bytes[0] != 3)) {
            throw new MalformedAct("not a compressed point");
        }
        try {
            ECPoint point = SM2.getCurve().decodePoint(bytes);
            if (point.isInfinity() || !point.isValid() || !Arrays.equals(encode(point), bytes)) {
                throw new MalformedAct("not a point of the curve");
            }
            return point;
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("not a point of the curve", e);
        }
    }

    static byte[] encode(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(WIDTH, scalar);
    }

    static BigInteger scalar(byte[] bytes) {
        BigInteger scalar = new BigInteger(1, bytes);
        if (bytes.length != WIDTH || scalar.compareTo(N) >= 0) {
            throw new MalformedAct("not a scalar of the curve");
        }
        return scalar;
    }

    /** A challenge: 512 bits, so that the remainder favours nobody. */
    static BigInteger challenge(String purpose, byte[]... parts) {
        byte[] all = framed(parts);
        return new BigInteger(1, concat(sm3(purpose + " 0", all), sm3(purpose + " 1", all))).mod(N);
    }

    static byte[] sm3(String purpose, byte[]... parts) {
        return sm3(concat(framed((SUITE + " " + purpose).getBytes(StandardCharsets.UTF_8)), framed(parts)));
    }

    static byte[] sm3(byte[] bytes) {
        SM3Digest digest = new SM3Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    /** Each part behind its length: no two lists of parts are written alike. */
    static byte[] framed(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(number(part.length));
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] number(int number) {
        return new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Base64 in its one spelling. */
    static byte[] base64(String text) {
        try {
            return Base64Text.decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("not Base64 in its one spelling", e);
        }
    }
}
