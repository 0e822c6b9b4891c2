package org.yiqi.insight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for the person.
 *
 * @param key what is to be done; its text is {@code insight.task.<key>}
 * @param subject the number or code of what it is about
 * @param nameZh the name of what it is about, in Chinese: a device, an organisation
 * @param otherZh the other side, in Chinese; empty where there is none
 * @param dueAt until when, or null
 * @param path where it is done
 */
public record Task(
        String key,
        String subject,
        String nameZh,
        String nameEn,
        String otherZh,
        String otherEn,
        @Nullable Instant dueAt,
        String path) {

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }

    public String other(String language) {
        return language.startsWith("zh") ? otherZh : otherEn;
    }
}
