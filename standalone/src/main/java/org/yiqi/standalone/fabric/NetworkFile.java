package org.yiqi.standalone.fabric;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.yiqi.standalone.fabric.Organisation.Peer;

/**
 * What others need to know of the network: {@code network.json} for the platform, and {@code trust/} for whoever verifies
 * proofs. A verifier must get {@code trust/} from the organisations, not from the platform.
 */
final class NetworkFile {

    static final String NAME = "network.json";

    private final Layout layout;
    private final Path root;

    NetworkFile(Layout layout) {
        this.layout = layout;
        root = layout.root();
    }

    Path write(ContractPackage contract) throws IOException {
        JsonArrayBuilder organisations = Json.createArrayBuilder();
        layout.organisations().forEach(org -> organisations.add(organisation(org)));
        JsonArrayBuilder orderers = Json.createArrayBuilder();
        layout.orderers()
                .forEach(orderer -> orderers.add(Json.createObjectBuilder()
                        .add("name", orderer.name())
                        .add("msp", orderer.organisation().msp())
                        .add("address", orderer.address())));
        JsonObject network = Json.createObjectBuilder()
                .add("channel", Layout.CHANNEL)
                .add("contract", ContractPackage.NAME)
                .add("contractVersion", contract.version())
                .add("contractHash", contract.hash())
                .add("ordering", layout.ordering().text())
                .add("organisations", organisations)
                .add("orderers", orderers)
                .add("client", user(layout.organisation(Organisation.PLATFORM)))
                // Only here, where one machine plays all parts: the regulator founds the ledger.
                .add("founder", user(layout.organisation(Organisation.REGULATOR)))
                .build();
        return write(root.resolve(NAME), network);
    }

    private JsonObjectBuilder organisation(Organisation org) {
        JsonArrayBuilder peers = Json.createArrayBuilder();
        for (Peer peer : org.peers()) {
            peers.add(Json.createObjectBuilder()
                    .add("name", peer.name())
                    .add("address", peer.address())
                    .add("tlsName", peer.name()));
        }
        return Json.createObjectBuilder()
                .add("name", org.name())
                .add("msp", org.msp())
                .add("platform", org.isPlatform())
                .add("caCertificates", Json.createArrayBuilder().add(relative(org.caCertificate())))
                .add("tlsCaCertificates", Json.createArrayBuilder().add(relative(org.tlsCaCertificate())))
                .add("peers", peers);
    }

    private JsonObjectBuilder user(Organisation org) {
        Path msp = org.msp(Identities.CLIENT);
        return Json.createObjectBuilder()
                .add("msp", org.msp())
                .add("certificate", relative(msp.resolve("signcerts/cert.pem")))
                .add("key", relative(msp.resolve("keystore/key.pem")))
                .add("peer", org.peer().name());
    }

    private String relative(Path file) {
        return root.relativize(file).toString();
    }

    /**
     * Writes the trust folder: for each member service its root certificate and its list of revoked certificates, and
     * what everything else follows from, as the regulator's peer tells it.
     *
     * @param founding the founding document, or {@code null} in JSON while the ledger is not founded
     */
    Path writeTrust(ContractPackage contract, String founding) throws IOException {
        Path trust = root.resolve("trust");
        JsonArrayBuilder members = Json.createArrayBuilder();
        for (Organisation org : layout.organisations()) {
            Path folder = Files.createDirectories(trust.resolve(org.msp()));
            Files.copy(org.caCertificate(), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
            Path revoked = folder.resolve("revoked.pem");
            if (!Files.exists(revoked)) {
                Files.writeString(
                        revoked,
                        CertificateAuthority.load(org.folder().resolve("ca")).revocations());
            }
            members.add(Json.createObjectBuilder()
                    .add("msp", org.msp())
                    .add("operator", org.name())
                    .add("platform", org.isPlatform())
                    .add("ca", Json.createArrayBuilder().add(org.msp() + "/ca.pem"))
                    .add("revoked", org.msp() + "/revoked.pem"));
        }
        JsonArrayBuilder orderers = Json.createArrayBuilder();
        for (Orderer orderer : layout.orderers()) {
            String name = orderer.organisation().msp() + "/" + orderer.name() + ".pem";
            Files.copy(orderer.certificate(), trust.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            orderers.add(Json.createObjectBuilder()
                    .add("id", orderer.id())
                    .add("msp", orderer.organisation().msp())
                    .add("certificate", name));
        }
        JsonObjectBuilder anchors = Json.createObjectBuilder()
                .add("channel", Layout.CHANNEL)
                .add("contract", ContractPackage.NAME)
                .add("contractVersions", versions(trust.resolve("trust.json"), contract.version()))
                .add("contractHash", contract.hash())
                .add("members", members)
                .add("constitution", ContractLifecycle.constitution(layout))
                .add("byzantine", layout.ordering() == Ordering.BFT)
                .add("orderers", orderers);
        if (!founding.equals("null")) {
            anchors.add("foundingDigest", ContractPackage.sha256(founding.getBytes(StandardCharsets.UTF_8)))
                    .add("regulatorKeys", regulatorKeys(founding));
            Files.writeString(trust.resolve("founding.json"), founding);
        }
        return write(trust.resolve("trust.json"), anchors.build());
    }

    /** The contract's versions so far: what peers signed before an upgrade still counts. */
    private static JsonArrayBuilder versions(Path trust, String now) throws IOException {
        Set<String> versions = new LinkedHashSet<>();
        if (Files.exists(trust)) {
            try (JsonReader reader = Json.createReader(Files.newBufferedReader(trust))) {
                reader.readObject()
                        .getJsonArray("contractVersions")
                        .getValuesAs(JsonString.class)
                        .forEach(version -> versions.add(version.getString()));
            }
        }
        versions.add(now);
        JsonArrayBuilder all = Json.createArrayBuilder();
        versions.forEach(all::add);
        return all;
    }

    private static JsonArrayBuilder regulatorKeys(String founding) {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        try (JsonReader reader = Json.createReader(new StringReader(founding))) {
            for (JsonValue founder : reader.readObject().getJsonArray("founders")) {
                if (founder.asJsonObject().getString("kind").equals("REGULATOR")) {
                    founder.asJsonObject()
                            .getJsonArray("keys")
                            .forEach(key -> keys.add(key.asJsonObject().getString("keyId")));
                }
            }
        }
        return keys;
    }

    private static Path write(Path file, JsonStructure content) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(fresh);
                JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            writer.write(content);
        }
        return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
