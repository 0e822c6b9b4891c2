package org.yiqi.maintenance;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/** A file that someone adds to an order: a photo or a PDF, judged by its bytes and not by its name. */
public final class Attachment {

    public static final int LARGEST = 8 * 1024 * 1024;
    private static final long MOST_PIXELS = 50_000_000L;

    private final String name;
    private final String mediaType;
    private final byte[] content;

    /**
     * @throws RuleViolation {@code maintenance.attachment-too-large}, {@code maintenance.attachment-kind},
     *     {@code maintenance.attachment-unsafe}
     */
    public Attachment(String name, byte[] content) {
        if (content.length == 0 || content.length > LARGEST) {
            throw new RuleViolation("maintenance.attachment-too-large", "A file has 1 byte to 8 MB")
                    .at("/photo", "1 byte to 8 MB");
        }
        String found = kind(content);
        if (found == null) {
            throw new RuleViolation("maintenance.attachment-kind", "A JPEG or PNG photo, or a PDF")
                    .at("/photo", "JPEG, PNG or PDF");
        }
        mediaType = found;
        this.content = content.clone();
        this.name = safe(name, found);
        if (found.startsWith("image/") && ImageSize.pixels(content, found) > MOST_PIXELS) {
            throw new RuleViolation("maintenance.attachment-unsafe", "The picture is too large or damaged")
                    .at("/photo", "at most 50 megapixels");
        }
    }

    public String name() {
        return name;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] content() {
        return content.clone();
    }

    private static @Nullable String kind(byte[] b) {
        if (starts(b, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (starts(b, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return "image/png";
        }
        return starts(b, '%', 'P', 'D', 'F', '-') ? "application/pdf" : null;
    }

    private static boolean starts(byte[] b, int... magic) {
        if (b.length < magic.length) {
            return false;
        }
        byte[] head = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            head[i] = (byte) magic[i];
        }
        return Arrays.equals(b, 0, magic.length, head, 0, magic.length);
    }

    /** Only the last part of the name, without control characters, ending as its kind does. */
    private static String safe(String name, String mediaType) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\"<>|:*?]", "").strip();
        String ending =
                switch (mediaType) {
                    case "image/jpeg" -> ".jpg";
                    case "image/png" -> ".png";
                    default -> ".pdf";
                };
        int dot = clean.lastIndexOf('.');
        String stem = dot > 0 ? clean.substring(0, dot) : clean;
        if (stem.isBlank()) {
            stem = "file";
        }
        return (stem.length() > 120 ? stem.substring(0, 120) : stem) + ending;
    }
}
