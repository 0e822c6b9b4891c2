package org.yiqi.maintenance;

import java.nio.ByteBuffer;

/** Reads how large a picture is from its header, without unpacking it: a small file can unpack to gigabytes. */
final class ImageSize {

    private ImageSize() {}

    /** Width times height; {@link Long#MAX_VALUE} when the header cannot be read. */
    static long pixels(byte[] content, String mediaType) {
        return mediaType.equals("image/png") ? png(content) : jpeg(content);
    }

    private static long png(byte[] b) {
        if (b.length < 24 || b[12] != 'I' || b[13] != 'H' || b[14] != 'D' || b[15] != 'R') {
            return Long.MAX_VALUE;
        }
        ByteBuffer header = ByteBuffer.wrap(b);
        return product(header.getInt(16), header.getInt(20));
    }

    private static long jpeg(byte[] b) {
        int at = 2;
        while (at + 9 < b.length) {
            if ((b[at] & 0xFF) != 0xFF) {
                return Long.MAX_VALUE;
            }
            int marker = b[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            // Start of frame: all markers C0 to CF but the tables DHT, JPG and DAC.
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                ByteBuffer frame = ByteBuffer.wrap(b);
                return product(frame.getShort(at + 5) & 0xFFFF, frame.getShort(at + 7) & 0xFFFF);
            }
            int length = ((b[at + 2] & 0xFF) << 8) | (b[at + 3] & 0xFF);
            if (length < 2) {
                return Long.MAX_VALUE;
            }
            at += 2 + length;
        }
        return Long.MAX_VALUE;
    }

    private static long product(int width, int height) {
        return width <= 0 || height <= 0 ? Long.MAX_VALUE : (long) width * height;
    }
}
