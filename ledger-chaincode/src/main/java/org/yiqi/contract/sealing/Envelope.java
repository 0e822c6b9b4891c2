package org.yiqi.contract.sealing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.ECPoint;

/** A sealed envelope: its deal, and SM4-GCM over the content, padded so that its length tells little. */
public final class Envelope {

    /** Lengths are told in steps of this. */
    public static final int BUCKET = 64 * 1024;

    static final int TAG = 16;
    private static final int KEY = 16;
    private static final int NONCE = 12;

    private final Deal deal;
    private final byte[] ciphertext;

    public Envelope(Deal deal, byte[] ciphertext) {
        this.deal = deal;
        this.ciphertext = ciphertext.clone();
    }

    public Deal deal() {
        return deal;
    }

    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    /** Seals content under a key that exists on this machine only, and only while this runs. */
    public static Envelope seal(SealContext context, byte[] content, SecureRandom random) {
        Deal.Secret secret = Deal.Secret.random(context.threshold(), random);
        byte[] ciphertext = underKey(true, secret.point(), context, padded(content));
        return new Envelope(Deal.of(context, secret, Curve.hex(Curve.sm3(ciphertext)), random), ciphertext);
    }

    /**
     * Opens the envelope with the releases of as many openers as it takes, whichever they are.
     *
     * @throws SealBroken naming whose fault it is
     * @throws IllegalArgumentException if there are too few releases
     */
    public byte[] open(SealContext context, List<Release> releases) throws SealBroken {
        if (!deal.isOver(ciphertext)) {
            throw new SealBroken(SealBroken.Fault.CUSTODIAN, null, "the bytes are not those that were committed to");
        }
        if (!deal.holds(context)) {
            throw new SealBroken(SealBroken.Fault.BIDDER, null, "the deal does not hold");
        }
        Map<Integer, ECPoint> shares = new TreeMap<>();
        for (Release release : releases) {
            if (!release.holds(context, deal)) {
                boolean known = release.index() >= 1
                        && release.index() <= context.openers().size();
                throw new SealBroken(
                        SealBroken.Fault.OPENER,
                        known ? context.openers().get(release.index() - 1).org() : null,
                        "the share of opener " + release.index() + " is not the one that was dealt");
            }
            if (shares.size() < context.threshold()) {
                shares.put(release.index(), release.point());
            }
        }
        if (shares.size() < context.threshold()) {
            throw new IllegalArgumentException("too few openers have released their shares");
        }
        try {
            return unpadded(underKey(false, combined(shares), context, ciphertext));
        } catch (IllegalArgumentException e) {
            throw new SealBroken(SealBroken.Fault.BIDDER, null, "it does not decrypt under the key that was dealt");
        }
    }

    /** The polynomial's beginning, times G, by Lagrange's interpolation. */
    private static ECPoint combined(Map<Integer, ECPoint> shares) {
        ECPoint sum = Curve.G.getCurve().getInfinity();
        for (Map.Entry<Integer, ECPoint> share : shares.entrySet()) {
            BigInteger factor = BigInteger.ONE;
            for (int other : shares.keySet()) {
                if (other != share.getKey()) {
                    BigInteger distance = BigInteger.valueOf((long) other - share.getKey());
                    factor = factor.multiply(BigInteger.valueOf(other))
                            .multiply(distance.mod(Curve.N).modInverse(Curve.N))
                            .mod(Curve.N);
                }
            }
            sum = sum.add(share.getValue().multiply(factor));
        }
        return sum.normalize();
    }

    /** One secret seals once: its nonce is derived like its key. */
    private static byte[] underKey(boolean seal, ECPoint secret, SealContext context, byte[] bytes) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
        hkdf.init(new HKDFParameters(Curve.encode(secret), null, Curve.sm3("key", context.bytes())));
        byte[] material = new byte[KEY + NONCE];
        hkdf.generateBytes(material, 0, material.length);
        byte[] key = Arrays.copyOf(material, KEY);
        return gcm(seal, key, Arrays.copyOfRange(material, KEY, KEY + NONCE), context.bytes(), bytes);
    }

    static byte[] gcm(boolean seal, byte[] key, byte[] nonce, byte[] associated, byte[] bytes) {
        GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(seal, new AEADParameters(new KeyParameter(key), TAG * 8, nonce, associated));
        byte[] out = new byte[cipher.getOutputSize(bytes.length)];
        int length = cipher.processBytes(bytes, 0, bytes.length, out, 0);
        try {
            cipher.doFinal(out, length);
            return out;
        } catch (InvalidCipherTextException e) {
            throw new IllegalArgumentException("does not decrypt", e);
        }
    }

    /** The length that is shown instead. */
    static long bucketed(long length) {
        return Math.max(1, (length + BUCKET - 1) / BUCKET) * BUCKET;
    }

    private static byte[] padded(byte[] content) {
        int length = Long.BYTES + content.length;
        return ByteBuffer.allocate((int) bucketed(length))
                .putLong(content.length)
                .put(content)
                .array();
    }

    private static byte[] unpadded(byte[] padded) {
        long length = padded.length < Long.BYTES ? -1 : ByteBuffer.wrap(padded).getLong();
        if (length < 0 || length > padded.length - Long.BYTES) {
            throw new IllegalArgumentException("wrong length");
        }
        byte[] content = Arrays.copyOfRange(padded, Long.BYTES, Long.BYTES + (int) length);
        if (!Arrays.equals(padded(content), padded)) {
            throw new IllegalArgumentException("wrong padding");
        }
        return content;
    }
}
