package org.yiqi.contract.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.hyperledger.fabric.protos.peer.ChaincodeAdditionalParams;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.protos.peer.GetStateMultiple;
import org.hyperledger.fabric.protos.peer.GetStateMultipleResult;
import org.hyperledger.fabric.protos.peer.PutState;
import org.hyperledger.fabric.protos.peer.PutStateMetadata;
import org.hyperledger.fabric.protos.peer.StateMetadata;
import org.hyperledger.fabric.protos.peer.WriteBatchState;
import org.hyperledger.fabric.protos.peer.WriteRecord;
import org.junit.jupiter.api.Test;

class PeerStreamTest {

    private static final String CHANNEL = "yiqi";

    private final Line peer = new Line();
    private final Line library = new Line();
    private final PeerStream stream = new PeerStream(peer);
    private final StreamObserver<ChaincodeMessage> toPeer = stream.toPeer();
    private final StreamObserver<ChaincodeMessage> toLibrary = stream.toLibrary(library);

    /** One end of the conversation: what was said to it. */
    private static final class Line implements StreamObserver<ChaincodeMessage> {

        private final BlockingQueue<ChaincodeMessage> said = new LinkedBlockingQueue<>();

        @Override
        public void onNext(ChaincodeMessage message) {
            said.add(message);
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}

        List<ChaincodeMessage.Type> types() {
            List<ChaincodeMessage> all = new ArrayList<>();
            said.drainTo(all);
            return all.stream().map(ChaincodeMessage::getType).toList();
        }
    }

    private static ChaincodeMessage message(ChaincodeMessage.Type type, String transaction, MessageLite payload) {
        return ChaincodeMessage.newBuilder()
                .setType(type)
                .setChannelId(CHANNEL)
                .setTxid(transaction)
                .setPayload(payload.toByteString())
                .build();
    }

    private static ChaincodeMessage message(ChaincodeMessage.Type type, String transaction) {
        return message(type, transaction, PutState.getDefaultInstance());
    }

    private void peerTakes(int most) {
        toLibrary.onNext(message(
                ChaincodeMessage.Type.READY,
                "",
                ChaincodeAdditionalParams.newBuilder()
                        .setUseWriteBatch(true)
                        .setMaxSizeWriteBatch(most)
                        .setUseGetMultipleKeys(true)
                        .setMaxSizeGetMultipleKeys(most)
                        .build()));
        assertEquals(List.of(ChaincodeMessage.Type.READY), library.types());
    }

    private void put(String transaction, String key) {
        toPeer.onNext(message(
                ChaincodeMessage.Type.PUT_STATE,
                transaction,
                PutState.newBuilder()
                        .setKey(key)
                        .setValue(ByteString.copyFromUtf8("value of " + key))
                        .build()));
    }

    private static List<WriteRecord> records(ChaincodeMessage batch) throws InvalidProtocolBufferException {
        assertEquals(ChaincodeMessage.Type.WRITE_BATCH_STATE, batch.getType());
        return WriteBatchState.parseFrom(batch.getPayload()).getRecList();
    }

    @Test
    void whatATransactionWritesGoesOutTogetherBeforeItsAnswer() throws Exception {
        peerTakes(100);
        put("t1", "a");
        put("t2", "x");
        toPeer.onNext(message(
                ChaincodeMessage.Type.PUT_STATE_METADATA,
                "t1",
                PutStateMetadata.newBuilder()
                        .setKey("a")
                        .setMetadata(StateMetadata.newBuilder()
                                .setMetakey("VALIDATION_PARAMETER")
                                .setValue(ByteString.copyFromUtf8("policy")))
                        .build()));
        assertEquals(
                List.of(ChaincodeMessage.Type.RESPONSE, ChaincodeMessage.Type.RESPONSE, ChaincodeMessage.Type.RESPONSE),
                library.types());
        assertEquals(0, peer.said.size());

        toPeer.onNext(message(ChaincodeMessage.Type.COMPLETED, "t1"));
        List<WriteRecord> written = records(peer.said.remove());
        assertEquals(2, written.size());
        assertEquals("value of a", written.get(0).getValue().toStringUtf8());
        assertEquals(WriteRecord.Type.PUT_STATE_METADATA, written.get(1).getType());
        assertEquals("policy", written.get(1).getMetadata().getValue().toStringUtf8());
        assertEquals(0, peer.said.size(), "the answer waits for the peer's word");

        toLibrary.onNext(message(ChaincodeMessage.Type.RESPONSE, "t1"));
        assertEquals(List.of(ChaincodeMessage.Type.COMPLETED), peer.types());
        assertEquals(List.of(), library.types());
    }

