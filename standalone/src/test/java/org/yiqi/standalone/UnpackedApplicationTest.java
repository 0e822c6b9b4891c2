package org.yiqi.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedApplicationTest {

    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aLibraryWithNothingForTheContainerLiesOutsideAndOneWithBeansInside() throws IOException {
        UnpackedApplication application = UnpackedApplication.of(war("plain.jar", "beans.jar"), folder);
        assertEquals(
                List.of("plain.jar"),
                application.libraries().stream()
                        .map(library -> library.getFileName().toString())
                        .toList());
        assertTrue(Files.exists(application.libraries().get(0)));
        assertTrue(Files.exists(application.folder().resolve("WEB-INF/lib/beans.jar")));
        assertFalse(Files.exists(application.folder().resolve("WEB-INF/lib/plain.jar")));
        assertEquals("app", application.folder().getFileName().toString());
    }

    @Test
    void aSecondStartFindsWhatTheFirstUnpacked() throws IOException {
        Path war = war("plain.jar");
        UnpackedApplication first = UnpackedApplication.of(war, folder);
        Path page = first.folder().resolve("index.xhtml");
        Files.writeString(page, "kept");
        assertEquals(first, UnpackedApplication.of(war, folder));
        assertEquals("kept", Files.readString(page));
    }

    @Test
    void anotherLibraryHasAnotherMark() throws IOException {
        UnpackedApplication one = UnpackedApplication.of(war("plain.jar"), folder);
        UnpackedApplication two = UnpackedApplication.of(war("plain.jar", "other.jar"), folder);
        assertNotEquals(one.mark(), two.mark());
        assertTrue(Files.exists(one.folder()), "it may still run");
    }

    private Path war(String... libraries) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of("index.xhtml", TEXT));
        for (String library : libraries) {
            String inside = library.startsWith("beans") ? "META-INF/beans.xml" : "a/B.class";
            files.put("WEB-INF/lib/" + library, zip(Map.of(inside, TEXT)));
        }
        return Files.write(folder.resolve("app.war"), zip(files));
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
