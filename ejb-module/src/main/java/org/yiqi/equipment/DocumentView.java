package org.yiqi.equipment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A photo or document of a unit or a model.
 *
 * @param sha256 of its content, in hexadecimal digits; empty once it was erased
 */
public record DocumentView(
        UUID id,
        DocumentKind kind,
        String name,
        String mediaType,
        long size,
        String sha256,
        UUID orgId,
        Instant createdAt,
        @Nullable Instant erasedAt) {

    /** Whether a page may show it as a picture. */
    public boolean picture() {
        return erasedAt == null && mediaType.startsWith("image/");
    }
}
