package org.yiqi.contract.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.peer.ChaincodeAdditionalParams;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.GetStateMultiple;
import org.hyperledger.fabric.protos.peer.GetStateMultipleResult;
import org.hyperledger.fabric.protos.peer.PutState;
import org.hyperledger.fabric.protos.peer.PutStateMetadata;
import org.hyperledger.fabric.protos.peer.WriteBatchState;
import org.hyperledger.fabric.protos.peer.WriteRecord;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one peer, in fewer words: many keys are read by one message, and what a transaction writes goes
 * out together at its end.
 *
 * <p>The library asks the peer for each key by itself and waits for each write, which for a batch of acts costs more than
 * all the rest. Peers understand more since Fabric 3.1 (RFC 0011) and say so when the conversation begins; with one that
 * does not, nothing changes. The library will do this itself one day (fabric-chaincode-java#378): then this class can go.
 *
 * <p>Writes can wait because a transaction never sees its own. The contract deletes nothing, so no deletion waits.
 */
final class PeerStream {

    private final StreamObserver<ChaincodeMessage> peer;
    private final Map<String, List<WriteRecord>> writes = new ConcurrentHashMap<>();
    private final Map<String, Ending> endings = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ChaincodeMessage>> questions = new ConcurrentHashMap<>();
    private volatile ChaincodeAdditionalParams understood = ChaincodeAdditionalParams.getDefaultInstance();
    private @Nullable StreamObserver<ChaincodeMessage> library;

    /** @param peer takes messages to the peer */
    PeerStream(StreamObserver<ChaincodeMessage> peer) {
        this.peer = peer;
    }

    /** A transaction's last messages: its writes, each of them acknowledged before the next goes out, and its answer. */
    private record Ending(Queue<ChaincodeMessage> writes, ChaincodeMessage answer) {}

    /** What the library takes for the peer. */
    StreamObserver<ChaincodeMessage> toPeer() {
        return observer(this::fromLibrary, peer::onError, peer::onCompleted);
    }

    /** What the peer takes for the library. */
    StreamObserver<ChaincodeMessage> toLibrary(StreamObserver<ChaincodeMessage> inner) {
        library = inner;
        return observer(
                this::fromPeer,
                broken -> {
                    hangUp();
                    inner.onError(broken);
                },
                () -> {
                    hangUp();
                    inner.onCompleted();
                });
    }

    /**
     * Reads many keys for a transaction.
     *
     * @return their values, empty where there is none; of a peer that cannot do this, nothing at all
     */
    Map<String, ByteString> read(String channel, String transaction, List<String> keys) {
        Map<String, ByteString> values = new LinkedHashMap<>();
        int most = understood.getMaxSizeGetMultipleKeys();
        if (!understood.getUseGetMultipleKeys() || most <= 0) {
            return values;
        }
        for (int from = 0; from < keys.size(); from += most) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + most));
            List<ByteString> found = ask(channel, transaction, some);
            for (int i = 0; i < some.size(); i++) {
                values.put(some.get(i), found.get(i));
            }
        }
        return values;
    }

    private List<ByteString> ask(String channel, String transaction, List<String> keys) {
        CompletableFuture<ChaincodeMessage> question = new CompletableFuture<>();
        questions.put(channel + "/" + transaction, question);
        send(message(
                ChaincodeMessage.Type.GET_STATE_MULTIPLE,
                channel,
                transaction,
                GetStateMultiple.newBuilder().addAllKeys(keys).build()));
        ChaincodeMessage said = question.join();
        if (said.getType() != ChaincodeMessage.Type.RESPONSE) {
            throw new IllegalStateException(
                    "the peer did not read: " + said.getPayload().toStringUtf8());
        }
        try {
            List<ByteString> values =
                    GetStateMultipleResult.parseFrom(said.getPayload()).getValuesList();
            if (values.size() != keys.size()) {
                throw new IllegalStateException("the peer read " + values.size() + " of " + keys.size() + " keys");
            }
            return values;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the peer's answer cannot be read", e);
        }
    }

    private void fromLibrary(ChaincodeMessage message) {
        String transaction = transaction(message);
        WriteRecord write = understood.getUseWriteBatch() ? write(message) : null;
        if (write != null) {
            writes.computeIfAbsent(transaction, t -> new ArrayList<>()).add(write);
            // The library goes on; should the peer refuse a write, the transaction fails at its end.
            library().onNext(message(ChaincodeMessage.Type.RESPONSE, message.getChannelId(), message.getTxid(), null));
            return;
        }
        List<WriteRecord> all =
                message.getType() == ChaincodeMessage.Type.COMPLETED || message.getType() == ChaincodeMessage.Type.ERROR
                        ? writes.remove(transaction)
                        : null;
        if (all == null || message.getType() == ChaincodeMessage.Type.ERROR) {
            send(message);
            return;
        }
        Ending ending = new Ending(batches(all, message), message);
        endings.put(transaction, ending);
        send(ending.writes().remove());
    }

    /** Of a message that writes, what it writes; of any other, nothing. */
    private static @Nullable WriteRecord write(ChaincodeMessage message) {
        try {
            if (message.getType() == ChaincodeMessage.Type.PUT_STATE) {
                PutState put = PutState.parseFrom(message.getPayload());
                return WriteRecord.newBuilder()
                        .setType(WriteRecord.Type.PUT_STATE)
                        .setKey(put.getKey())
                        .setValue(put.getValue())
                        .setCollection(put.getCollection())
                        .build();
            }
            if (message.getType() == ChaincodeMessage.Type.PUT_STATE_METADATA) {
                PutStateMetadata put = PutStateMetadata.parseFrom(message.getPayload());
                return WriteRecord.newBuilder()
                        .setType(WriteRecord.Type.PUT_STATE_METADATA)
                        .setKey(put.getKey())
                        .setMetadata(put.getMetadata())
                        .setCollection(put.getCollection())
                        .build();
            }
            return null;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the library's own message cannot be read", e);
        }
    }

    private Queue<ChaincodeMessage> batches(List<WriteRecord> all, ChaincodeMessage of) {
        Queue<ChaincodeMessage> batches = new ArrayDeque<>();
        int most = Math.max(1, understood.getMaxSizeWriteBatch());
        for (int from = 0; from < all.size(); from += most) {
            batches.add(message(
                    ChaincodeMessage.Type.WRITE_BATCH_STATE,
                    of.getChannelId(),
                    of.getTxid(),
                    WriteBatchState.newBuilder()
                            .addAllRec(all.subList(from, Math.min(all.size(), from + most)))
                            .build()));
        }
        return batches;
    }

    private void fromPeer(ChaincodeMessage message) {
        if (message.getType() == ChaincodeMessage.Type.READY) {
            try {
                understood = ChaincodeAdditionalParams.parseFrom(message.getPayload());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("what the peer understands cannot be read", e);
            }
        }
        if (message.getType() == ChaincodeMessage.Type.RESPONSE || message.getType() == ChaincodeMessage.Type.ERROR) {
            String transaction = transaction(message);
            Ending ending = endings.get(transaction);
            if (ending != null) {
                goOn(transaction, ending, message);
                return;
            }
            CompletableFuture<ChaincodeMessage> question = questions.remove(transaction);
            if (question != null) {
                question.complete(message);
                return;
            }
        }
        library().onNext(message);
    }

    private void goOn(String transaction, Ending ending, ChaincodeMessage said) {
        ChaincodeMessage next = said.getType() == ChaincodeMessage.Type.RESPONSE
                ? ending.writes().poll()
                : null;
        if (next == null) {
            endings.remove(transaction);
            // A peer that refuses a write gets its own words back: the transaction has failed.
            next = said.getType() == ChaincodeMessage.Type.RESPONSE ? ending.answer() : said;
        }
        send(next);
    }

    private void hangUp() {
        questions
                .values()
                .forEach(question -> question.complete(ChaincodeMessage.newBuilder()
                        .setType(ChaincodeMessage.Type.ERROR)
                        .setPayload(ByteString.copyFromUtf8("it has hung up"))
                        .build()));
    }

    /** A stream takes one message at a time; they come from the transactions' threads and from the peer's. */
    private synchronized void send(ChaincodeMessage message) {
        peer.onNext(message);
    }

    private StreamObserver<ChaincodeMessage> library() {
        return Objects.requireNonNull(library, "nobody has connected the library");
    }

    private static String transaction(ChaincodeMessage message) {
        return message.getChannelId() + "/" + message.getTxid();
    }

    private static ChaincodeMessage message(
            ChaincodeMessage.Type type, String channel, String transaction, @Nullable MessageLite payload) {
        ChaincodeMessage.Builder message = ChaincodeMessage.newBuilder()
                .setType(type)
                .setChannelId(channel)
                .setTxid(transaction);
        if (payload != null) {
            message.setPayload(payload.toByteString());
        }
        return message.build();
    }

    private static StreamObserver<ChaincodeMessage> observer(
            Consumer<ChaincodeMessage> next, Consumer<Throwable> broken, Runnable end) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ChaincodeMessage message) {
                next.accept(message);
            }

            @Override
            public void onError(Throwable t) {
                broken.accept(t);
            }

            @Override
            public void onCompleted() {
                end.run();
            }
        };
    }
}
