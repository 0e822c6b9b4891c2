package org.yiqi.tools.verify;

import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** What each check means, in a sentence, in the reader's language. */
final class CheckTexts {

    private final ResourceBundle texts;

    /** @param language {@code en} or {@code zh} */
    CheckTexts(String language) {
        this.texts = ResourceBundle.getBundle(
                "org.yiqi.tools.verify.checks_" + language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String text(String key) {
        try {
            return texts.getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
    }
}
