package org.yiqi.ledger.fabric;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.GatewayRuntimeException;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.SubmitException;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signer;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Block;
import org.yiqi.contract.receipt.Receipt;

/** The platform's way to the channel, through the peer of its own organisation. One for all threads. */
public final class FabricChannel implements AutoCloseable {

    private static final long SECONDS_TO_ENDORSE = 28;
    private static final long SECONDS_TO_SEND = 8;
    private static final int LARGEST_MESSAGE = 100 * 1024 * 1024;
    /** A peer hangs up on whoever asks whether it is alive more than once a minute (peer.keepalive.minInterval). */
    private static final int KEEP_ALIVE_SECONDS = 90;

    private final FabricNetwork network;
    private final ManagedChannel connection;
    private final Gateway gateway;
    private final Signer signer;

    private FabricChannel(FabricNetwork network, ManagedChannel connection, X509Identity identity, Signer signer) {
        this.network = network;
        this.connection = connection;
        this.signer = signer;
        this.gateway = Gateway.newInstance()
                .identity(identity)
                .signer(signer)
                .hash(Hash.SHA256)
                .connection(connection)
                .endorseOptions(options -> options.withDeadlineAfter(SECONDS_TO_ENDORSE, TimeUnit.SECONDS))
                .evaluateOptions(options -> options.withDeadlineAfter(SECONDS_TO_SEND, TimeUnit.SECONDS))
                .submitOptions(options -> options.withDeadlineAfter(SECONDS_TO_SEND, TimeUnit.SECONDS))
                .connect();
    }

    /** Prepares to talk; the first call finds out whether anybody answers. */
    public static FabricChannel open(FabricNetwork network) {
        return open(network, network.client());
    }

    /** The same as another member of the channel. */
    public static FabricChannel open(FabricNetwork network, FabricNetwork.Client client) {
        FabricNetwork.Organisation home = network.home();
        FabricNetwork.Peer peer = home.peers().stream()
                .filter(each -> each.name().equals(network.client().peer()))
                .findFirst()
                .orElseThrow();
        try {
            X509Identity identity = new X509Identity(
                    client.msp(), Identities.readX509Certificate(Files.readString(client.certificate())));
            Signer signer = Signers.newPrivateKeySigner(Identities.readPrivateKey(Files.readString(client.key())));
            ManagedChannel connection = Grpc.newChannelBuilder(
                            peer.address(),
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(new ByteArrayInputStream(all(home.tlsCaCertificates())))
                                    .build())
                    .overrideAuthority(peer.tlsName())
                    .maxInboundMessageSize(LARGEST_MESSAGE)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .build();
            return new FabricChannel(network, connection, identity, signer);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The platform's identity on the channel cannot be used", e);
        }
    }

