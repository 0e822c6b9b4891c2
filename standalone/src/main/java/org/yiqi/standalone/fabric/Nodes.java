package org.yiqi.standalone.fabric;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yiqi.standalone.fabric.Organisation.Peer;

/** The long-running programs of a network and the settings that each of them needs. */
final class Nodes {

    private static final String CONNECTION = "YIQI_CONTRACT_CONNECTION";

    private final Layout layout;
    private final Programs programs;
    private final Path builder;
    private final Path root;

    /** @param clone where {@code config/} is */
    Nodes(Layout layout, Programs programs, Path clone) {
        this.layout = layout;
        this.programs = programs;
        builder = clone.resolve("config/fabric/builder/bin");
        root = layout.root();
    }

    Daemon daemon(Peer peer) {
        return new Daemon(peer.name(), root);
    }

    Daemon daemon(Orderer orderer) {
        return new Daemon(orderer.name(), root);
    }

    Daemon contract(Organisation organisation) {
        return new Daemon("contract." + organisation.name(), root);
    }

    List<Daemon> all() {
        List<Daemon> all = new ArrayList<>();
        layout.organisations().forEach(org -> all.add(contract(org)));
        layout.peers().forEach(peer -> all.add(daemon(peer)));
        layout.orderers().forEach(orderer -> all.add(daemon(orderer)));
        return all;
    }

    Path settings() {
        return root.resolve("config");
    }

