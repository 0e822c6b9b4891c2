package org.yiqi.contract.receipt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Transaction;
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
        try {
            Payload payload = Payload.parseFrom(envelope.getPayload());
            Header header = payload.getHeader();
            ChaincodeActionPayload action = ChaincodeActionPayload.parseFrom(
                    Transaction.parseFrom(payload.getData()).getActions(0).getPayload());
            Endorsement endorsement = action.getAction().getEndorsements(0);
            return new Receipt(
                    text(header.getChannelHeader()),
                    text(header.getSignatureHeader()),
                    text(action.getChaincodeProposalPayload()),
                    text(action.getAction().getProposalResponsePayload()),
                    text(endorsement.getEndorser()),
                    text(endorsement.getSignature()));
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

    /** The bytes of a part; Base64 has several spellings of the same bytes, of which only one counts. */
    static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getDecoder().decode(part);
            if (Base64.getEncoder().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("a part of a receipt is not Base64", e);
        }
        throw new MalformedAct("a part of a receipt is not Base64 in its canonical form");
    }
}
