package org.yiqi.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Where the built product is, and a folder for what the benchmarks need for a while. */
record Workplace(Path home) {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"/>
            """;

    Path folder(String name) throws IOException {
        return Files.createDirectories(
                home.resolve("benchmarks/target/work").resolve(name).toAbsolutePath());
    }

    Path application() {
        return home.resolve("web-module/target/web-module.war").toAbsolutePath();
    }

    Path distribution() {
        return home.resolve("standalone/target/dist").toAbsolutePath();
    }

    Path launcher() {
        return home.resolve("standalone/target/standalone.jar").toAbsolutePath();
    }

    /** A web application with nothing in it. */
    Path emptyWar() throws IOException {
        Path war = folder("wars").resolve("empty.war");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(war))) {
            add(out, "WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
        }
        return war;
    }

    /** A web application with one resource that answers a constant. */
    Path bareWar() throws IOException {
        Path war = folder("wars").resolve("bare.war");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(war))) {
            add(out, "WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
            // By name, not by class: loading them here would need the server's libraries.
            for (String name : new String[] {"BareApplication", "BareResource"}) {
                String path = "org/yiqi/benchmarks/bare/" + name + ".class";
                try (var bytes = Workplace.class.getClassLoader().getResourceAsStream(path)) {
                    if (bytes == null) {
                        throw new IOException(path + " is not on the class path");
                    }
                    add(out, "WEB-INF/classes/" + path, bytes.readAllBytes());
                }
            }
        }
        return war;
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
