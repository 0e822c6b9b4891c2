package org.yiqi.standalone.fabric;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.yiqi.standalone.StartupProblem;
import org.yiqi.standalone.fabric.Organisation.Peer;

/**
 * Which contract the channel runs: each organisation installs the package on its peers and approves it, then it is
 * committed. A jar with other contents is a new contract and goes the same way with the next sequence number.
 */
final class ContractLifecycle {

    private static final String FILE = "contract.properties";
    /** The platform's own endorsement would prove nothing. */
    private static final String POLICY = "AND('RegulatorMSP.peer', OR('HospitalMSP.peer', 'SupplierMSP.peer'))";

    private final Layout layout;
    private final Commands commands;
    private final Path folder;

    ContractLifecycle(Layout layout, Commands commands) {
        this.layout = layout;
        this.commands = commands;
        folder = layout.root().resolve("contract");
    }

    /** A copy, since a jar that is built anew under a running process breaks it. */
    ContractPackage pack(Path jar) throws IOException {
        if (!Files.exists(jar)) {
            throw new StartupProblem("The contract is not built: run ./mvnw -pl ledger-chaincode -am package.");
        }
        Files.createDirectories(folder);
        String hash = ContractPackage.sha256(Files.readAllBytes(jar));
        Path own = folder.resolve("yiqi-contract-" + hash.substring(0, 16) + ".jar");
        if (!Files.exists(own)) {
            Files.copy(jar, own, StandardCopyOption.REPLACE_EXISTING);
        }
        return ContractPackage.of(own);
    }

    /** The jar that the channel runs now, or null before the first. */
    @Nullable
    Path current() throws IOException {
        String jar = kept().getProperty("jar");
        return jar == null ? null : folder.resolve(jar);
    }

    boolean runs(ContractPackage contract) throws IOException {
        return contract.hash().equals(kept().getProperty("hash"));
    }

    private Properties kept() throws IOException {
        Properties kept = new Properties();
        if (Files.exists(folder.resolve(FILE))) {
            try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
                kept.load(in);
            }
        }
        return kept;
    }

    private int sequence() throws IOException {
        return Integer.parseInt(kept().getProperty("sequence", "0"));
    }

    private Path file(ContractPackage contract) throws IOException {
        Path file = folder.resolve("yiqi-contract-" + contract.version() + ".tar.gz");
        contract.write(file);
        return file;
    }

    void install(Peer peer, ContractPackage contract) throws IOException, InterruptedException {
        Path file = file(contract);
        commands.asAdministrator(peer, "lifecycle", "chaincode", "install", file.toString());
    }

    void approve(Organisation organisation, ContractPackage contract, int sequence)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("lifecycle", "chaincode", "approveformyorg"));
        arguments.addAll(definition(contract, sequence));
        arguments.addAll(List.of("--package-id", contract.id()));
        commands.patiently(organisation.peer(), Identities.ADMINISTRATOR, arguments.toArray(String[]::new));
    }

    /** An organisation that joins later approves what runs already. */
    void approveCurrent(Organisation organisation, ContractPackage contract) throws IOException, InterruptedException {
        approve(organisation, contract, sequence());
    }

    private List<String> definition(ContractPackage contract, int sequence) {
        List<String> arguments = new ArrayList<>(commands.ordering());
        arguments.addAll(List.of(
                "--channelID",
                Layout.CHANNEL,
                "--name",
                ContractPackage.NAME,
                "--version",
                contract.version(),
                "--sequence",
                Integer.toString(sequence),
                "--signature-policy",
                POLICY));
        return arguments;
    }

    /** Makes this contract the channel's. */
    void commit(ContractPackage contract) throws Exception {
        int next = sequence() + 1;
        Parallel.each(layout.peers(), peer -> install(peer, contract));
        Parallel.each(layout.organisations(), org -> approve(org, contract, next));
        List<String> arguments = new ArrayList<>(List.of("lifecycle", "chaincode", "commit"));
        arguments.addAll(definition(contract, next));
        arguments.addAll(endorsers(layout.organisations()));
        commands.patiently(
                layout.organisation(Organisation.REGULATOR).peer(),
                Identities.ADMINISTRATOR,
                arguments.toArray(String[]::new));
        Properties kept = new Properties();
        kept.setProperty("hash", contract.hash());
        kept.setProperty("jar", String.valueOf(contract.jar().getFileName()));
        kept.setProperty("sequence", Integer.toString(next));
        try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
            kept.store(out, "The contract that the channel runs.");
        }
    }

    private static List<String> endorsers(List<Organisation> organisations) {
        List<String> arguments = new ArrayList<>();
        for (Organisation org : organisations) {
            arguments.addAll(List.of(
                    "--peerAddresses", org.peer().address(),
                    "--tlsRootCertFiles", org.tlsCaCertificate().toString()));
        }
        return arguments;
    }

    /** The regulator says, once, whose peer stands for the organisations that run none themselves. */
    void constitute() throws IOException, InterruptedException {
        invoke(call("constitute", constitution(layout).build().toString()));
    }

    /** What the regulator says, which verifiers need to know too. */
    static JsonObjectBuilder constitution(Layout layout) {
        String supplier = layout.organisation("supplier").msp();
        String hospital = layout.organisation("hospital").msp();
        String regulator = layout.organisation(Organisation.REGULATOR).msp();
        // Hosted by neither platform nor regulator: the platform itself is hosted by the suppliers' peer.
        Map<String, String> hosts = Map.of(
                "HOSPITAL", hospital,
                "SUPPLIER", supplier,
                "SERVICE", supplier,
                "RECYCLER", supplier,
                "CARRIER", supplier,
                "PLATFORM", supplier,
                "REGULATOR", regulator);
        JsonObjectBuilder names = Json.createObjectBuilder();
        hosts.keySet().stream().sorted().forEach(kind -> names.add(kind, hosts.get(kind)));
        return Json.createObjectBuilder().add("hosts", names).add("regulator", regulator);
    }

    private void invoke(String call) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("chaincode", "invoke"));
        arguments.addAll(commands.ordering());
        arguments.addAll(
                endorsers(List.of(layout.organisation(Organisation.REGULATOR), layout.organisation("hospital"))));
        arguments.addAll(List.of("-C", Layout.CHANNEL, "-n", ContractPackage.NAME, "--waitForEvent", "-c", call));
        commands.patiently(
                layout.organisation(Organisation.REGULATOR).peer(),
                Identities.CLIENT,
                arguments.toArray(String[]::new));
    }

    /** Asks a peer, which asks its contract process: when this answers, the peer can endorse. */
    String founding(Peer peer) throws IOException, InterruptedException {
        return commands.patiently(
                        peer,
                        Identities.CLIENT,
                        "chaincode",
                        "query",
                        "-C",
                        Layout.CHANNEL,
                        "-n",
                        ContractPackage.NAME,
                        "-c",
                        call("founding"))
                .trim();
    }

    private static String call(String function, String... arguments) {
        JsonArrayBuilder all = Json.createArrayBuilder().add(function);
        List.of(arguments).forEach(all::add);
        return Json.createObjectBuilder().add("Args", all).build().toString();
    }
}
