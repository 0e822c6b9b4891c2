package org.yiqi.contract.fabric;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.hyperledger.fabric.metrics.Metrics;
import org.hyperledger.fabric.shim.ChaincodeServerProperties;
import org.hyperledger.fabric.shim.NettyChaincodeServer;
import org.hyperledger.fabric.traces.Traces;

/**
 * Runs the contract for the peers of one organisation: {@code java -jar yiqi-contract.jar}, told by the environment.
 *
 * <ul>
 *   <li>{@code YIQI_CONTRACT_ID}: the package's id on the peers. It carries the hash of the jar that the consortium
 *       approved; a jar with another hash does not start under it.
 *   <li>{@code YIQI_CONTRACT_LISTEN}: an address for each peer, {@code host:port}, separated by commas. Peers never share
 *       one: the library loses messages when they do.
 *   <li>{@code YIQI_CONTRACT_CERTIFICATE}, {@code YIQI_CONTRACT_KEY}, {@code YIQI_CONTRACT_CLIENTS}: PEM files of the
 *       server's certificate and key, and of the authority whose certificates peers must show.
 * </ul>
 */
public final class ContractServer {

    private static final int SECONDS_BETWEEN_CONNECTIONS = 30 * 24 * 3600;

    private ContractServer() {}

    public static void main(String[] arguments) throws Exception {
        String id = setting("YIQI_CONTRACT_ID");
        requireApproved(id);
        List<Thread> servers = new ArrayList<>();
        for (String address : setting("YIQI_CONTRACT_LISTEN").split(",")) {
            NettyChaincodeServer server = new NettyChaincodeServer(contract(id), properties(address.trim()));
            Thread thread = new Thread(() -> run(server), "contract " + address);
            thread.start();
            servers.add(thread);
        }
        for (Thread server : servers) {
            server.join();
        }
    }

    private static void requireApproved(String id) throws IOException, URISyntaxException {
        Path jar = Path.of(ContractServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String hash = sha256(jar);
        if (!id.contains(hash)) {
            throw new IllegalArgumentException(jar + " has the hash " + hash + ", which the package id " + id
                    + " does not carry: it is not the contract that was approved.");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static YiqiContract contract(String id) {
        YiqiContract contract = new YiqiContract(id);
        Properties properties = contract.getChaincodeConfig();
        Metrics.initialize(properties);
        Traces.initialize(properties);
        return contract;
    }

    private static ChaincodeServerProperties properties(String address) {
        int colon = address.lastIndexOf(':');
        ChaincodeServerProperties properties = new ChaincodeServerProperties();
        properties.setServerAddress(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        properties.setMaxConnectionAgeSeconds(SECONDS_BETWEEN_CONNECTIONS);
        properties.setTlsEnabled(true);
        properties.setKeyCertChainFile(setting("YIQI_CONTRACT_CERTIFICATE"));
        properties.setKeyFile(setting("YIQI_CONTRACT_KEY"));
        properties.setTrustCertCollectionFile(setting("YIQI_CONTRACT_CLIENTS"));
        return properties;
    }

    private static void run(NettyChaincodeServer server) {
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("the contract cannot listen: is the address in use?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set: see docs/fabric.md.");
        }
        return value;
    }
}
