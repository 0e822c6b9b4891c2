package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.yiqi.standalone.DataFolder;
import org.yiqi.standalone.StartupProblem;
import org.yiqi.standalone.Steps;
import org.yiqi.standalone.fabric.Organisation.Peer;

/**
 * The network of one data folder. It is made by the first start, and from then on started and stopped with everything that
 * it recorded. Its programs run on when the command that started them has ended.
 */
public final class FabricNetwork implements AutoCloseable {

    /** Where the network begins to listen unless told otherwise; it takes about a hundred ports from there. */
    public static final int DEFAULT_PORT = 7050;

    private final Layout layout;
    private final Nodes nodes;
    private final Commands commands;
    private final ContractLifecycle lifecycle;
    private final NetworkFile file;
    private boolean startedHere;

    private FabricNetwork(Layout layout, Programs programs, Path clone) {
        this.layout = layout;
        nodes = new Nodes(layout, programs, clone);
        commands = new Commands(layout, programs, nodes);
        lifecycle = new ContractLifecycle(layout, commands);
        file = new NetworkFile(layout);
    }

    /** The contract as it is built in a clone. */
    public static Path contractOf(Path clone) {
        return clone.resolve("ledger-chaincode/target/yiqi-contract.jar").toAbsolutePath();
    }

    /**
     * Starts the network of a folder, making it if there is none.
     *
     * @param clone where {@code config/} is
     * @param jar the contract; other contents than before are installed, approved and committed as its next version
     * @param ordering how to order, or null for what is there; a network keeps the ordering that it was made with
     */
    public static FabricNetwork up(
            Path clone, DataFolder data, @Nullable Ordering ordering, @Nullable Integer port, Path jar, Steps steps)
            throws Exception {
        Programs programs = steps.step("Fabric's programs", () -> Programs.find(clone));
        Path root = data.root();
        Files.createDirectories(root.resolve("run"));
        boolean fresh = !Layout.exists(root);
        Layout layout = fresh
                ? Layout.create(root, ordering == null ? Ordering.RAFT1 : ordering, port == null ? DEFAULT_PORT : port)
                : Layout.load(root);
        requireSame(layout, ordering, port);
        FabricNetwork network = new FabricNetwork(layout, programs, clone);
        network.requireFreePorts();
        if (fresh) {
            steps.step("Organisations, keys and channel", network::make);
        }
        network.startNodes(steps, fresh, jar);
        return network;
    }

    /** The network of a folder as it is, running or not. */
    static FabricNetwork of(Path clone, Path root) throws IOException, InterruptedException {
        if (!Layout.exists(root)) {
            throw new StartupProblem("There is no network in " + root + ": start one with ./yiqi fabric up.");
        }
        return new FabricNetwork(Layout.load(root), Programs.find(clone), clone);
    }

    private static void requireSame(Layout layout, @Nullable Ordering ordering, @Nullable Integer port) {
        if ((ordering != null && ordering != layout.ordering()) || (port != null && port != layout.port())) {
            throw new StartupProblem("The network in " + layout.root() + " was made with --ordering "
                    + layout.ordering().text() + " --port " + layout.port()
                    + ": start it so, or make another with its own --data DIR.");
        }
    }

    private void requireFreePorts() throws IOException {
        for (Peer peer : layout.peers()) {
            if (!nodes.daemon(peer).runs()) {
                requireFree(peer.name(), peer.port(), peer.port() + 1, peer.operationsPort());
            }
        }
        for (Organisation org : layout.organisations()) {
            if (!nodes.contract(org).runs()) {
                for (Peer peer : org.peers()) {
                    requireFree("the contract of " + org.name(), peer.contractPort());
                }
            }
        }
        for (Orderer orderer : layout.orderers()) {
            if (!nodes.daemon(orderer).runs()) {
                requireFree(orderer.name(), orderer.port(), orderer.adminPort(), orderer.operationsPort());
            }
        }
    }

    private void requireFree(String user, int... ports) {
        for (int port : ports) {
            if (Operations.listens(port)) {
                throw new StartupProblem(
                        "Port " + port + ", needed for " + user
                                + ", is in use: stop what listens there, or make a network elsewhere with --data DIR --port N.");
            }
        }
    }

    private Path genesis() {
        return layout.root().resolve("genesis.block");
    }

    private Void make() throws Exception {
        nodes.writeSettings();
        for (Organisation org : layout.organisations()) {
            Identities.create(org, layout);
        }
        Files.writeString(nodes.settings().resolve("configtx.yaml"), new ChannelConfiguration(layout).yaml());
        commands.configtxgen(
                nodes.settings(),
                "-profile",
                ChannelConfiguration.PROFILE,
                "-channelID",
                Layout.CHANNEL,
                "-outputBlock",
                genesis().toString());
        return null;
    }

    private void startNodes(Steps steps, boolean fresh, Path jar) throws Exception {
        startedHere = nodes.all().stream().noneMatch(FabricNetwork::runs);
        nodes.writeSettings();
        ContractPackage wanted = lifecycle.pack(jar);
        steps.step("Orderers, peers and contract processes", () -> {
            for (Orderer orderer : layout.orderers()) {
                nodes.start(orderer);
            }
            for (Peer peer : layout.peers()) {
                nodes.start(peer);
            }
            replaceContracts(wanted);
            awaitProcesses();
            return null;
        });
        if (fresh) {
            steps.step("Channel", () -> {
                Parallel.each(layout.orderers(), orderer -> commands.joinOrdering(orderer, genesis()));
                Parallel.each(layout.peers(), this::join);
                return null;
            });
            layout.save();
        }
        steps.step("Orderers and peers know each other", () -> {
            awaitOrdering();
            awaitPeers();
            return null;
        });
        boolean first = lifecycle.current() == null;
        if (!lifecycle.runs(wanted)) {
            steps.step(first ? "Contract approved" : "Contract upgraded", () -> {
                lifecycle.commit(wanted);
                if (first) {
                    lifecycle.constitute();
                }
                return null;
            });
        }
        steps.step("Contract answers on every peer", () -> {
            Parallel.each(layout.peers(), lifecycle::founding);
            return null;
        });
        file.write(wanted);
        writeTrust();
    }

