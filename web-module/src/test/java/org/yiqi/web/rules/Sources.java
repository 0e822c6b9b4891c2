package org.yiqi.web.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the rules look at; tests run in the module's folder. */
final class Sources {

    static final Path PAGES = Path.of("src/main/webapp");
    static final Path TEXTS = Path.of("src/main/resources/org/yiqi/web");
    static final Path WEB_JAVA = Path.of("src/main/java");
    static final Path BUSINESS_JAVA = Path.of("../ejb-module/src/main/java");

    private Sources() {}

    static List<Path> files(Path root, String suffix) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
