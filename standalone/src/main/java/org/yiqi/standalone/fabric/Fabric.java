package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yiqi.standalone.DataFolder;
import org.yiqi.standalone.StartupProblem;
import org.yiqi.standalone.Steps;
import org.yiqi.standalone.fabric.Organisation.Peer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./yiqi fabric}: a real Fabric network of several organisations on this machine. */
@Command(
        name = "./yiqi fabric",
        description = "A real Hyperledger Fabric network of four organisations on this machine, without Docker.",
        mixinStandardHelpOptions = true,
        subcommands = {
            Fabric.Up.class,
            Fabric.Down.class,
            Fabric.Status.class,
            Fabric.Logs.class,
            Fabric.AddOrganisation.class,
            Fabric.Pack.class
        })
public final class Fabric {

    private static final Path CLONE = Path.of(System.getProperty("yiqi.home", "."));
    private static final Path CONTRACT = FabricNetwork.contractOf(CLONE);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fabric())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem))
                .execute(arguments));
    }

    private static int explain(Exception problem) {
        if (problem instanceof StartupProblem) {
            System.err.println("yiqi: " + problem.getMessage());
        } else {
            System.err.println("yiqi: The command failed (" + problem + ").");
            problem.printStackTrace();
        }
        return 1;
    }

    /** Options that all commands have. */
    static final class Place {
        @Option(names = "--data", paramLabel = "DIR", description = "Folder of the network (default: .yiqi/fabric).")
        private Path folder = Path.of(".yiqi", "fabric");

        DataFolder open() {
            return DataFolder.open(folder, false);
        }

        FabricNetwork network() throws IOException, InterruptedException {
            return FabricNetwork.of(CLONE, folder.toAbsolutePath().normalize());
        }
    }

    /** Starts. */
    @Command(name = "up", description = "Starts the network, making it first if there is none.")
    static final class Up implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Option(
                names = "--ordering",
                paramLabel = "HOW",
                description = "raft1 (default), raft3, or bft: four orderers, one per organisation.")
        private @Nullable Ordering ordering;

        @Option(names = "--port", paramLabel = "N", description = "First of about 100 ports (default 7050).")
        private @Nullable Integer port;

        @Override
        public Integer call() throws Exception {
            Steps steps = new Steps(System.out);
            try (DataFolder data = place.open()) {
                steps.say("Starting Hyperledger Fabric on " + data.root());
                FabricNetwork network = FabricNetwork.up(CLONE, data, ordering, port, CONTRACT, steps);
                steps.say(String.format(
                        Locale.ROOT,
                        "%nThe network is ready after %.1f s (%s, %d organisations, %d peers).",
                        steps.total().toMillis() / 1000.0,
                        network.layout().ordering().text(),
                        network.layout().organisations().size(),
                        network.layout().peers().size()));
                steps.say("  For the platform   " + network.networkFile());
                steps.say("  For verifiers      " + data.resolve("trust"));
                steps.say("  Stop               ./yiqi fabric down");
            }
            return 0;
        }
    }

    /** Stops. */
    @Command(name = "down", description = "Stops all programs of the network; what was recorded is kept.")
    static final class Down implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Override
        public Integer call() throws Exception {
            try (DataFolder data = place.open()) {
                FabricNetwork.of(CLONE, data.root()).down();
            }
            System.out.println("The network is stopped.");
            return 0;
        }
    }

    /** Shows. */
    @Command(
            name = "status",
            description = "Shows each program, its address and its height; exit code 1 if one is down.")
    static final class Status implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Override
        public Integer call() throws Exception {
            FabricNetwork network = place.network();
            boolean allRun = true;
            for (Orderer orderer : network.layout().orderers()) {
                allRun &= line(network.nodes().daemon(orderer), orderer.address(), orderer.operationsPort());
            }
            for (Peer peer : network.layout().peers()) {
                allRun &= line(network.nodes().daemon(peer), peer.address(), peer.operationsPort());
            }
            for (Organisation org : network.layout().organisations()) {
                allRun &= line(
                        network.nodes().contract(org), "127.0.0.1:" + org.peer().contractPort(), 0);
            }
            if (allRun) {
                System.out.println("Trust anchors: " + network.writeTrust());
            }
            return allRun ? 0 : 1;
        }

        private static boolean line(Daemon daemon, String address, int operations)
                throws IOException, InterruptedException {
            Optional<ProcessHandle> process = daemon.process();
            OptionalLong height = operations == 0 || process.isEmpty()
                    ? OptionalLong.empty()
                    : Operations.gauge(operations, "ledger_blockchain_height");
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %-10s %-18s %s%n",
                    daemon.name(),
                    process.map(p -> "pid " + p.pid()).orElse("down"),
                    address,
                    height.isPresent() ? "height " + height.getAsLong() : "");
            return process.isPresent();
        }
    }

    /** Shows where to look. */
    @Command(name = "logs", description = "Says where each program writes its log.")
    static final class Logs implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Override
        public Integer call() throws Exception {
            for (Daemon daemon : place.network().nodes().all()) {
                System.out.printf(Locale.ROOT, "%-28s %s%n", daemon.name(), daemon.log());
            }
            return 0;
        }
    }

    /** Lets one more organisation in. */
    @Command(name = "add-org", description = "Adds an organisation with its own authority, peer and contract process.")
    static final class AddOrganisation implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Parameters(paramLabel = "NAME", description = "Small letters, digits and hyphens, for example union-hospital.")
        private String name = "";

        @Override
        public Integer call() throws Exception {
            try (DataFolder data = place.open()) {
                Steps steps = new Steps(System.out);
                FabricNetwork.of(CLONE, data.root()).add(name, steps);
            }
            return 0;
        }
    }

    /** For the organisations of a network that is not on this machine. */
    @Command(
            name = "package",
            description = "Writes the contract and the package that organisations install, and says its id.")
    static final class Pack implements Callable<Integer> {
        @Option(names = "--out", paramLabel = "DIR", description = "Where to write them (default: here).")
        private Path folder = Path.of(".");

        @Override
        public Integer call() throws Exception {
            Files.createDirectories(folder);
            Path jar = Files.copy(CONTRACT, folder.resolve("yiqi-contract.jar"), StandardCopyOption.REPLACE_EXISTING);
            ContractPackage contract = ContractPackage.of(jar);
            Path packed = folder.resolve("yiqi-contract.tar.gz");
            contract.write(packed);
            System.out.println("Contract      " + jar);
            System.out.println("Package       " + packed);
            System.out.println("Package id    " + contract.id());
            System.out.println("Version       " + contract.version());
            System.out.println("Hash of jar   " + contract.hash());
            return 0;
        }
    }
}
