package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.yiqi.standalone.StartupProblem;

/**
 * A program that keeps running when the one that started it has ended. A file remembers which process it is, with the
 * moment of its start, so that another process that later has the same number is never mistaken for it.
 */
final class Daemon {

    private static final int SECONDS_TO_STOP = 15;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String name;
    private final Path pidFile;
    private final Path log;

    Daemon(String name, Path root) {
        this.name = name;
        pidFile = root.resolve("run").resolve(name + ".pid");
        log = root.resolve("logs").resolve(name + ".log");
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String[] noted = Files.readString(pidFile).trim().split(" ");
        return ProcessHandle.of(Long.parseLong(noted[0]))
                .filter(process -> started(process).equals(noted[1]));
    }

    boolean runs() throws IOException {
        return process().isPresent();
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("-");
    }

    /** Starts it unless it runs. */
    void start(List<String> command, Map<String, String> environment, Path folder) throws IOException {
        if (runs()) {
            return;
        }
        Files.createDirectories(pidFile.getParent());
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> apart = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // A Ctrl-C in the terminal is for the launcher, which stops things in their order.
            apart.add(SETSID.toString());
        }
        apart.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(apart)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Files.writeString(pidFile, process.pid() + " " + started(process.toHandle()) + "\n");
    }

    void requireRunning() throws IOException {
        if (!runs()) {
            throw new StartupProblem(name + " ended: see " + log + "." + lastWords());
        }
    }

    private String lastWords() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return System.lineSeparator()
                + String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** Asks it to end, and ends it if it does not listen. */
    CompletableFuture<Void> stop() throws IOException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            Files.deleteIfExists(pidFile);
            return CompletableFuture.completedFuture(null);
        }
        process.get().destroy();
        return process.get()
                .onExit()
                .completeOnTimeout(process.get(), SECONDS_TO_STOP, TimeUnit.SECONDS)
                .thenCompose(ended -> {
                    ended.destroyForcibly();
                    return ended.onExit();
                })
                .thenAccept(ended -> pidFile.toFile().delete());
    }
}
