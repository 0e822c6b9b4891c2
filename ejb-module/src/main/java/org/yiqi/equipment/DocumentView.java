package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;

/** A photo or document of a unit or a model; {@code sha256} is that of its content, in hexadecimal digits. */
public record DocumentView(
        UUID id,
        DocumentKind kind,
        String name,
        String mediaType,
        long size,
        String sha256,
        UUID orgId,
        Instant createdAt) {

    /** Whether a page may show it as a picture. */
    public boolean picture() {
        return mediaType.startsWith("image/");
    }
}
