package org.yiqi.web.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path BAD = Path.of("src/test/resources/org/yiqi/web/rules/texts");

    @Test
    void everyTextIsInBothLanguagesWithTheSameParameters() {
        assertEquals("", String.join("\n", new Bundles(Sources.TEXTS).unequal()));
    }

    @Test
    void everyTextThatIsNamedExists() {
        Bundles bundles = new Bundles(Sources.TEXTS);
        List<String> unknown = Stream.of(
                        Sources.files(Sources.PAGES, ".xhtml"),
                        Sources.files(Sources.WEB_JAVA, ".java"),
                        Sources.files(Sources.BUSINESS_JAVA, ".java"))
                .flatMap(List::stream)
                .flatMap(file -> bundles.unknownIn(file, Sources.read(file)).stream())
                .distinct()
                .sorted()
                .toList();
        assertEquals("", String.join("\n", unknown));
    }

    @Test
    void badTextsAreCaught() {
        assertEquals(
                List.of(
                        "loans.due in loans/messages_en.properties is given twice",
                        "loans: loans.due has other parameters in the other language",
                        "loans: loans.empty is empty",
                        "loans: loans.only is missing in Chinese",
                        "loans: lonas.typo belongs to another area"),
                new Bundles(BAD).unequal());
    }

    @Test
    void unknownTextsAreCaught() {
        Bundles bundles = new Bundles(BAD);
        assertEquals(
                List.of("page.xhtml: loans.nowhere", "page.xhtml: other."),
                bundles.unknownIn(
                        Path.of("page.xhtml"),
                        "#{t['loans.due']} #{t['loans.nowhere']} #{t['other.'.concat(x)]} #{t['loans.'.concat(x)]}"));
        assertEquals(
                List.of("Loans.java: problem.loans.too-late"),
                bundles.unknownIn(Path.of("Loans.java"), "throw new Conflict(\"loans.too-late\", \"\");"));
    }
}
