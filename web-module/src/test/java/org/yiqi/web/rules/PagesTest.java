package org.yiqi.web.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {

    @Test
    void noPageHoldsWhatThePolicyBlocks() {
        List<Path> pages = Sources.files(Sources.PAGES, ".xhtml");
        assertFalse(pages.isEmpty());
        assertEquals(
                "",
                String.join(
                        "\n",
                        pages.stream()
                                .flatMap(p -> PageRules.broken(p.toString(), Sources.read(p)).stream())
                                .toList()));
    }

    @Test
    void aBadPageIsCaughtOnEveryCount() {
        Path bad = Path.of("src/test/resources/org/yiqi/web/rules/bad.xhtml");
        List<String> found = PageRules.broken("bad.xhtml", Sources.read(bad));
        assertEquals(
                List.of(
                        "bad.xhtml:4 f:ajax kills PrimeFaces widgets: use p:ajax",
                        "bad.xhtml:5 inline script: put it into a file",
                        "bad.xhtml:6 inline script: put it into a file",
                        "bad.xhtml:7 javascript: address",
                        "bad.xhtml:8 unescaped output",
                        "bad.xhtml:9 inline handler on a plain element",
                        "bad.xhtml:10 inline style sheet",
                        "bad.xhtml:11 view parameters are read only within f:metadata in the page itself",
                        "bad.xhtml:12 a namespace of no library here: its tags would reach the browser as they stand, and do nothing"),
                found);
    }
}
