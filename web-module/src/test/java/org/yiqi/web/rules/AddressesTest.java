package org.yiqi.web.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final Pattern ADDRESS = Pattern.compile("\"(/[a-z]+/[a-z/-]+)(?:\\?[a-zA-Z_=]*)?\"");

    private static List<String> in(Path file) {
        return ADDRESS.matcher(Sources.read(file))
                .results()
                .map((MatchResult m) -> m.group(1))
                .distinct()
                .toList();
    }

    @Test
    void everyPlaceAndEveryTaskLeadsToAPage() {
        List<String> addresses = Stream.of(
                        Sources.WEB_JAVA.resolve("org/yiqi/web/shell/Places.java"),
                        Sources.BUSINESS_JAVA.resolve("org/yiqi/insight/FigureQuery.java"),
                        Sources.BUSINESS_JAVA.resolve("org/yiqi/insight/TaskQuery.java"))
                .flatMap(file -> in(file).stream())
                .distinct()
                .toList();
        assertTrue(addresses.size() > 15, "the addresses are written in another way now: " + addresses);
        assertEquals(
                List.of(),
                addresses.stream()
                        .filter(address -> !Files.exists(Sources.PAGES.resolve(address.substring(1) + ".xhtml")))
                        .toList());
    }
}
