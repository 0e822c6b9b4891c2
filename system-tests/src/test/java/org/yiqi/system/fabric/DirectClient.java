package org.yiqi.system.fabric;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.CommitException;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Block;
import org.yiqi.contract.SignedAct;

/** A client that knows the network's file and a member's key, and asks the peers whatever it likes. */
public final class DirectClient implements AutoCloseable {

    private final ManagedChannel channel;
    private final Gateway gateway;
    private final Network network;
    private final Contract contract;

    private DirectClient(ManagedChannel channel, Gateway gateway, Network network, String contract) {
        this.channel = channel;
        this.gateway = gateway;
        this.network = network;
        this.contract = network.getContract(contract);
    }

    /** As the client of an organisation, through that organisation's first peer. */
    public static DirectClient of(Path data, String organisation) throws IOException, GeneralSecurityException {
        return of(data, organisation, organisation);
    }

    /** As the client of one organisation through the peer of another. */
    static DirectClient of(Path data, String organisation, String through)
            throws IOException, GeneralSecurityException {
        JsonObject network = network(data);
        JsonObject member = member(network, organisation);
        JsonObject host = member(network, through);
        JsonObject peer = host.getJsonArray("peers").getJsonObject(0);
        ManagedChannel channel = Grpc.newChannelBuilder(
                        peer.getString("address"),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(data.resolve(host.getJsonArray("tlsCaCertificates")
                                                .getString(0))
                                        .toFile())
                                .build())
                .overrideAuthority(peer.getString("tlsName"))
                .build();
        Path msp = data.resolve("organisations").resolve(organisation).resolve("client/msp");
        try (Reader certificate = Files.newBufferedReader(msp.resolve("signcerts/cert.pem"));
                Reader key = Files.newBufferedReader(msp.resolve("keystore/key.pem"))) {
            Gateway gateway = Gateway.newInstance()
                    .identity(new X509Identity(member.getString("msp"), Identities.readX509Certificate(certificate)))
                    .signer(Signers.newPrivateKeySigner(Identities.readPrivateKey(key)))
                    .connection(channel)
                    .endorseOptions(options -> options.withDeadlineAfter(15, TimeUnit.SECONDS))
                    .submitOptions(options -> options.withDeadlineAfter(8, TimeUnit.SECONDS))
                    .commitStatusOptions(options -> options.withDeadlineAfter(8, TimeUnit.SECONDS))
                    .evaluateOptions(options -> options.withDeadlineAfter(8, TimeUnit.SECONDS))
                    .connect();
            return new DirectClient(
                    channel, gateway, gateway.getNetwork(network.getString("channel")), network.getString("contract"));
        }
    }

    static JsonObject network(Path data) throws IOException {
        try (Reader in = Files.newBufferedReader(data.resolve("network.json"));
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private static JsonObject member(JsonObject network, String name) {
        return network.getJsonArray("organisations").getValuesAs(JsonObject.class).stream()
                .filter(org -> org.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The contract's answers, in the acts' order. */
    public List<String> record(SignedAct... acts) throws GatewayException, CommitException {
        return answers(submit(List.of(), "record", batch(acts)));
    }

    /** Asks only these organisations' peers to endorse, whatever the policy says. */
    public List<String> recordWith(List<String> msps, SignedAct... acts) throws GatewayException, CommitException {
        return answers(submit(msps, "record", batch(acts)));
    }

    static String batch(SignedAct... acts) {
        return Arrays.stream(acts).map(SignedAct::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> answers(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonArray answers = reader.readArray();
            return answers.getValuesAs(JsonObject.class).stream()
                    .map(answer -> answer.getString("status")
                            + (answer.containsKey("refusal") ? " " + answer.getString("refusal") : ""))
                    .toList();
        }
    }

    public String submit(List<String> msps, String function, String... arguments)
            throws GatewayException, CommitException {
        Proposal.Builder proposal = contract.newProposal(function).addArguments(arguments);
        if (!msps.isEmpty()) {
            proposal.setEndorsingOrganizations(msps.toArray(String[]::new));
        }
        byte[] answer = proposal.build().endorse().submit();
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** Has acts endorsed and keeps the transaction back. */
    public Transaction endorse(SignedAct... acts) throws GatewayException {
        return contract.newProposal("record").addArguments(batch(acts)).build().endorse();
    }

    String ask(String function, String... arguments) throws GatewayException {
        return new String(contract.evaluateTransaction(function, arguments), StandardCharsets.UTF_8);
    }

    /** A block as {@code peer channel fetch} would write it. */
    byte[] block(long number) {
        try (CloseableIterator<Block> blocks =
                network.newBlockEventsRequest().startBlock(number).build().getEvents()) {
            return blocks.next().toByteArray();
        }
    }

    @Override
    public void close() {
        gateway.close();
        channel.shutdownNow();
    }
}