    @Test
    void moreThanAMessageTakesGoesOutInSeveral() throws Exception {
        peerTakes(2);
        put("t1", "a");
        put("t1", "b");
        put("t1", "c");
        toPeer.onNext(message(ChaincodeMessage.Type.COMPLETED, "t1"));
        assertEquals(2, records(peer.said.remove()).size());
        toLibrary.onNext(message(ChaincodeMessage.Type.RESPONSE, "t1"));
        assertEquals(1, records(peer.said.remove()).size());
        toLibrary.onNext(message(ChaincodeMessage.Type.RESPONSE, "t1"));
        assertEquals(List.of(ChaincodeMessage.Type.COMPLETED), peer.types());
    }

    @Test
    void aTransactionFailsWhenThePeerRefusesAWrite() {
        peerTakes(100);
        put("t1", "a");
        toPeer.onNext(message(ChaincodeMessage.Type.COMPLETED, "t1"));
        peer.said.remove();
        toLibrary.onNext(message(ChaincodeMessage.Type.ERROR, "t1"));
        assertEquals(List.of(ChaincodeMessage.Type.ERROR), peer.types());
    }

    @Test
    void whatAFailedTransactionWroteIsForgotten() {
        peerTakes(100);
        put("t1", "a");
        toPeer.onNext(message(ChaincodeMessage.Type.ERROR, "t1"));
        toPeer.onNext(message(ChaincodeMessage.Type.COMPLETED, "t1"));
        assertEquals(List.of(ChaincodeMessage.Type.ERROR, ChaincodeMessage.Type.COMPLETED), peer.types());
    }

    @Test
    void aPeerThatKnowsNoBatchesIsSpokenToAsBefore() {
        put("t1", "a");
        toPeer.onNext(message(ChaincodeMessage.Type.COMPLETED, "t1"));
        assertEquals(List.of(ChaincodeMessage.Type.PUT_STATE, ChaincodeMessage.Type.COMPLETED), peer.types());
        assertEquals(Map.of(), stream.read(CHANNEL, "t1", List.of("a")));
    }

    @Test
    void manyKeysAreReadByOneMessage() throws Exception {
        peerTakes(100);
        CompletableFuture<Map<String, ByteString>> read =
                CompletableFuture.supplyAsync(() -> stream.read(CHANNEL, "t1", List.of("a", "b")));
        GetStateMultiple asked = GetStateMultiple.parseFrom(peer.said.take().getPayload());
        assertEquals(List.of("a", "b"), asked.getKeysList());
        toLibrary.onNext(message(
                ChaincodeMessage.Type.RESPONSE,
                "t1",
                GetStateMultipleResult.newBuilder()
                        .addValues(ByteString.copyFromUtf8("1"))
                        .addValues(ByteString.EMPTY)
                        .build()));
        assertEquals(Map.of("a", ByteString.copyFromUtf8("1"), "b", ByteString.EMPTY), read.join());
        assertEquals(List.of(), library.types());
    }

    @Test
    void nobodyWaitsForAPeerThatHasHungUp() throws Exception {
        peerTakes(100);
        CompletableFuture<Map<String, ByteString>> read =
                CompletableFuture.supplyAsync(() -> stream.read(CHANNEL, "t1", List.of("a")));
        peer.said.take();
        toLibrary.onCompleted();
        assertThrows(CompletionException.class, read::join);
    }
}
