package org.yiqi.web.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PreferencesTest {

    @Test
    void choosingALanguageNeverLeavesTheSite() {
        assertEquals("/login", Preferences.ownPath("/login"));
        assertEquals("/", Preferences.ownPath("/"));
        assertEquals("/elsewhere.example/", Preferences.ownPath("//elsewhere.example/"));
        assertEquals("/elsewhere.example", Preferences.ownPath("/\\\\elsewhere.example"));
    }
}
