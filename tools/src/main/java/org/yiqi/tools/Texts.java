package org.yiqi.tools;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** A command's sentences in the reader's language. */
public final class Texts {

    private final ResourceBundle texts;

    /**
     * @param bundle where the sentences are, without language
     * @param language {@code en} or {@code zh}
     */
    public Texts(String bundle, String language) {
        this.texts = ResourceBundle.getBundle(
                bundle + "_" + language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** What the machine's own language is, of those that there are texts in. */
    public static String ownLanguage() {
        return Locale.getDefault().getLanguage().equals("zh") ? "zh" : "en";
    }

    public String text(String key) {
        return textOr(key, key);
    }

    /** For keys that come from elsewhere, such as a type of act from a newer platform. */
    public String textOr(String key, String otherwise) {
        try {
            return texts.getString(key);
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }

    /** A sentence with {@code {0}}, {@code {1}} filled in. */
    public String format(String key, Object... values) {
        return new MessageFormat(text(key), Locale.ROOT).format(values);
    }
}