    /** Fabric's standard settings without Docker, and the external builder. */
    void writeSettings() throws IOException {
        Files.createDirectories(settings());
        String core = Files.readString(programs.settings().resolve("core.yaml"));
        Files.writeString(settings().resolve("core.yaml"), core.replace("unix:///var/run/docker.sock", ""));
        Files.copy(
                programs.settings().resolve("orderer.yaml"),
                settings().resolve("orderer.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Path own = Files.createDirectories(settings().resolve("builder/bin"));
        for (String script : List.of("detect", "build", "release")) {
            Path copy = Files.copy(builder.resolve(script), own.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    void start(Orderer orderer) throws IOException {
        Map<String, String> env = new LinkedHashMap<>();
        Path msp = orderer.folder().resolve("msp");
        Path data = root.resolve("data").resolve(orderer.name());
        String certificate = orderer.tls("server.pem").toString();
        String key = orderer.tls("server.key").toString();
        String authority = orderer.tls("ca.pem").toString();
        env.put("FABRIC_CFG_PATH", settings().toString());
        env.put("FABRIC_LOGGING_SPEC", "warn:orderer.consensus=info");
        env.put("ORDERER_GENERAL_LISTENADDRESS", "127.0.0.1");
        env.put("ORDERER_GENERAL_LISTENPORT", Integer.toString(orderer.port()));
        env.put("ORDERER_GENERAL_LOCALMSPID", orderer.organisation().msp());
        env.put("ORDERER_GENERAL_LOCALMSPDIR", msp.toString());
        env.put("ORDERER_GENERAL_TLS_ENABLED", "true");
        env.put("ORDERER_GENERAL_TLS_CERTIFICATE", certificate);
        env.put("ORDERER_GENERAL_TLS_PRIVATEKEY", key);
        env.put("ORDERER_GENERAL_TLS_ROOTCAS", "[" + authority + "]");
        env.put("ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE", certificate);
        env.put("ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY", key);
        env.put("ORDERER_FILELEDGER_LOCATION", data.toString());
        env.put("ORDERER_CONSENSUS_WALDIR", data.resolve("wal").toString());
        env.put("ORDERER_CONSENSUS_SNAPDIR", data.resolve("snapshots").toString());
        env.put("ORDERER_CHANNELPARTICIPATION_ENABLED", "true");
        env.put("ORDERER_ADMIN_LISTENADDRESS", "127.0.0.1:" + orderer.adminPort());
        env.put("ORDERER_ADMIN_TLS_ENABLED", "true");
        env.put("ORDERER_ADMIN_TLS_CERTIFICATE", certificate);
        env.put("ORDERER_ADMIN_TLS_PRIVATEKEY", key);
        env.put("ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED", "true");
        env.put("ORDERER_ADMIN_TLS_CLIENTROOTCAS", "[" + authority + "]");
        env.put("ORDERER_OPERATIONS_LISTENADDRESS", "127.0.0.1:" + orderer.operationsPort());
        env.put("ORDERER_METRICS_PROVIDER", "prometheus");
        daemon(orderer).start(List.of(programs.path("orderer")), env, root);
    }

    void start(Peer peer) throws IOException {
        Files.createDirectories(peer.folder());
        Files.writeString(peer.folder().resolve("connection.json"), connection(peer), StandardCharsets.UTF_8);
        Map<String, String> env = new LinkedHashMap<>(client(peer, peer.folder().resolve("msp")));
        Path data = root.resolve("data").resolve(peer.name());
        env.put("FABRIC_LOGGING_SPEC", "warn");
        env.put("CORE_PEER_ID", peer.name());
        env.put("CORE_PEER_NETWORKID", Layout.CHANNEL);
        env.put("CORE_PEER_LISTENADDRESS", peer.address());
        env.put("CORE_PEER_CHAINCODEADDRESS", peer.chaincodeAddress());
        env.put("CORE_PEER_CHAINCODELISTENADDRESS", peer.chaincodeAddress());
        env.put("CORE_PEER_FILESYSTEMPATH", data.toString());
        env.put("CORE_LEDGER_SNAPSHOTS_ROOTDIR", data.resolve("snapshots").toString());
        env.put("CORE_PEER_TLS_CERT_FILE", tls(peer, "server.pem"));
        env.put("CORE_PEER_TLS_KEY_FILE", tls(peer, "server.key"));
        env.put("CORE_OPERATIONS_LISTENADDRESS", "127.0.0.1:" + peer.operationsPort());
        env.put("CORE_METRICS_PROVIDER", "prometheus");
        env.put(
                "CORE_CHAINCODE_EXTERNALBUILDERS",
                "[{name: yiqi, path: %s, propagateEnvironment: [%s]}]"
                        .formatted(settings().resolve("builder"), CONNECTION));
        env.put(CONNECTION, peer.folder().resolve("connection.json").toString());
        // The contract keeps each subject's chain itself and never asks for a key's history: nobody needs it written.
        env.put("CORE_LEDGER_HISTORY_ENABLEHISTORYDATABASE", "false");
        env.putAll(gossip(peer));
        daemon(peer).start(List.of(programs.path("peer"), "node", "start"), env, root);
    }

    /** The standard intervals are for wide networks: peers there take half a minute to know each other. */
    private static Map<String, String> gossip(Peer peer) {
        Map<String, String> env = new LinkedHashMap<>();
        String others = peer.organisation().peers().stream()
                .filter(other -> !other.equals(peer))
                .map(Peer::address)
                .collect(Collectors.joining(" "));
        env.put("CORE_PEER_GOSSIP_BOOTSTRAP", others.isEmpty() ? peer.address() : others);
        env.put("CORE_PEER_GOSSIP_ENDPOINT", peer.address());
        env.put("CORE_PEER_GOSSIP_EXTERNALENDPOINT", peer.address());
        env.put("CORE_PEER_GOSSIP_RECONNECTINTERVAL", "1s");
        env.put("CORE_PEER_GOSSIP_ALIVETIMEINTERVAL", "1s");
        env.put("CORE_PEER_GOSSIP_ALIVEEXPIRATIONTIMEOUT", "10s");
        env.put("CORE_PEER_GOSSIP_PUBLISHSTATEINFOINTERVAL", "1s");
        env.put("CORE_PEER_GOSSIP_REQUESTSTATEINFOINTERVAL", "1s");
        env.put("CORE_PEER_GOSSIP_MEMBERSHIPTRACKERINTERVAL", "1s");
        // An hour of back-off is right for a network that is down; here an orderer is back within seconds.
        env.put("CORE_PEER_DELIVERYCLIENT_RECONNECTBACKOFFTHRESHOLD", "2s");
        env.put("CORE_PEER_DELIVERYCLIENT_BLOCKCENSORSHIPTIMEOUTKEY", "10s");
        return env;
    }

    /** What a program needs to speak as somebody to a peer. */
    Map<String, String> client(Peer peer, Path msp) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("FABRIC_CFG_PATH", settings().toString());
        env.put("CORE_PEER_LOCALMSPID", peer.organisation().msp());
        env.put("CORE_PEER_MSPCONFIGPATH", msp.toString());
        env.put("CORE_PEER_ADDRESS", peer.address());
        env.put("CORE_PEER_TLS_ENABLED", "true");
        env.put("CORE_PEER_TLS_ROOTCERT_FILE", tls(peer, "ca.pem"));
        return env;
    }

    private static String tls(Peer peer, String file) {
        return peer.folder().resolve("tls").resolve(file).toString();
    }

    /** How a peer reaches its contract process: both show certificates. */
    private static String connection(Peer peer) throws IOException {
        return Json.createObjectBuilder()
                .add("address", "127.0.0.1:" + peer.contractPort())
                .add("dial_timeout", "10s")
                .add("tls_required", true)
                .add("client_auth_required", true)
                .add("client_key", Files.readString(Path.of(tls(peer, "server.key"))))
                .add("client_cert", Files.readString(Path.of(tls(peer, "server.pem"))))
                .add("root_cert", Files.readString(Path.of(tls(peer, "ca.pem"))))
                .build()
                .toString();
    }

    /** One process for each organisation, as in production; within it one server for each of its peers. */
    void startContract(Organisation organisation, ContractPackage contract) throws IOException {
        Path tls = organisation.folder().resolve(Identities.CONTRACT).resolve("tls");
        Map<String, String> env = new LinkedHashMap<>();
        env.put("YIQI_CONTRACT_ID", contract.id());
        env.put(
                "YIQI_CONTRACT_LISTEN",
                organisation.peers().stream()
                        .map(peer -> "127.0.0.1:" + peer.contractPort())
                        .collect(Collectors.joining(",")));
        env.put("YIQI_CONTRACT_CERTIFICATE", tls.resolve("server.pem").toString());
        env.put("YIQI_CONTRACT_KEY", tls.resolve("server.key").toString());
        env.put("YIQI_CONTRACT_CLIENTS", tls.resolve("ca.pem").toString());
        contract(organisation)
                .start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-Duser.timezone=UTC",
                                "-jar",
                                contract.jar().toString()),
                        env,
                        root);
    }
}
