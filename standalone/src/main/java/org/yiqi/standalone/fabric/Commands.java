package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yiqi.standalone.StartupProblem;
import org.yiqi.standalone.fabric.Organisation.Peer;

/** Fabric's own commands, run as somebody; what they say goes to {@code logs/commands.log}. */
final class Commands {

    private static final int SECONDS = 120;

    private final Layout layout;
    private final Programs programs;
    private final Nodes nodes;
    private final Path log;

    Commands(Layout layout, Programs programs, Nodes nodes) {
        this.layout = layout;
        this.programs = programs;
        this.nodes = nodes;
        log = layout.root().resolve("logs").resolve("commands.log");
    }

    /** Runs {@code peer …} as an organisation's administrator, against one of its peers. */
    String asAdministrator(Peer peer, String... arguments) throws IOException, InterruptedException {
        return peer(peer, Identities.ADMINISTRATOR, arguments);
    }

    /** Runs {@code peer …} as an organisation's client. */
    String asClient(Peer peer, String... arguments) throws IOException, InterruptedException {
        return peer(peer, Identities.CLIENT, arguments);
    }

    private String peer(Peer peer, String user, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.path("peer")));
        command.addAll(List.of(arguments));
        return run(command, nodes.client(peer, peer.organisation().msp(user)));
    }

    /** Like {@link #asAdministrator}, again while the peers do not know of each other yet or an orderer is not ready. */
    String patiently(Peer peer, String user, String... arguments) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return peer(peer, user, arguments);
            } catch (StartupProblem notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                Thread.sleep(500);
            }
        }
    }

    /** How commands reach the ordering service. */
    List<String> ordering() {
        Orderer orderer = layout.orderers().get(0);
        return List.of(
                "-o",
                orderer.address(),
                "--tls",
                "--cafile",
                orderer.tls("ca.pem").toString());
    }

    void joinOrdering(Orderer orderer, Path genesis) throws IOException, InterruptedException {
        run(
                List.of(
                        programs.path("osnadmin"),
                        "channel",
                        "join",
                        "--channelID",
                        Layout.CHANNEL,
                        "--config-block",
                        genesis.toString(),
                        "-o",
                        "127.0.0.1:" + orderer.adminPort(),
                        "--ca-file",
                        orderer.tls("ca.pem").toString(),
                        "--client-cert",
                        orderer.tls("server.pem").toString(),
                        "--client-key",
                        orderer.tls("server.key").toString()),
                Map.of());
    }

    String configtxgen(Path settings, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(programs.path("configtxgen"), "-configPath", settings.toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of("FABRIC_CFG_PATH", settings.toString()));
    }

    void configtxlator(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.path("configtxlator")));
        command.addAll(List.of(arguments));
        run(command, Map.of());
    }

    private String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path out = Files.createTempFile(layout.root().resolve("run"), "command", ".out");
        Path err = Files.createTempFile(layout.root().resolve("run"), "command", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(layout.root().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(err, StandardCharsets.UTF_8);
            note(command, said);
            if (!ended || process.waitFor() != 0) {
                throw new StartupProblem(String.format(
                        Locale.ROOT,
                        "%s %s failed: %s (more in %s).",
                        Path.of(command.get(0)).getFileName(),
                        String.join(" ", command.subList(1, Math.min(4, command.size()))),
                        lastLine(said + Files.readString(out, StandardCharsets.UTF_8)),
                        log));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String lastLine(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it did not say why" : lines.get(lines.size() - 1);
    }

    private synchronized void note(List<String> command, String said) throws IOException {
        Files.writeString(
                log,
                String.join(" ", command) + "\n" + said + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
