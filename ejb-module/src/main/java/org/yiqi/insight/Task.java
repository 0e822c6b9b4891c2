package org.yiqi.insight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for the person.
 *
 * @param key what is to be done; its text is {@code insight.task.<key>}
 * @param subject what it is about: a device, an order, an organisation
 * @param otherZh the other side, in Chinese; empty where there is none
 * @param dueAt until when, or null
 * @param path where it is done
 */
public record Task(
        String key,
        String subject,
        String otherZh,
        String otherEn,
        @Nullable Instant dueAt,
        String path) {

    public String other(String language) {
        return language.startsWith("zh") ? otherZh : otherEn;
    }
}
