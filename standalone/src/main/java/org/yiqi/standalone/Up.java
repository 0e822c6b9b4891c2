package org.yiqi.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.yiqi.standalone.fabric.FabricNetwork;
import org.yiqi.standalone.fabric.Ordering;
import org.yiqi.standalone.fabric.TimeAuthority;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./yiqi up}: starts everything in order, waits for the login page, and stops everything in the opposite order when
 * it is told to or when the application ends.
 */
@Command(
        name = "./yiqi up",
        description = "Starts the platform on this machine and waits until the login page answers.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Up implements Callable<Integer> {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger LOG = Logger.getLogger(Up.class.getName());

    @Option(names = "--port", paramLabel = "N", description = "HTTP port; all other ports move by the same distance.")
    private int port = Ports.DEFAULT_HTTP;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for everything that is kept (default: .yiqi).")
    private Path folder = Path.of(".yiqi");

    @Option(names = "--fresh", description = "Forget all kept data first.")
    private boolean fresh;

    @Option(names = "--no-demo", description = "Start empty, without the demo region and its accounts.")
    private boolean noDemo;

    @Option(
            names = "--fabric",
            description =
                    "Record acts on a Hyperledger Fabric network of four organisations instead of the local ledger.")
    private boolean fabric;

    @Option(
            names = "--grow-from",
            paramLabel = "HASH",
            description = "With --fabric: let this folder's local ledger, whose journal ends with that hash, grow up.")
    private @Nullable String growFrom;

    @Option(
            names = "--ordering",
            paramLabel = "HOW",
            description = "With --fabric: raft1 (default), raft3, or bft: four orderers, one per organisation.")
    private @Nullable Ordering ordering;

    private final Path home = Path.of(System.getProperty("yiqi.dist", "standalone/target/dist"));
    private final Path clone = Path.of(System.getProperty("yiqi.home", "."));
    private final Steps steps = new Steps(System.out);
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean stopping;

    public static void main(String[] arguments) {
        // What matters to the person is printed; everything else goes to the log file once there is a folder for it.
        for (Handler console : ROOT.getHandlers()) {
            ROOT.removeHandler(console);
        }
        System.exit(new CommandLine(new Up())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem))
                .execute(arguments));
    }

    private static int explain(Exception problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof StartupProblem sentence) {
            System.err.println("yiqi: " + sentence.getMessage());
        } else {
            System.err.println("yiqi: The start failed (" + cause + "): see logs/launcher.log in the data folder.");
        }
        LOG.log(Level.SEVERE, "start failed", cause);
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        Ports ports = Ports.forHttp(port);
        DataFolder data = keep(DataFolder.open(folder, fresh));
        // A launcher that was killed left its servers running, on the very ports that we need.
        Application.stopLeftBehind(data);
        Database.stopLeftBehind(data);
        ports.requireFree();
        logTo(data);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            return run(data, ports);
        } finally {
            stop();
        }
    }

    private int run(DataFolder data, Ports ports) throws Exception {
        steps.say("Starting Yiqi on " + data.root());
        Secrets secrets = Secrets.loadOrCreate(data.resolve("secrets.properties"));
        CompletableFuture<Void> broker = CompletableFuture.runAsync(() -> unchecked(
                () -> begin("Message broker (MQTT, AMQP)", () -> Foundations.startBroker(data, ports, secrets))));
        Database database = begin(
                "Database (PostgreSQL)",
                () -> Foundations.startDatabase(home, clone.resolve("config"), data, ports, secrets));
        broker.join();
        KeptLedger.of(database).require(fabric, growFrom);
        FabricNetwork network = fabric ? keep(startFabric(data, ports)) : null;
        Map<String, String> environment = Foundations.environment(Foundations.settings(data, ports, secrets, !noDemo));
        if (network != null) {
            environment.put("YIQI_LEDGER", "fabric");
            environment.put("YIQI_FABRIC_NETWORK", network.networkFile().toString());
            TimeAuthority time = begin(
                    "Time authority of the regulator",
                    () -> TimeAuthority.start(
                            data.resolve(DataFolder.FABRIC), ports.time(), TimeAuthority.toolsOf(clone)));
            environment.put("YIQI_TIME_AUTHORITIES", time.address());
            if (growFrom != null) {
                environment.put("YIQI_LEDGER_GROW_FROM", growFrom);
            }
        }
        Path war = Path.of(System.getProperty("yiqi.war", "web-module/target/web-module.war"))
                .toAbsolutePath();
        Application application = begin(
                "Application server process", () -> Application.start(home, war, data, ports, secrets, environment));
        if (!steps.step("Application to its login page", application::awaitLogin)) {
            steps.say("  The application runs but has no login page.");
        }
        if (!noDemo) {
            steps.step("Demo region", () -> application.awaitFile(data.resolve("demo-accounts.json")));
        }
        if (network != null) {
            // By now the ledger is founded, and its founding belongs to what verifiers trust.
            network.writeTrust();
        }
        welcome(data, ports, application);
        int exit = application.onExit().join();
        if (!stopping) {
            throw new StartupProblem("The application server ended by itself with exit code " + exit + ": see "
                    + application.log() + ".");
        }
        return 0;
    }

    /** Before the application, so that it does not compete with it for the processor. */
    private FabricNetwork startFabric(DataFolder data, Ports ports) throws Exception {
        try (DataFolder folder = DataFolder.open(data.resolve(DataFolder.FABRIC), fresh)) {
            return FabricNetwork.up(clone, folder, ordering, ports.fabric(), FabricNetwork.contractOf(clone), steps);
        }
    }

    private void welcome(DataFolder data, Ports ports, Application application) throws IOException {
        steps.say(String.format(
                Locale.ROOT, "%nYiqi is ready after %.1f s.", steps.total().toMillis() / 1000.0));
        steps.say("  Pages    http://localhost:" + ports.http() + "/  (https://localhost:" + ports.https()
                + "/ with a self-made certificate)");
        steps.say("  Devices  mqtt://localhost:" + ports.mqtt() + "  amqp://localhost:" + ports.amqp());
        steps.say(
                "  Logs     " + data.logs() + " (" + application.log().getFileName() + ", postgres.log, launcher.log)");
        if (fabric) {
            steps.say("  Ledger   Hyperledger Fabric, see ./yiqi fabric status --data "
                    + data.resolve(DataFolder.FABRIC));
        }
        if (!noDemo) {
            Path accounts = data.resolve("demo-accounts.json");
            DemoAccounts.table(accounts).forEach(steps::say);
        }
        steps.say("  Stop     Ctrl-C (data is kept in " + data.root() + ")");
    }

    /** Starts one part and remembers to stop it; what was started while the stop began is stopped at once. */
    private <T extends AutoCloseable> T begin(String what, Callable<T> start) throws Exception {
        return steps.step(what, () -> keep(start.call()));
    }

    private <T extends AutoCloseable> T keep(T part) throws Exception {
        synchronized (started) {
            if (!stopping) {
                started.push(part);
                return part;
            }
        }
        part.close();
        throw new StartupProblem("Stopped while starting.");
    }

    private void stop() {
        synchronized (started) {
            if (!stopping && started.size() > 1) {
                steps.say("Stopping Yiqi ...");
            }
            stopping = true;
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    LOG.log(Level.WARNING, "while stopping", e);
                }
            }
        }
    }

    private static void unchecked(Callable<?> action) {
        try {
            action.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void logTo(DataFolder data) throws IOException {
        FileHandler file = new FileHandler(data.newLog("launcher.log").toString());
        file.setFormatter(new SimpleFormatter());
        file.setEncoding("UTF-8");
        ROOT.addHandler(file);
    }
}
