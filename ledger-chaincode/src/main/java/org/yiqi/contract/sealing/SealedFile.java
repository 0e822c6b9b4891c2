package org.yiqi.contract.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * A large attachment in chunks under a key of its own, which is inside the envelope. Each chunk knows its place and whether it is the
 * last: none can be left out, swapped or cut off. However large the file, only one chunk of it is in memory.
 */
public final class SealedFile {

    public static final int KEY = 16;
    /** Of content; the ciphertext has a tag more. */
    public static final int CHUNK = 1024 * 1024;

    private final byte[] key;
    private final byte[] associated;

    /**
     * @param key 16 random bytes, used for this file alone
     * @param context of the envelope that it belongs to
     * @param index which of the envelope's files it is, from 0
     */
    public SealedFile(byte[] key, SealContext context, int index) {
        this.key = key.clone();
        this.associated = Curve.sm3("attachment", context.bytes(), Curve.number(index));
    }

    /** How long the sealed form of so many bytes is. */
    public static long sealedSize(long size) {
        long padded = Envelope.bucketed(size);
        return padded + (padded + CHUNK - 1) / CHUNK * Envelope.TAG;
    }

    /** Seals all that comes; answers the digest of the sealed form, see {@link #digest}. */
    public String seal(InputStream in, OutputStream out) throws IOException {
        Digest digest = new Digest();
        byte[] next = in.readNBytes(CHUNK);
        for (long i = 0; ; i++) {
            byte[] chunk = next;
            next = chunk.length < CHUNK ? new byte[0] : in.readNBytes(CHUNK);
            boolean last = next.length == 0;
            int padded = (int) Envelope.bucketed(chunk.length);
            byte[] sealed = Envelope.gcm(true, key, nonce(i, last), associated, Arrays.copyOf(chunk, padded));
            digest.add(sealed);
            out.write(sealed);
            if (last) {
                return digest.hex();
            }
        }
    }

    /**
     * Writes the content as far as it is authentic.
     *
     * @param size of the content, from inside the envelope
     * @throws SealBroken that the bidder sealed something else; the digest has been compared before
     */
    public void open(InputStream in, long size, OutputStream out) throws IOException, SealBroken {
        if (size < 0) {
            throw broken("it has no length");
        }
        long rest = size;
        byte[] next = in.readNBytes(CHUNK + Envelope.TAG);
        for (long i = 0; ; i++) {
            byte[] sealed = next;
            next = in.readNBytes(CHUNK + Envelope.TAG);
            boolean last = next.length == 0;
            byte[] chunk;
            try {
                chunk = Envelope.gcm(false, key, nonce(i, last), associated, sealed);
            } catch (IllegalArgumentException e) {
                throw broken("chunk " + i + " does not decrypt");
            }
            int length = (int) Math.min(rest, chunk.length);
            long padded = Envelope.bucketed(length);
            boolean zeros = Arrays.equals(Arrays.copyOf(Arrays.copyOf(chunk, length), chunk.length), chunk);
            rest -= length;
            if (padded != chunk.length || !zeros || last != (rest == 0)) {
                throw broken("it is not as long as the envelope says");
            }
            out.write(chunk, 0, length);
            if (last) {
                return;
            }
        }
    }

    /** SM3 over the length and the SM3 of each chunk: so one chunk can be checked alone. */
    public static String digest(InputStream sealed) throws IOException {
        Digest digest = new Digest();
        byte[] chunk = sealed.readNBytes(CHUNK + Envelope.TAG);
        while (chunk.length > 0) {
            digest.add(chunk);
            chunk = sealed.readNBytes(CHUNK + Envelope.TAG);
        }
        return digest.hex();
    }

    private static final class Digest {
        private final SM3Digest chunks = new SM3Digest();
        private long size;

        void add(byte[] chunk) {
            byte[] one = Curve.sm3(chunk);
            chunks.update(one, 0, one.length);
            size += chunk.length;
        }

        String hex() {
            byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(size).array();
            byte[] all = new byte[chunks.getDigestSize()];
            chunks.doFinal(all, 0);
            return Curve.hex(Curve.sm3("file", length, all));
        }
    }

    private static byte[] nonce(long chunk, boolean last) {
        return ByteBuffer.allocate(12).putLong(chunk).putInt(last ? 1 : 0).array();
    }

    private static SealBroken broken(String message) {
        return new SealBroken(SealBroken.Fault.BIDDER, null, message);
    }
}
