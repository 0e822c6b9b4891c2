package org.yiqi.ledger.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.yiqi.contract.Act;
import org.yiqi.contract.receipt.BlockHeaders;

/** Takes blocks apart. A block that cannot be read is a fault of ours or of the peer, never of a sender. */
final class BlockReader {

    private static final String NO_FUNCTION = "";

    private final String contract;

    BlockReader(String contract) {
        this.contract = contract;
    }

    ChannelBlock read(Block block) {
        ByteString codes = block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE);
        List<ChannelBlock.Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < block.getData().getDataCount(); i++) {
            TxValidationCode code = TxValidationCode.forNumber(codes.byteAt(i) & 0xff);
            String name = code == null ? "UNKNOWN" : code.name();
            transactions.add(transaction(i, name, block.getData().getData(i)));
        }
        BlockHeader header = block.getHeader();
        return new ChannelBlock(
                header.getNumber(),
                hex(header.getPreviousHash().toByteArray()),
                Act.sha256(BlockHeaders.bytes(header)),
                transactions);
    }

    private ChannelBlock.Transaction transaction(int index, String code, ByteString data) {
        try {
            Payload payload = Payload.parseFrom(Envelope.parseFrom(data).getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            if (header.getType() != HeaderType.ENDORSER_TRANSACTION_VALUE || !code.equals("VALID")) {
                return other(index, header.getTxId(), code);
            }
            return endorsed(index, header.getTxId(), code, payload.getData());
        } catch (InvalidProtocolBufferException e) {
            if (code.equals("VALID")) {
                throw new IllegalStateException("a valid transaction that cannot be read", e);
            }
            return other(index, "", code);
        }
    }

    private static ChannelBlock.Transaction other(int index, String id, String code) {
        return new ChannelBlock.Transaction(index, id, code, NO_FUNCTION, "", Map.of());
    }

    private ChannelBlock.Transaction endorsed(int index, String id, String code, ByteString data)
            throws InvalidProtocolBufferException {
        String function = NO_FUNCTION;
        String answer = "";
        Map<String, String> writes = new HashMap<>();
        for (TransactionAction each : Transaction.parseFrom(data).getActionsList()) {
            ChaincodeActionPayload payload = ChaincodeActionPayload.parseFrom(each.getPayload());
            ChaincodeInvocationSpec call = ChaincodeInvocationSpec.parseFrom(
                    ChaincodeProposalPayload.parseFrom(payload.getChaincodeProposalPayload())
                            .getInput());
            if (!call.getChaincodeSpec().getChaincodeId().getName().equals(contract)) {
                continue;
            }
            function = call.getChaincodeSpec().getInput().getArgs(0).toStringUtf8();
            ChaincodeAction action = ChaincodeAction.parseFrom(
                    ProposalResponsePayload.parseFrom(payload.getAction().getProposalResponsePayload())
                            .getExtension());
            answer = action.getResponse().getPayload().toStringUtf8();
            for (NsReadWriteSet set :
                    TxReadWriteSet.parseFrom(action.getResults()).getNsRwsetList()) {
                if (set.getNamespace().equals(contract)) {
                    for (KVWrite write : KVRWSet.parseFrom(set.getRwset()).getWritesList()) {
                        writes.put(write.getKey(), write.getValue().toStringUtf8());
                    }
                }
            }
        }
        return new ChannelBlock.Transaction(index, id, code, function, answer, writes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
