package org.yiqi.contract.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {

    private final SealedTender tender = new SealedTender("file");
    private final byte[] key = key();
    private final SealedFile file = new SealedFile(key, tender.context, 0);

    private byte[] key() {
        byte[] key = new byte[SealedFile.KEY];
        tender.random.nextBytes(key);
        return key;
    }

    private byte[] content(int size) {
        byte[] content = new byte[size];
        tender.random.nextBytes(content);
        return content;
    }

    private static byte[] seal(SealedFile file, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String digest = file.seal(new ByteArrayInputStream(content), out);
        assertEquals(digest, SealedFile.digest(new ByteArrayInputStream(out.toByteArray())));
        return out.toByteArray();
    }

    private static byte[] open(SealedFile file, byte[] sealed, long size) throws IOException, SealBroken {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.open(new ByteArrayInputStream(sealed), size, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_048_575, 1_048_576, 1_048_577, 3_145_728, 3_200_001})
    void everyLengthComesBackAndIsToldInBuckets(int size) throws IOException, SealBroken {
        byte[] content = content(size);
        byte[] sealed = seal(file, content);
        assertEquals(SealedFile.sealedSize(size), sealed.length);
        assertArrayEquals(content, open(file, sealed, size));
    }

    @Test
    void chunksCannotBeSwappedLeftOutCutOffOrAdded() throws IOException {
        int chunk = SealedFile.CHUNK + 16;
        byte[] sealed = seal(file, content(3 * SealedFile.CHUNK));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, chunk, chunk);
        System.arraycopy(sealed, chunk, swapped, 0, chunk);
        byte[] shortened = Arrays.copyOfRange(sealed, chunk, sealed.length);
        byte[] cut = Arrays.copyOf(sealed, 2 * chunk);
        byte[] longer = Arrays.copyOf(sealed, sealed.length + chunk);
        for (byte[] wrong : new byte[][] {swapped, shortened, cut, longer, new byte[0]}) {
            assertThrows(SealBroken.class, () -> open(file, wrong, 3L * SealedFile.CHUNK));
        }
    }

    @Test
    void aFileOfAnotherEnvelopeOrPlaceDoesNotOpen() throws IOException {
        byte[] sealed = seal(file, content(10));
        SealedFile moved = new SealedFile(key, new SealedTender("another").context, 0);
        assertThrows(SealBroken.class, () -> open(moved, sealed, 10));
        assertThrows(SealBroken.class, () -> open(new SealedFile(key, tender.context, 1), sealed, 10));
    }

    @Test
    void theLengthInsideTheEnvelopeMustBeTrue() throws IOException {
        byte[] sealed = seal(file, content(100_000));
        for (long size : new long[] {-1, 0, 99_999, 131_073, 100_000L + SealedFile.CHUNK}) {
            assertThrows(SealBroken.class, () -> open(file, sealed, size));
        }
    }

    @Test
    void aHundredMebibytesPassThroughFewBuffers() throws IOException {
        long size = 100L * SealedFile.CHUNK;
        Counting out = new Counting();
        file.seal(new Zeros(size), out);
        assertEquals(SealedFile.sealedSize(size), out.count);
        assertTrue(out.largest <= SealedFile.CHUNK + 16, "written in pieces of " + out.largest);
    }

    private static final class Zeros extends InputStream {
        private long rest;

        Zeros(long size) {
            rest = size;
        }

        @Override
        public int read() {
            return rest-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            int now = (int) Math.min(length, rest);
            rest -= now;
            Arrays.fill(bytes, from, from + now, (byte) 0);
            return rest == 0 && now == 0 ? -1 : now;
        }
    }

    private static final class Counting extends OutputStream {
        private long count;
        private int largest;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count += length;
            largest = Math.max(largest, length);
        }
    }
}
