package org.yiqi.web.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class LangTest {

    @Test
    void theBrowsersFirstKnownLanguageWins() {
        assertEquals(Lang.ZH, Lang.accepted("zh-CN,zh;q=0.9,en;q=0.8"));
        assertEquals(Lang.EN, Lang.accepted("en-GB,en;q=0.9,zh;q=0.8"));
        assertEquals(Lang.ZH, Lang.accepted("fr;q=0.9,zh-TW;q=0.8,en;q=0.7"));
    }

    @Test
    void readersOfOtherLanguagesGetEnglish() {
        assertEquals(Lang.EN, Lang.accepted("de-DE,de;q=0.9"));
    }

    @Test
    void withoutAWishTheProductSpeaksChinese() {
        assertEquals(Lang.ZH, Lang.accepted(null));
        assertEquals(Lang.ZH, Lang.accepted(" "));
        assertEquals(Lang.ZH, Lang.accepted("not a; header,,,;q=x"));
    }

    @Test
    void onlyTheProductsLanguagesHaveATag() {
        assertEquals(Lang.EN, Lang.ofTag("EN"));
        assertEquals(Lang.ZH, Lang.ofTag("zh"));
        assertNull(Lang.ofTag("klingon"));
        assertNull(Lang.ofTag(null));
    }
}
