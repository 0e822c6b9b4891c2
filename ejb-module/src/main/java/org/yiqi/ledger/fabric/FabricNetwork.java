package org.yiqi.ledger.fabric;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The network that the platform takes part in, as {@code network.json} describes it.
 *
 * @param contractVersion of the definition that the organisations approved
 * @param contractHash SHA-256 of the contract's jar
 * @param ordering {@code raft1}, {@code raft3} or {@code bft}
 * @param client the identity that the platform sends with, and the peer that it talks to
 * @param founder the regulator's identity, on a network of one machine; elsewhere the regulator founds the ledger itself
 */
public record FabricNetwork(
        String channel,
        String contract,
        String contractVersion,
        String contractHash,
        String ordering,
        List<Organisation> organisations,
        Client client,
        @Nullable Client founder) {

    /**
     * An organisation of the consortium.
     *
     * @param platform whether the platform runs its nodes; what those say proves nothing about the platform
     */
    public record Organisation(
            String name,
            String msp,
            boolean platform,
            List<Path> caCertificates,
            List<Path> tlsCaCertificates,
            List<Peer> peers) {

        public Organisation {
            caCertificates = List.copyOf(caCertificates);
            tlsCaCertificates = List.copyOf(tlsCaCertificates);
            peers = List.copyOf(peers);
        }

        /** Whether it is the authority whose endorsement every act needs. */
        public boolean regulator() {
            return name.startsWith("regulator");
        }
    }

    /** A peer: where it listens, and the name in its certificate. */
    public record Peer(String name, String address, String tlsName) {}

    /** Who sends, and by which peer. */
    public record Client(String msp, Path certificate, Path key, String peer) {}

    public FabricNetwork {
        organisations = List.copyOf(organisations);
        if (organisations.stream().noneMatch(Organisation::regulator)) {
            throw new IllegalArgumentException("network.json names no organisation regulator");
        }
    }

    /** Reads the description; paths in it are relative to it. */
    public static FabricNetwork read(Path file) {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            JsonObject json = reader.readObject();
            Path base = Objects.requireNonNull(file.toAbsolutePath().getParent());
            return new FabricNetwork(
                    json.getString("channel"),
                    json.getString("contract"),
                    json.getString("contractVersion"),
                    json.getString("contractHash", ""),
                    json.getString("ordering", ""),
                    json.getJsonArray("organisations").getValuesAs(JsonObject.class).stream()
                            .map(organisation -> organisation(organisation, base))
                            .toList(),
                    client(json.getJsonObject("client"), base),
                    json.containsKey("founder") ? client(json.getJsonObject("founder"), base) : null);
        } catch (IOException | JsonException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("The description of the network cannot be used: " + file, e);
        }
    }

    private static Client client(JsonObject json, Path base) {
        return new Client(
                json.getString("msp"),
                base.resolve(json.getString("certificate")),
                base.resolve(json.getString("key")),
                json.getString("peer", ""));
    }

    private static Organisation organisation(JsonObject json, Path base) {
        return new Organisation(
                json.getString("name"),
                json.getString("msp"),
                json.getBoolean("platform", false),
                paths(json.getJsonArray("caCertificates"), base),
                paths(json.getJsonArray("tlsCaCertificates"), base),
                json.getJsonArray("peers").getValuesAs(JsonObject.class).stream()
                        .map(peer ->
                                new Peer(peer.getString("name"), peer.getString("address"), peer.getString("tlsName")))
                        .toList());
    }

    private static List<Path> paths(JsonArray names, Path base) {
        return names.getValuesAs(JsonString.class).stream()
                .map(name -> base.resolve(name.getString()))
                .toList();
    }

    /** The peer that the platform talks to, and whose it is. */
    Organisation home() {
        return organisations.stream()
                .filter(organisation -> organisation.peers().stream()
                        .anyMatch(peer -> peer.name().equals(client.peer())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("network.json has no peer " + client.peer()));
    }

    /** The authority's MSP: no act is accepted without it. */
    public String regulator() {
        return organisations.stream()
                .filter(Organisation::regulator)
                .findFirst()
                .orElseThrow()
                .msp();
    }

    /** Those of which one must agree besides the regulator, in the order in which they are asked. */
    public List<String> partners() {
        return organisations.stream()
                .filter(organisation -> !organisation.platform() && !organisation.regulator())
                .map(Organisation::msp)
                .toList();
    }
}
