package org.yiqi.equipment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** What a file is, by its content and never by its name. */
public final class FileContent {

    private static final long MOST_PIXELS = 50_000_000;

    private FileContent() {}

    /** The media type of what the platform keeps: PDF, PNG, JPEG, WebP; empty for anything else. */
    public static Optional<String> mediaType(byte[] content) {
        if (starts(content, "%PDF-")) {
            return Optional.of("application/pdf");
        }
        if (starts(content, "\u0089PNG\r\n\u001a\n")) {
            return picture(content, "image/png");
        }
        if (starts(content, "\u00ff\u00d8\u00ff")) {
            return picture(content, "image/jpeg");
        }
        boolean webp = starts(content, "RIFF") && content.length > 12 && starts(tail(content), "WEBP");
        return webp ? Optional.of("image/webp") : Optional.empty();
    }

    private static byte[] tail(byte[] content) {
        return Arrays.copyOfRange(content, 8, 12);
    }

    /** A picture whose size is not plausible would cost whoever opens it all their memory. */
    private static Optional<String> picture(byte[] content, String type) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<@Nullable ImageReader> readers = ImageIO.getImageReaders(in);
            ImageReader reader = readers.hasNext() ? readers.next() : null;
            if (reader == null) {
                return Optional.empty();
            }
            reader.setInput(in, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            reader.dispose();
            return pixels > 0 && pixels <= MOST_PIXELS ? Optional.of(type) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean starts(byte[] content, String latin1) {
        if (content.length < latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((content[i] & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