    private static boolean runs(Daemon daemon) {
        try {
            return daemon.runs();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** A contract process of an older jar makes room for the new one. */
    private void replaceContracts(ContractPackage wanted) throws IOException {
        if (lifecycle.current() != null && !lifecycle.runs(wanted)) {
            List<CompletableFuture<Void>> stopping = new ArrayList<>();
            for (Organisation org : layout.organisations()) {
                stopping.add(nodes.contract(org).stop());
            }
            stopping.forEach(CompletableFuture::join);
        }
        for (Organisation org : layout.organisations()) {
            nodes.startContract(org, wanted);
        }
    }

    private void awaitProcesses() throws IOException, InterruptedException {
        for (Orderer orderer : layout.orderers()) {
            Operations.await(
                    orderer.name(),
                    nodes.daemon(orderer),
                    () -> Operations.isHealthy(orderer.operationsPort()) && Operations.listens(orderer.adminPort()));
        }
        for (Peer peer : layout.peers()) {
            Operations.await(
                    peer.name(),
                    nodes.daemon(peer),
                    () -> Operations.isHealthy(peer.operationsPort()) && Operations.listens(peer.port()));
        }
        for (Organisation org : layout.organisations()) {
            for (Peer peer : org.peers()) {
                Operations.await(
                        "the contract of " + org.name(),
                        nodes.contract(org),
                        () -> Operations.listens(peer.contractPort()));
            }
        }
    }

    private void join(Peer peer) throws IOException, InterruptedException {
        commands.patiently(
                peer,
                Identities.ADMINISTRATOR,
                "channel",
                "join",
                "-b",
                genesis().toString());
    }

    /** Whatever is sent to a Raft group without a leader is refused; a Byzantine one says so itself. */
    private void awaitOrdering() throws IOException, InterruptedException {
        if (layout.ordering() == Ordering.BFT) {
            return;
        }
        Orderer first = layout.orderers().get(0);
        Operations.await("a leader among the orderers", nodes.daemon(first), () -> {
            for (Orderer orderer : layout.orderers()) {
                if (Operations.gauge(orderer.operationsPort(), "consensus_etcdraft_is_leader")
                                .orElse(0)
                        == 1) {
                    return true;
                }
            }
            return false;
        });
    }

    private void awaitPeers() throws IOException, InterruptedException {
        int others = layout.peers().size() - 1;
        for (Peer peer : layout.peers()) {
            Operations.await(
                    peer.name() + " to know the other peers",
                    nodes.daemon(peer),
                    () -> Operations.gauge(peer.operationsPort(), "gossip_membership_total_peers_known")
                                    .orElse(0)
                            >= others);
        }
    }

    /** What the platform is told: see {@link NetworkFile}. */
    public Path networkFile() {
        return layout.root().resolve(NetworkFile.NAME);
    }

    /** Writes the trust anchors anew; the founding is among them as soon as the regulator's peer has it. */
    public Path writeTrust() throws IOException, InterruptedException {
        ContractPackage contract = ContractPackage.of(currentJar());
        String founding =
                lifecycle.founding(layout.organisation(Organisation.REGULATOR).peer());
        return file.writeTrust(contract, founding);
    }

    private Path currentJar() throws IOException {
        Path jar = lifecycle.current();
        if (jar == null) {
            throw new StartupProblem("The network in " + layout.root()
                    + " never came up: remove the folder and start again with ./yiqi fabric up.");
        }
        return jar;
    }

    /** Lets an organisation in and starts its peer and contract process. */
    void add(String name, Steps steps) throws Exception {
        List<Organisation> members = layout.organisations();
        Organisation newcomer = layout.add(name);
        requireFreePorts();
        ContractPackage contract = ContractPackage.of(currentJar());
        steps.step("Keys of " + name, () -> {
            Identities.create(newcomer, layout);
            return null;
        });
        steps.step("A majority admits " + newcomer.msp(), () -> {
            new NewMember(layout, commands).admit(newcomer, members);
            layout.save();
            return null;
        });
        steps.step("Peer and contract process", () -> {
            nodes.start(newcomer.peer());
            nodes.startContract(newcomer, contract);
            awaitProcesses();
            join(newcomer.peer());
            awaitPeers();
            return null;
        });
        steps.step("Contract approved by " + name, () -> {
            lifecycle.install(newcomer.peer(), contract);
            lifecycle.approveCurrent(newcomer, contract);
            lifecycle.founding(newcomer.peer());
            return null;
        });
        file.write(contract);
        writeTrust();
    }

    Layout layout() {
        return layout;
    }

    Nodes nodes() {
        return nodes;
    }

    /** Stops all programs: first the contracts, then peers, then orderers. Nothing recorded is lost. */
    public void down() throws IOException {
        List<CompletableFuture<Void>> stopping = new ArrayList<>();
        for (Daemon daemon : nodes.all()) {
            stopping.add(daemon.stop());
        }
        stopping.forEach(CompletableFuture::join);
    }

    /** For a launcher: stops what it started, and leaves a network alone that ran before. */
    @Override
    public void close() throws IOException {
        if (startedHere) {
            down();
        }
    }
}
