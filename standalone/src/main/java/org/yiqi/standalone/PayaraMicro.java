package org.yiqi.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Payara Micro, unpacked once beside the distribution instead of into each data folder. So its classes have a fixed place, and
 * the JVM can keep them in an archive that halves the work of a start: the first run writes it as it ends, later ones use it.
 */
final class PayaraMicro {

    private static final String LAUNCHER = "launch-micro.jar";
    private static final int MINUTES_TO_UNPACK = 3;

    private final Path home;
    private final UnpackedApplication application;
    private final @Nullable Path archiveBeingMade;

    private PayaraMicro(Path home, UnpackedApplication application) {
        this.home = home;
        this.application = application;
        archiveBeingMade = Files.exists(archive())
                ? null
                : archive().resolveSibling(ProcessHandle.current().pid() + ".new");
    }

    static PayaraMicro prepare(Path distribution, UnpackedApplication application)
            throws IOException, InterruptedException {
        Path jar = distribution.resolve("payara-micro.jar").toAbsolutePath();
        Path home = distribution.resolve("payara-micro").toAbsolutePath();
        Path launcher = home.resolve(LAUNCHER);
        if (!Files.exists(launcher)
                || Files.getLastModifiedTime(launcher).compareTo(Files.getLastModifiedTime(jar)) < 0) {
            unpack(jar, home);
        }
        return new PayaraMicro(home, application);
    }

    private static void unpack(Path jar, Path home) throws IOException, InterruptedException {
        Path partial = home.resolveSibling(
                home.getFileName() + "-" + ProcessHandle.current().pid());
        Folders.delete(partial);
        Process unpacking = new ProcessBuilder(
                        java(),
                        "-jar",
                        jar.toString(),
                        "--nocluster",
                        "--rootdir",
                        partial.toString(),
                        "--outputlauncher")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!unpacking.waitFor(MINUTES_TO_UNPACK, TimeUnit.MINUTES) || !Files.exists(partial.resolve(LAUNCHER))) {
            unpacking.destroyForcibly();
            throw new StartupProblem("The application server could not be unpacked to " + partial
                    + ": is there enough space (100 MB) and may this user write there?");
        }
        Folders.delete(home);
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Another JVM cannot use the archive, nor can one with other libraries, so each has its own. */
    private Path archive() {
        return home.resolve(
                "classes-" + System.getProperty("java.runtime.version") + "-" + application.mark() + ".jsa");
    }

    /** Makes the folder anew in which the server keeps what it needs while it runs; nothing in it outlives a run. */
    void layOut(Path root) throws IOException {
        Folders.delete(root);
        for (String part : List.of("config", "docroot", "lib", "META-INF")) {
            Folders.copy(home.resolve(part), root.resolve(part));
        }
    }

    /** What the JVM must know beside its own options: the same as {@code -jar launch-micro.jar}, but for the folder. */
    List<String> jvmOptions() throws IOException {
        Path launcher = home.resolve(LAUNCHER);
        List<String> options = new ArrayList<>();
        try (JarFile jar = new JarFile(launcher.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            addEach(options, "--add-exports", manifest.getValue("Add-Exports"));
            addEach(options, "--add-opens", manifest.getValue("Add-Opens"));
        }
        options.add("-Xlog:cds*=error");
        options.add(
                archiveBeingMade == null
                        ? "-XX:SharedArchiveFile=\"" + archive() + "\""
                        : "-XX:ArchiveClassesAtExit=\"" + archiveBeingMade + "\"");
        options.add("-Dfish.payara.micro.BootJar=\"" + launcher.toUri() + "\"");
        options.add("-Dfish.payara.micro.UnpackDir=\"" + home + "\"");
        String classPath = Stream.concat(Stream.of(launcher), application.libraries().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        options.add("-cp \"" + classPath + "\"");
        return options;
    }

    private static void addEach(List<String> options, String option, @Nullable String packages) {
        if (packages != null) {
            for (String one : packages.trim().split("\\s+")) {
                options.add(option + "=" + one + "=ALL-UNNAMED");
            }
        }
    }

    static String mainClass() {
        return "fish.payara.micro.impl.PayaraMicroImpl";
    }

    boolean makesArchive() {
        return archiveBeingMade != null;
    }

    /** After the end of a run that wrote the archive; a run that was killed wrote none or a part, which is dropped. */
    void keepArchive(boolean endedByItself) throws IOException {
        if (archiveBeingMade != null && Files.exists(archiveBeingMade)) {
            if (endedByItself) {
                Files.move(archiveBeingMade, archive(), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(archiveBeingMade);
            }
        }
    }
}
