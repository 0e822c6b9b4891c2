package org.yiqi.web.shell;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language of the product. */
public enum Lang {
    ZH("zh-CN", "中文", Locale.SIMPLIFIED_CHINESE),
    EN("en", "English", Locale.ENGLISH);

    private final String tag;
    private final String label;
    private final Locale locale;

    Lang(String tag, String label, Locale locale) {
        this.tag = tag;
        this.label = label;
        this.locale = locale;
    }

    public String getTag() {
        return tag;
    }

    /** Its own name, as its speakers call it. */
    public String getName() {
        return label;
    }

    public Locale getLocale() {
        return locale;
    }

    /** The suffix of its message files. */
    String suffix() {
        return locale.toString();
    }

    static @Nullable Lang ofTag(@Nullable String tag) {
        for (Lang lang : values()) {
            if (lang.tag.equalsIgnoreCase(tag) || lang.locale.getLanguage().equalsIgnoreCase(tag)) {
                return lang;
            }
        }
        return null;
    }

    /** The first language of an Accept-Language header that the product has; English for readers of anything else. */
    public static Lang accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return ZH;
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(header)) {
                String language = range.getRange().split("-", 2)[0];
                Lang lang = ofTag(language);
                if (lang != null) {
                    return lang;
                }
            }
        } catch (IllegalArgumentException e) {
            return ZH;
        }
        return EN;
    }

    static List<Lang> all() {
        return List.of(values());
    }
}
