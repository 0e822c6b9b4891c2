package org.yiqi.contract.receipt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.yiqi.contract.Base64Text;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * One peer's signed answer to one question, with the question. All parts are the bytes that were sent, in Base64: every
 * one of them is under the peer's signature, directly or through a hash.
 *
 * @param channelHeader which channel was asked, when and by which proposal
 * @param signatureHeader who asked
 * @param proposal which function of which contract, with which arguments
 * @param response the hash of the question, and what the contract read and answered
 * @param endorser the peer's certificate and member service
 * @param signature over response and endorser
 */
public record Receipt(
        String channelHeader,
        String signatureHeader,
        String proposal,
        String response,
        String endorser,
        String signature) {

    /** The contract's function that receipts are answers of. */
    public static final String FUNCTION = "receipt";

    private static final Set<String> NAMES =
            Set.of("channelHeader", "endorser", "proposal", "response", "signature", "signatureHeader");

    /**
     * Takes the answer out of an endorsed transaction, which is then never sent.
     *
     * @param envelope with exactly one peer's endorsement
     */
    public static Receipt of(Envelope envelope) {
        List<Receipt> all = all(envelope);
        if (all.isEmpty()) {
            throw new MalformedAct("not an endorsed transaction");
        }
        return all.get(0);
    }

    /** One for each peer that endorsed a transaction; none where it is not an endorsed one. */
    static List<Receipt> all(Envelope envelope) {
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            Header header = payload.getHeader();
            if (ChannelHeader.parseFrom(header.getChannelHeader()).getType() != HeaderType.ENDORSER_TRANSACTION_VALUE) {
                return List.of();
            }
            List<Receipt> all = new ArrayList<>();
            for (TransactionAction each :
                    Transaction.parseFrom(payload.getData()).getActionsList()) {
                ChaincodeActionPayload action = ChaincodeActionPayload.parseFrom(each.getPayload());
                for (Endorsement endorsement : action.getAction().getEndorsementsList()) {
                    all.add(new Receipt(
                            text(header.getChannelHeader()),
                            text(header.getSignatureHeader()),
                            text(action.getChaincodeProposalPayload()),
                            text(action.getAction().getProposalResponsePayload()),
                            text(endorsement.getEndorser()),
                            text(endorsement.getSignature())));
                }
            }
            return all;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedAct("not an endorsed transaction", e);
        }
    }

    private static String text(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** For a bundle. */
    public Map<String, Object> tree() {
        return Map.of(
                "channelHeader", channelHeader,
                "endorser", endorser,
                "proposal", proposal,
                "response", response,
                "signature", signature,
                "signatureHeader", signatureHeader);
    }

    /** Reads what {@link #tree} wrote. */
    public static Receipt read(Map<String, Object> tree) {
        Fields fields = Fields.of(tree, NAMES);
        return new Receipt(
                fields.text("channelHeader"),
                fields.text("signatureHeader"),
                fields.text("proposal"),
                fields.text("response"),
                fields.text("endorser"),
                fields.text("signature"));
    }

    /** The bytes of a part. */
    static byte[] bytes(String part) {
        try {
            return Base64Text.decode(part);
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("a part of a receipt is not Base64 in its canonical form", e);
        }
    }
}
