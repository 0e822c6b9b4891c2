package org.yiqi.contract.receipt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRead;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeHeaderExtension;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;
import org.hyperledger.fabric.protos.peer.ChaincodeProposalPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeSpec;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Subject;

/**
 * Checks one receipt by itself. Nothing in it is believed: not who signed it before the certificate leads to a trusted
 * root, and not what it answers before it is clear what was asked. Any contract that repeats its arguments could
 * otherwise be made to say anything.
 */
public final class ReceiptCheck {

    /** What is compared, in this order. A check that fails makes those after it pointless. */
    public enum Check {
        /** The answer is to this very question. */
        PROPOSAL_HASH,
        /** The peer signed the answer. */
        PEER_SIGNATURE,
        /** The certificate leads to a root that the verifier trusts for this member service. */
        CERTIFICATE,
        /** It is a peer's certificate. */
        PEER_ROLE,
        /** It has not been revoked. */
        REVOCATION,
        /** The channel, the contract and its version are the trusted ones. */
        CONTRACT,
        /** The contract answered and did not fail. */
        STATUS,
        /** The function was {@code receipt} with these arguments. */
        QUESTION,
        /** Nothing was written. */
        NO_WRITES,
        /** The act was read where the bundle says that it stands. */
        ACT_READ,
        /** The answer is about what was asked, and says what the bundle says. */
        ANSWER
    }

    /** A check that failed, and why. */
    public static final class Failed extends Exception {

        private final Check check;

        private Failed(Check check, String why) {
            super(why);
            this.check = check;
        }

        public Check check() {
            return check;
        }
    }

    /**
     * Where the bundle says that a subject's chain stands.
     *
     * @param act the last act, or any id while there is none
     * @param document of that act, canonical; null while there is none
     * @param digest of that act
     * @param block in which that act stands
     * @param index of its transaction in the block
     */
    public record Claim(
            Subject subject,
            UUID act,
            String nonce,
            int count,
            @Nullable String document,
            @Nullable String digest,
            long block,
            long index) {}

    /** Who gave a receipt that holds, and when by the asking client's clock. */
    public record Witness(String msp, String operator, boolean platform, Instant askedAt) {}

    private final Receipt receipt;
    private final TrustedChannel trusted;
    private final Claim claim;

    private ReceiptCheck(Receipt receipt, TrustedChannel trusted, Claim claim) {
        this.receipt = receipt;
        this.trusted = trusted;
        this.claim = claim;
    }

    /** The witness, if everything holds. */
    public static Witness run(Receipt receipt, TrustedChannel trusted, Claim claim) throws Failed {
        try {
            return new ReceiptCheck(receipt, trusted, claim).run();
        } catch (InvalidProtocolBufferException | MalformedAct e) {
            throw new Failed(Check.PROPOSAL_HASH, "the receipt cannot be read: " + e.getMessage());
        }
    }

    private Witness run() throws Failed, InvalidProtocolBufferException {
        Witness witness = witness(receipt, trusted);
        ChannelHeader header = ChannelHeader.parseFrom(Receipt.bytes(receipt.channelHeader()));
        ChaincodeAction action = action(receipt);
        question(header, ChaincodeProposalPayload.parseFrom(Receipt.bytes(receipt.proposal())));
        results(action);
        answer(action.getResponse().getPayload());
        return witness;
    }