    private static byte[] all(List<Path> files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Path file : files) {
            all.write(Files.readAllBytes(file));
            all.write('\n');
        }
        return all.toByteArray();
    }

    public FabricNetwork network() {
        return network;
    }

    /** Has a call of the contract endorsed by exactly these organisations, and signs the transaction. */
    public EndorsedTransaction endorse(String function, List<String> arguments, Collection<String> msps) {
        try {
            Transaction endorsed = proposal(function, arguments, msps).endorse();
            byte[] signature = signer.sign(endorsed.getDigest());
            byte[] content =
                    gateway.newSignedTransaction(endorsed.getBytes(), signature).getBytes();
            return new EndorsedTransaction(
                    endorsed.getTransactionId(), content, new String(endorsed.getResult(), StandardCharsets.UTF_8));
        } catch (EndorseException e) {
            throw endorsementProblem(e);
        } catch (GatewayRuntimeException | StatusRuntimeException e) {
            throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform's key cannot sign a transaction", e);
        }
    }

    /**
     * Whoever asks after a failure has paused already. Left alone, gRPC's own pauses between attempts to connect grow to
     * two minutes, and for so long a peer that is back would go unnoticed.
     */
    private Network reached() {
        connection.resetConnectBackoff();
        return gateway.getNetwork(network.channel());
    }

    private Proposal proposal(String function, List<String> arguments, Collection<String> msps) {
        return reached()
                .getContract(network.contract())
                .newProposal(function)
                .addArguments(arguments.toArray(String[]::new))
                .setEndorsingOrganizations(msps.toArray(String[]::new))
                .build();
    }

    private static FabricProblem endorsementProblem(EndorseException e) {
        String details = e.getDetails().stream()
                .map(detail -> detail.getMspId() + ": " + detail.getMessage())
                .collect(Collectors.joining("; "));
        String message = e.getStatus().getDescription() + (details.isEmpty() ? "" : " (" + details + ")");
        FabricProblem.Kind kind;
        if (message.contains("ProposalResponsePayloads do not match")) {
            kind = FabricProblem.Kind.DISAGREEMENT;
        } else if (message.contains("chaincode response 500")) {
            kind = FabricProblem.Kind.REFUSED;
        } else {
            kind = switch (e.getStatus().getCode()) {
                case INVALID_ARGUMENT, RESOURCE_EXHAUSTED, PERMISSION_DENIED -> FabricProblem.Kind.REFUSED;
                default -> FabricProblem.Kind.UNAVAILABLE;
            };
        }
        return new FabricProblem(kind, message, e);
    }

    /** Gives a signed transaction to the orderers. What becomes of it, the blocks tell. */
    public void send(byte[] content) {
        try {
            gateway.newTransaction(content).submitAsync();
        } catch (SubmitException e) {
            throw new FabricProblem(
                    FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getStatus().getDescription()), e);
        } catch (GatewayRuntimeException | StatusRuntimeException e) {
            throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Asks the contract through the platform's own peer. */
    public String ask(String function, String... arguments) {
        try {
            byte[] answer = reached()
                    .getContract(network.contract())
                    .newProposal(function)
                    .addArguments(arguments)
                    .build()
                    .evaluate();
            return new String(answer, StandardCharsets.UTF_8);
        } catch (GatewayException e) {
            boolean refused = String.valueOf(e.getStatus().getDescription()).contains("chaincode response 500");
            throw new FabricProblem(
                    refused ? FabricProblem.Kind.REFUSED : FabricProblem.Kind.UNAVAILABLE,
                    String.valueOf(e.getStatus().getDescription()),
                    e);
        } catch (GatewayRuntimeException | StatusRuntimeException e) {
            throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** One organisation's signed answer to a question. Nothing is sent to the orderers. */
    public Receipt receipt(String msp, String act, String subject, String nonce) {
        try {
            return Receipts.of(proposal(Receipt.FUNCTION, List.of(act, subject, nonce), List.of(msp))
                    .endorse()
                    .getBytes());
        } catch (EndorseException e) {
            throw endorsementProblem(e);
        } catch (GatewayRuntimeException | StatusRuntimeException e) {
            throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The channel's blocks from a number on, as they come; waits for those that are not there yet. */
    public Blocks blocksFrom(long number) {
        return new Blocks(
                reached().newBlockEventsRequest().startBlock(number).build().getEvents(),
                new BlockReader(network.contract()));
    }

    /** Blocks in their order. Closing it, from any thread, ends the waiting. */
    public static final class Blocks implements AutoCloseable {

        private final CloseableIterator<Block> events;
        private final BlockReader reader;

        private Blocks(CloseableIterator<Block> events, BlockReader reader) {
            this.events = events;
            this.reader = reader;
        }

        /** The next block; {@link FabricProblem} when the peer is away, or this is closed. */
        public ChannelBlock next() {
            try {
                return reader.read(events.next());
            } catch (GatewayRuntimeException | StatusRuntimeException e) {
                throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            } catch (NoSuchElementException e) {
                throw new FabricProblem(FabricProblem.Kind.UNAVAILABLE, "the peer ended the stream of blocks", e);
            }
        }

        @Override
        public void close() {
            events.close();
        }
    }

    @Override
    public void close() {
        gateway.close();
        connection.shutdownNow();
    }
}
