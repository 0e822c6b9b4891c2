package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.yiqi.standalone.Folders;
import org.yiqi.standalone.StartupProblem;

/**
 * Fabric's own programs and their standard settings: from {@code FABRIC_BIN}, from the {@code PATH}, from the cache, or
 * built by the Go client from the module proxy, once for each version of {@code config/fabric/binaries/go.sum}.
 */
record Programs(Path bin, Path settings) {

    private static final List<String> NAMES = List.of("peer", "orderer", "configtxgen", "osnadmin", "configtxlator");
    private static final List<String> SETTINGS = List.of("core.yaml", "orderer.yaml");
    private static final String MODULE = "github.com/hyperledger/fabric";
    private static final String RELEASE = "v3.1.1";
    private static final int MINUTES_TO_BUILD = 40;

    static Programs find(Path clone) throws IOException, InterruptedException {
        String chosen = System.getenv("FABRIC_BIN");
        if (chosen != null && !chosen.isBlank()) {
            return official(Path.of(chosen))
                    .orElseThrow(() -> new StartupProblem("FABRIC_BIN is " + chosen + ", but there are not all of "
                            + NAMES + " and beside them config/core.yaml: unpack a release of Hyperledger Fabric 3.1"
                            + " and set FABRIC_BIN to its bin folder."));
        }
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            Optional<Programs> found = folder.isEmpty() ? Optional.empty() : official(Path.of(folder));
            if (found.isPresent()) {
                return found.get();
            }
        }
        Path source = clone.resolve("config/fabric/binaries").toAbsolutePath();
        Path cached = cache().resolve(hash(source.resolve("go.sum")));
        if (!isComplete(cached, cached.resolve("config"))) {
            build(source, cached);
        }
        return new Programs(cached, cached.resolve("config"));
    }

    /** An unpacked release has {@code bin} and {@code config} side by side. */
    private static Optional<Programs> official(Path bin) {
        @Nullable Path parent = bin.toAbsolutePath().getParent();
        Path settings = parent == null ? bin : parent.resolve("config");
        return isComplete(bin, settings) ? Optional.of(new Programs(bin, settings)) : Optional.empty();
    }

    private static boolean isComplete(Path bin, Path settings) {
        return NAMES.stream().allMatch(name -> Files.isExecutable(bin.resolve(name)))
                && SETTINGS.stream().allMatch(name -> Files.isReadable(settings.resolve(name)));
    }

    private static Path cache() {
        String chosen = System.getenv("XDG_CACHE_HOME");
        Path base = chosen == null || chosen.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(chosen);
        return base.resolve("yiqi/fabric").toAbsolutePath();
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void build(Path source, Path cached) throws IOException, InterruptedException {
        String go = go();
        Files.createDirectories(cached.getParent());
        Path work = Files.createTempDirectory(cached.getParent(), "building-");
        try {
            // In a copy: the build may note checksums of another operating system in go.sum.
            for (String file : List.of("go.mod", "go.sum")) {
                Files.copy(source.resolve(file), work.resolve(file));
            }
            List<String> command = new ArrayList<>(List.of(
                    go,
                    "build",
                    "-mod=mod",
                    "-trimpath",
                    "-o",
                    work + "/bin/",
                    "-ldflags",
                    "-s -w -X " + MODULE + "/common/metadata.Version=" + RELEASE));
            NAMES.forEach(name -> command.add(MODULE + "/cmd/" + name));
            Files.createDirectories(work.resolve("bin"));
            run(work, command);
            Path sample = Path.of(run(work, List.of(go, "list", "-mod=mod", "-m", "-f", "{{.Dir}}", MODULE))
                            .trim())
                    .resolve("sampleconfig");
            Files.createDirectories(work.resolve("bin/config"));
            for (String file : SETTINGS) {
                Files.copy(sample.resolve(file), work.resolve("bin/config").resolve(file));
            }
            Folders.delete(cached);
            Files.move(work.resolve("bin"), cached, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(work);
        }
    }

    private static String go() {
        List<String> candidates = new ArrayList<>();
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            candidates.add(folder + "/go");
        }
        candidates.add("/usr/local/go/bin/go");
        candidates.add("/opt/homebrew/bin/go");
        return candidates.stream()
                .filter(path -> Files.isExecutable(Path.of(path)) && !Files.isDirectory(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new StartupProblem("Hyperledger Fabric is not here and cannot be built without Go:"
                        + " install Go 1.24 or newer (https://go.dev/dl), or unpack a release of Fabric 3.1 and set"
                        + " FABRIC_BIN to its bin folder."));
    }

    private static String run(Path work, List<String> command) throws IOException, InterruptedException {
        Path log = work.resolveSibling("build.log");
        Path out = work.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new StartupProblem("Fabric's programs could not be built: see " + log
                    + ". The first build needs the network, 1 GB of disk and a few minutes.");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    String path(String name) {
        return bin.resolve(name).toString();
    }
}