    private static ChaincodeAction action(Receipt receipt) throws InvalidProtocolBufferException {
        return ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(Receipt.bytes(receipt.response()))
                .getExtension());
    }

    /**
     * Who signed an answer of the trusted contract, if signature, certificate and contract hold. An endorsement of a
     * transaction that was sent has the same parts.
     */
    static Witness witness(Receipt receipt, TrustedChannel trusted) throws Failed, InvalidProtocolBufferException {
        byte[] channelHeader = Receipt.bytes(receipt.channelHeader());
        byte[] response = Receipt.bytes(receipt.response());
        require(
                Arrays.equals(
                        sha256(
                                channelHeader,
                                Receipt.bytes(receipt.signatureHeader()),
                                Receipt.bytes(receipt.proposal())),
                        ProposalResponsePayload.parseFrom(response)
                                .getProposalHash()
                                .toByteArray()),
                Check.PROPOSAL_HASH,
                "the answer is to another question");
        ChannelHeader header = ChannelHeader.parseFrom(channelHeader);
        Instant askedAt = instant(header.getTimestamp());
        TrustedChannel.Organisation organisation = signer(
                trusted, Receipt.bytes(receipt.endorser()), response, Receipt.bytes(receipt.signature()), askedAt);
        ChaincodeAction action = action(receipt);
        contract(trusted, header, action);
        require(
                action.getResponse().getStatus() == 200,
                Check.STATUS,
                "the contract answered with status " + action.getResponse().getStatus());
        return new Witness(organisation.msp(), organisation.operator(), organisation.platform(), askedAt);
    }

    private static TrustedChannel.Organisation signer(
            TrustedChannel trusted, byte[] endorser, byte[] response, byte[] signature, Instant askedAt)
            throws Failed, InvalidProtocolBufferException {
        SerializedIdentity identity = SerializedIdentity.parseFrom(endorser);
        PeerCertificate certificate;
        try {
            certificate = PeerCertificate.read(identity.getIdBytes().toByteArray());
        } catch (CertificateException e) {
            throw new Failed(Check.PEER_SIGNATURE, "there is no certificate to check the signature with");
        }
        byte[] signed = Arrays.copyOf(response, response.length + endorser.length);
        System.arraycopy(endorser, 0, signed, response.length, endorser.length);
        require(
                certificate.signed(signed, signature),
                Check.PEER_SIGNATURE,
                "the peer of " + identity.getMspid() + " has not signed this");
        Optional<TrustedChannel.Organisation> found = trusted.organisation(identity.getMspid());
        if (found.isEmpty()) {
            throw new Failed(Check.CERTIFICATE, "you trust no member service " + identity.getMspid());
        }
        TrustedChannel.Organisation organisation = found.get();
        require(
                certificate.vouchedFor(organisation, askedAt),
                Check.CERTIFICATE,
                "the certificate does not lead to a root that you trust for " + organisation.msp());
        require(certificate.isOf("peer"), Check.PEER_ROLE, "the certificate is not a peer's");
        require(!certificate.revoked(organisation), Check.REVOCATION, "the peer's certificate has been revoked");
        return organisation;
    }

    private static void contract(TrustedChannel trusted, ChannelHeader header, ChaincodeAction action) throws Failed {
        require(
                header.getType() == HeaderType.ENDORSER_TRANSACTION_VALUE
                        && header.getChannelId().equals(trusted.channel()),
                Check.CONTRACT,
                "it is about the channel " + header.getChannelId());
        require(
                action.getChaincodeId().getName().equals(trusted.contract())
                        && trusted.versions().contains(action.getChaincodeId().getVersion()),
                Check.CONTRACT,
                "it is from the contract " + action.getChaincodeId().getName() + " version "
                        + action.getChaincodeId().getVersion());
    }

    private void question(ChannelHeader header, ChaincodeProposalPayload proposal)
            throws Failed, InvalidProtocolBufferException {
        ChaincodeSpec spec =
                ChaincodeInvocationSpec.parseFrom(proposal.getInput()).getChaincodeSpec();
        String called = ChaincodeHeaderExtension.parseFrom(header.getExtension())
                .getChaincodeId()
                .getName();
        require(
                spec.getChaincodeId().getName().equals(trusted.contract()) && called.equals(trusted.contract()),
                Check.QUESTION,
                "another contract was asked");
        List<String> asked = List.of(
                Receipt.FUNCTION, claim.act().toString(), claim.subject().toString(), claim.nonce());
        List<String> found = spec.getInput().getArgsList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
        require(
                found.equals(asked) && !spec.getInput().getIsInit(),
                Check.QUESTION,
                "the question was " + found + ", not " + asked);
    }

    private void results(ChaincodeAction action) throws Failed, InvalidProtocolBufferException {
        String key = "act/" + claim.act();
        boolean read = false;
        require(action.getEvents().isEmpty(), Check.NO_WRITES, "it raised an event");
        for (NsReadWriteSet set : TxReadWriteSet.parseFrom(action.getResults()).getNsRwsetList()) {
            KVRWSet keys = KVRWSet.parseFrom(set.getRwset());
            require(
                    keys.getWritesCount() == 0
                            && keys.getMetadataWritesCount() == 0
                            && set.getCollectionHashedRwsetCount() == 0,
                    Check.NO_WRITES,
                    "it writes to " + set.getNamespace());
            if (set.getNamespace().equals(trusted.contract())) {
                for (KVRead each : keys.getReadsList()) {
                    read |= each.getKey().equals(key) && stands(each);
                }
            }
        }
        require(
                read,
                Check.ACT_READ,
                "the act was not read at block " + claim.block() + ", transaction " + claim.index());
    }

    private boolean stands(KVRead read) {
        if (claim.document() == null) {
            return !read.hasVersion();
        }
        return read.hasVersion()
                && read.getVersion().getBlockNum() == claim.block()
                && read.getVersion().getTxNum() == claim.index();
    }

    private void answer(ByteString payload) throws Failed {
        Map<String, Object> answer = CanonicalJson.read(payload.toByteArray());
        Map<String, Object> expected = new HashMap<>();
        expected.put("actId", claim.act().toString());
        expected.put("count", Integer.toString(claim.count()));
        expected.put("nonce", claim.nonce());
        expected.put("subject", claim.subject().toString());
        String document = claim.document();
        expected.put("act", document == null ? null : CanonicalJson.read(document));
        for (Map.Entry<String, Object> each : expected.entrySet()) {
            require(
                    Objects.equals(answer.get(each.getKey()), each.getValue()),
                    Check.ANSWER,
                    "the peer says " + each.getKey() + " = " + brief(answer.get(each.getKey())));
        }
        Object digest = answer.get("head") instanceof Map<?, ?> head ? head.get("digest") : null;
        require(
                Objects.equals(digest, claim.digest()),
                Check.ANSWER,
                "the peer says that the chain ends with " + digest);
    }

    private static String brief(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private static void require(boolean holds, Check check, String why) throws Failed {
        if (!holds) {
            throw new Failed(check, why);
        }
    }

    private static Instant instant(Timestamp at) throws Failed {
        try {
            return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw new Failed(Check.PROPOSAL_HASH, "the question has no time");
        }
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
