package org.yiqi.tools.simulate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: gets a secret for each unit by the API and lets it publish over MQTT until it is stopped. */
@Command(
        name = "simulate",
        description = {
            "A fleet of devices that publish to a running platform over MQTT, each with its own credential.",
            "Faults: mri-cooling (the chiller of the first MRI fails), ct-tube-ageing (the tube of the first CT)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Simulate implements Callable<Integer> {

    private static final int DEFAULT_PORT = 8080;
    private static final int LOWEST = 1024;
    private static final int RANGE = 64512;
    private static final long TICK_MILLIS = 10;
    private static final long MOST_IN_FLIGHT = 20_000;

    @Option(names = "--devices", paramLabel = "N", description = "How many devices (default ${DEFAULT-VALUE}).")
    private int devices = 10;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Messages a second of each device (default ${DEFAULT-VALUE}).")
    private double rate = 1;

    @Option(names = "--fault", paramLabel = "NAME", description = "mri-cooling or ct-tube-ageing.")
    private @Nullable String faultName;

    @Option(names = "--unit", paramLabel = "ID", description = "Simulate this unit; may be repeated.")
    private List<String> unitIds = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "S", description = "Stop after so long (default: when told to).")
    private long seconds = Long.MAX_VALUE;

    @Option(names = "--port", paramLabel = "N", description = "The platform's HTTP port (default ${DEFAULT-VALUE}).")
    private int port = DEFAULT_PORT;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The platform's address (default http://localhost:PORT).")
    private @Nullable URI url;

    @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            description = "The broker's MQTT address (default: as --port says).")
    private @Nullable String broker;

    @Option(names = "--data", paramLabel = "DIR", description = "The platform's data folder, for its demo accounts.")
    private Path data = Path.of(".yiqi");

    @Option(names = "--username", description = "Someone of the custodian's equipment department.")
    private @Nullable String username;

    @Option(names = "--password", description = "That person's password.")
    private @Nullable String password;

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopping;

    @Override
    public Integer call() throws Exception {
        if (devices < 1 || rate <= 0 || seconds < 1) {
            throw new IllegalArgumentException("--devices, --rate and --seconds must be greater than 0.");
        }
        Fault fault = Fault.named(faultName);
        Platform platform = new Platform(url == null ? URI.create("http://localhost:" + port) : url);
        List<Device> fleet = fleet(platform, fault);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping = true;
            try {
                main.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        connect(fleet);
        System.out.printf(
                Locale.ROOT,
                "%d devices connected, %.1f messages a second each%s. Ctrl-C stops.%n",
                fleet.size(),
                rate,
                fault == null ? "" : ", fault " + fault.label());
        publish(fleet);
        CompletableFuture.allOf(fleet.stream().map(Device::disconnect).toArray(CompletableFuture[]::new))
                .exceptionally(gone -> null)
                .join();
        return failed.get() == 0 ? 0 : 1;
    }

    private static void connect(List<Device> fleet) throws IOException {
        try {
            CompletableFuture.allOf(fleet.stream().map(Device::connect).toArray(CompletableFuture[]::new))
                    .orTimeout(120, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IOException("The broker did not let all devices in: does it run, and is its address right?", e);
        }
    }

    private List<Device> fleet(Platform platform, @Nullable Fault fault) throws IOException, InterruptedException {
        String[] address = brokerAddress();
        int brokerPort = Integer.parseInt(address[1]);
        List<Device> fleet = new ArrayList<>();
        boolean faultGiven = fault == null;
        for (Platform.Account account : accounts()) {
            if (fleet.size() >= wanted()) {
                break;
            }
            String token = platform.signIn(account);
            for (Platform.SimulatedUnit unit : units(platform, token, fault, faultGiven)) {
                if (fleet.size() >= wanted()) {
                    break;
                }
                Optional<String> secret = platform.secret(token, unit.id());
                if (secret.isPresent()) {
                    boolean struck =
                            !faultGiven && fault != null && unit.category().equals(fault.category());
                    faultGiven |= struck;
                    DeviceModel model = new DeviceModel(
                            unit.category(), struck ? fault : null, unit.id().hashCode());
                    fleet.add(new Device(unit.id(), secret.get(), model, address[0], brokerPort));
                    if (struck) {
                        System.out.println("Fault " + faultName + " befalls unit " + unit.id());
                    }
                }
            }
        }
        if (fleet.isEmpty()) {
            throw new IOException("No unit can be simulated: no account is the custodian of one.");
        }
        if (!faultGiven && fault != null) {
            throw new IOException("No " + fault.category() + " is among the simulated units, so " + fault.label()
                    + " has nobody to befall.");
        }
        return fleet;
    }

    private int wanted() {
        return unitIds.isEmpty() ? devices : unitIds.size();
    }

    private List<Platform.Account> accounts() throws IOException {
        if (username != null && password != null) {
            return List.of(new Platform.Account(username, password));
        }
        return Platform.equipmentDepartments(data.resolve("demo-accounts.json"));
    }

    /** The kind that the fault befalls comes first, then the kinds in turn, so that a small fleet is mixed. */
    private List<Platform.SimulatedUnit> units(
            Platform platform, String token, @Nullable Fault fault, boolean faultGiven)
            throws IOException, InterruptedException {
        if (!unitIds.isEmpty()) {
            List<Platform.SimulatedUnit> named = new ArrayList<>();
            for (String id : unitIds) {
                platform.unit(token, id).ifPresent(named::add);
            }
            return named;
        }
        Map<String, List<Platform.SimulatedUnit>> byKind = new HashMap<>();
        int longest = 0;
        for (String category : DeviceModel.CATEGORIES) {
            List<Platform.SimulatedUnit> ofKind = platform.units(token, category);
            byKind.put(category, ofKind);
            longest = Math.max(longest, ofKind.size());
        }
        List<Platform.SimulatedUnit> mixed = new ArrayList<>();
        if (fault != null && !faultGiven) {
            byKind.getOrDefault(fault.category(), List.of()).stream().limit(3).forEach(mixed::add);
        }
        for (int i = 0; i < longest; i++) {
            for (String category : DeviceModel.CATEGORIES) {
                List<Platform.SimulatedUnit> ofKind = byKind.getOrDefault(category, List.of());
                if (i < ofKind.size() && !mixed.contains(ofKind.get(i))) {
                    mixed.add(ofKind.get(i));
                }
            }
        }
        return mixed;
    }

    private String[] brokerAddress() {
        if (broker == null) {
            // The launcher moves all ports by the same distance, wrapping around within the valid range.
            int mqtt = LOWEST + Math.floorMod(1883 + port - DEFAULT_PORT - LOWEST, RANGE);
            return new String[] {"localhost", String.valueOf(mqtt)};
        }
        String[] parts = broker.split(":", 2);
        if (parts.length != 2 || !parts[1].matches("\\d{1,5}")) {
            throw new IllegalArgumentException("--broker is HOST:PORT, for example localhost:1883.");
        }
        return parts;
    }

    private void publish(List<Device> fleet) throws InterruptedException {
        long began = System.nanoTime();
        long due = 0;
        long reported = 0;
        while (!stopping) {
            double elapsed = (System.nanoTime() - began) / 1e9;
            if (elapsed >= seconds) {
                break;
            }
            long target = (long) (elapsed * rate * fleet.size());
            while (due < target && published.get() - confirmed.get() - failed.get() < MOST_IN_FLIGHT) {
                fleet.get((int) (due++ % fleet.size())).publish(elapsed, this::count);
                published.incrementAndGet();
            }
            if (elapsed - reported >= 5) {
                reported = (long) elapsed;
                report(elapsed);
            }
            Thread.sleep(TICK_MILLIS);
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (confirmed.get() + failed.get() < published.get() && System.nanoTime() < patience && !stopping) {
            Thread.sleep(TICK_MILLIS);
        }
        report((System.nanoTime() - began) / 1e9);
    }

    private void count(boolean safe) {
        (safe ? confirmed : failed).incrementAndGet();
    }

    private void report(double elapsed) {
        System.out.printf(
                Locale.ROOT,
                "%6.0f s  %d published, %d safe at the broker, %d failed, %.0f messages a second%n",
                elapsed,
                published.get(),
                confirmed.get(),
                failed.get(),
                confirmed.get() / Math.max(elapsed, 0.1));
    }
}
