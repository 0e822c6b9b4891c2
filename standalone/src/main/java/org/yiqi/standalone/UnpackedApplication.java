package org.yiqi.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The application as the server likes it: unpacked once instead of at every start, and with the libraries in which the container
 * has nothing to find on the server's own class path. The server reads every class of what lies in an application for
 * annotations, which took a sixth of a start; and the JVM keeps classes of its class path in its archive, others not.
 *
 * @param folder what is deployed
 * @param libraries for the server's class path, in a fixed order
 * @param mark changes with the libraries
 */
record UnpackedApplication(Path folder, List<Path> libraries, String mark) {

    private static final String LIBRARIES = "WEB-INF/lib/";

    /** Which libraries lie outside. */
    private static final String LIST = "WEB-INF/libraries-outside.txt";

    /** What builds before the last ones left is deleted when nothing can run from it any more. */
    private static final Duration KEPT = Duration.ofDays(2);

    static UnpackedApplication of(Path war, Path distribution) throws IOException {
        Path all = Files.createDirectories(distribution.resolve("applications"));
        String name = war.getFileName().toString().replaceFirst("\\.war$", "");
        Path build = all.resolve(mark(Files.getLastModifiedTime(war) + " " + Files.size(war)));
        Path folder = build.resolve(name);
        Path list = folder.resolve(LIST);
        if (!Files.exists(list)) {
            unpack(war, all, folder);
        }
        List<String> names = Files.readAllLines(list);
        String mark = names.isEmpty()
                ? "no-libraries"
                : names.get(0).substring(0, names.get(0).indexOf('/'));
        forgetOld(all, List.of(build, all.resolve(mark)));
        return new UnpackedApplication(folder, names.stream().map(all::resolve).toList(), mark);
    }

    private static void unpack(Path war, Path all, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            List<ZipEntry> inside = entries(zip);
            List<ZipEntry> outside = new ArrayList<>();
            StringBuilder contents = new StringBuilder();
            for (ZipEntry entry : inside) {
                if (entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar") && isPlain(zip, entry)) {
                    outside.add(entry);
                    contents.append(entry.getName()).append(entry.getCrc());
                }
            }
            Path libraries = all.resolve("libraries-" + mark(contents.toString()));
            if (!outside.isEmpty()) {
                unpack(zip, outside, libraries, LIBRARIES, null);
            }
            inside.removeAll(outside);
            List<String> list = outside.stream()
                    .map(entry ->
                            libraries.getFileName() + "/" + entry.getName().substring(LIBRARIES.length()))
                    .sorted()
                    .toList();
            unpack(zip, inside, folder, "", list);
        }
    }

    /** Beans, pages, fragments, initialisers and persistence units are found in an application only. */
    private static boolean isPlain(ZipFile zip, ZipEntry library) throws IOException {
        try (JarInputStream jar = new JarInputStream(zip.getInputStream(library))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                String name = entry.getName();
                if (name.equals("META-INF/beans.xml")
                        || name.equals("META-INF/persistence.xml")
                        || name.equals("META-INF/web-fragment.xml")
                        || name.startsWith("META-INF/resources/")
                        || name.startsWith("META-INF/services/jakarta.")
                        || name.endsWith("faces-config.xml")
                        || name.endsWith(".taglib.xml")
                        || name.startsWith("org/yiqi/")) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<ZipEntry> entries(ZipFile zip) {
        List<ZipEntry> all = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
            all.add(e.nextElement());
        }
        return all;
    }

    /** Whoever comes first moves it to its place whole; several starts at once do no harm. */
    private static void unpack(
            ZipFile zip, List<ZipEntry> entries, Path target, String without, @Nullable List<String> list)
            throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Path partial = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid());
        Folders.delete(partial);
        Files.createDirectories(partial);
        for (ZipEntry entry : entries) {
            Path file =
                    partial.resolve(entry.getName().substring(without.length())).normalize();
            if (!file.startsWith(partial)) {
                throw new StartupProblem("The application's file names " + entry.getName() + " outside of itself.");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        if (list != null) {
            Path listed = partial.resolve(LIST);
            Files.createDirectories(listed.getParent());
            Files.write(listed, list);
        }
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            Folders.delete(partial);
        }
    }

    private static void forgetOld(Path all, List<Path> kept) throws IOException {
        Instant before = Instant.now().minus(KEPT);
        List<Path> old;
        try (Stream<Path> folders = Files.list(all)) {
            old = folders.filter(f -> !kept.contains(f)).toList();
        }
        for (Path folder : old) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                Folders.delete(folder);
            }
        }
    }

    private static String mark(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
