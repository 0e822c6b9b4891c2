package org.yiqi.system.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yiqi.standalone.Folders;

/** A network started the way a user starts it, with {@code ./yiqi fabric}. */
public final class FabricRun implements AutoCloseable {

    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
    /** The first start on a machine builds Fabric. */
    private static final int MINUTES_TO_START = 45;

    private final Path data;

    private FabricRun(Path data) {
        this.data = data;
    }

    /** A fresh network; ports as in {@link org.yiqi.system.Platform#LOWEST_PORT}. */
    public static FabricRun start(String name, int port, String ordering) {
        FabricRun run = new FabricRun(CLONE.resolve("system-tests/target").resolve(name));
        try {
            if (Files.exists(run.data)) {
                run.command("down");
                Folders.delete(run.data);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run.expect("up", "--ordering", ordering, "--port", String.valueOf(port));
        return run;
    }

    /** Has a running network write its trust folder anew; whether all its parts run is another matter. */
    public static void status(Path data) {
        new FabricRun(data).command("status");
    }

    public Path data() {
        return data;
    }

    public String expect(String action, String... options) {
        String said = command(action, options);
        String exit = said.substring(said.lastIndexOf('\n') + 1);
        assertEquals("0", exit, said);
        return said;
    }

    /** What the command said; the last line is its exit code. */
    String command(String action, String... options) {
        try {
            List<String> command = new ArrayList<>(
                    List.of(CLONE.resolve("yiqi").toString(), "fabric", action, "--data", data.toString()));
            command.addAll(List.of(options));
            Path out = Files.createTempFile("yiqi-fabric", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(CLONE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(MINUTES_TO_START, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            String said = Files.readString(out);
            Files.delete(out);
            return said + "\n" + process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fabric's own {@code peer chaincode invoke} as the regulator, as it was called when the network was constituted. */
    public void invokeAsRegulator(String function, String... arguments) throws IOException, InterruptedException {
        String constituted = Files.readString(data.resolve("logs/commands.log"))
                .lines()
                .filter(line -> line.contains(" chaincode invoke "))
                .findFirst()
                .orElseThrow();
        List<String> command = new ArrayList<>(
                List.of(constituted.substring(0, constituted.indexOf(" -c ")).split(" ")));
        JsonArrayBuilder all = Json.createArrayBuilder().add(function);
        List.of(arguments).forEach(all::add);
        command.addAll(List.of(
                "-c", Json.createObjectBuilder().add("Args", all).build().toString()));
        Path regulator = data.resolve("organisations/regulator");
        Path out = data.resolve("logs/invoke.log");
        ProcessBuilder peer =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        peer.environment()
                .putAll(Map.of(
                        "FABRIC_CFG_PATH", data.resolve("config").toString(),
                        "CORE_PEER_LOCALMSPID", "RegulatorMSP",
                        "CORE_PEER_MSPCONFIGPATH",
                                regulator.resolve("client/msp").toString(),
                        "CORE_PEER_ADDRESS", command.get(command.indexOf("--peerAddresses") + 1),
                        "CORE_PEER_TLS_ENABLED", "true",
                        "CORE_PEER_TLS_ROOTCERT_FILE", command.get(command.indexOf("--tlsRootCertFiles") + 1)));
        assertEquals(0, peer.start().waitFor(), () -> {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** {@code kill -9} of one of the network's programs, such as {@code peer0.hospital}. */
    public void kill(String program) throws IOException {
        String pid =
                Files.readString(data.resolve("run").resolve(program + ".pid")).split(" ")[0];
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        expect("down");
    }
}
