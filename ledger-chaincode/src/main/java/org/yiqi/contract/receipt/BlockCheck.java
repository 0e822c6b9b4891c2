package org.yiqi.contract.receipt;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.IdentifierHeader;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.yiqi.contract.Constitution;
import org.yiqi.contract.Guards;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.MemoryState;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedAct;

/**
 * Deep mode: the blocks themselves, fetched from a peer of the verifier's own choice, beside a bundle and its receipts.
 *
 * <p>Orderers sign what is in a block, not whether its transactions are valid: that a transaction counts is told by the
 * receipts, in which peers say that they read the act at this block and place. So nothing here believes a block's flags.
 */
public final class BlockCheck {

    /** What is compared, in this order. */
    public enum Check {
        /** A block's header is over what is in it, and over the block before it if that is there too. */
        BLOCKS,
        /** The orderers that the verifier trusts have signed it. */
        ORDERERS,
        /** The last act of each chain stands in the block and the transaction that the receipts name. */
        ACTS_IN_BLOCKS,
        /**
         * That transaction was endorsed by peers of at least two operators besides the platform, the regulator's among them,
         * and of those whose consent the act needed: who had the unit, or the tender's openers.
         */
        ENDORSEMENTS
    }

    private final NetworkBundle bundle;
    private final TrustedChannel channel;
    private final TrustedOrderers orderers;
    private final Map<Long, Block> blocks = new TreeMap<>();

    private BlockCheck(NetworkBundle bundle, TrustedChannel channel, TrustedOrderers orderers) {
        this.bundle = bundle;
        this.channel = channel;
        this.orderers = orderers;
    }

    /** A comparison that failed, and why. */
    private static final class Broken extends Exception {
        Broken(String why) {
            super(why);
        }
    }

    private interface Comparison {
        void run() throws Broken, InvalidProtocolBufferException;
    }

    /**
     * All comparisons, those after a broken one included.
     *
     * @param files each a block as {@code peer channel fetch} writes it
     */
    public static List<NetworkBundleCheck.Step> run(
            NetworkBundle bundle, List<byte[]> files, TrustedChannel channel, TrustedOrderers orderers) {
        BlockCheck check = new BlockCheck(bundle, channel, orderers);
        return List.of(
                step(Check.BLOCKS, files.size(), () -> check.read(files)),
                step(Check.ORDERERS, files.size(), check::ordered),
                step(Check.ACTS_IN_BLOCKS, bundle.questions().size(), check::placed),
                step(Check.ENDORSEMENTS, bundle.questions().size(), check::endorsed));
    }

    private static NetworkBundleCheck.Step step(Check check, int compared, Comparison comparison) {
        String broken = "";
        try {
            comparison.run();
        } catch (Broken e) {
            broken = String.valueOf(e.getMessage());
        } catch (InvalidProtocolBufferException | MalformedAct | DateTimeException e) {
            broken = "a block cannot be read: " + e.getMessage();
        }
        return new NetworkBundleCheck.Step(check.name(), compared, broken);
    }

    private void read(List<byte[]> files) throws Broken, InvalidProtocolBufferException {
        for (byte[] file : files) {
            Block block = Block.parseFrom(file);
            Block other = blocks.put(block.getHeader().getNumber(), block);
            require(
                    other == null || other.getHeader().equals(block.getHeader()),
                    "there are two different blocks " + block.getHeader().getNumber());
        }
        Block before = null;
        for (Block block : blocks.values()) {
            BlockHeader header = block.getHeader();
            byte[] dataHash = ReceiptCheck.sha256(block.getData().getDataList().stream()
                    .map(ByteString::toByteArray)
                    .toArray(byte[][]::new));
            require(
                    Arrays.equals(dataHash, header.getDataHash().toByteArray()),
                    "what is in block " + header.getNumber() + " is not what its header is over");
            if (before != null && before.getHeader().getNumber() + 1 == header.getNumber()) {
                require(
                        Arrays.equals(
                                ReceiptCheck.sha256(BlockHeaders.bytes(before.getHeader())),
                                header.getPreviousHash().toByteArray()),
                        "block " + header.getNumber() + " does not follow block "
                                + before.getHeader().getNumber());
            }
            before = block;
        }
    }

    private void ordered() throws Broken, InvalidProtocolBufferException {
        for (Block block : blocks.values()) {
            List<ByteString> all = block.getMetadata().getMetadataList();
            int place = BlockMetadataIndex.SIGNATURES_VALUE;
            Metadata metadata = Metadata.parseFrom(all.size() > place ? all.get(place) : ByteString.EMPTY);
            Set<String> signers = new HashSet<>();
            for (MetadataSignature signature : metadata.getSignaturesList()) {
                signer(block, metadata.getValue(), signature, signers);
            }
            // Whoever is none of those that the verifier trusts does not count.
            signers.remove("");
            require(
                    signers.size() >= orderers.quorum(),
                    "block " + block.getHeader().getNumber() + " is signed by " + signers.size() + " of the "
                            + orderers.quorum() + " orderers that it takes");
        }
    }

    /** Adds who signed, if the signature holds and its certificate is that of an orderer whom the verifier trusts. */
    private void signer(Block block, ByteString value, MetadataSignature signature, Set<String> signers)
            throws InvalidProtocolBufferException {
        boolean numbered =
                orderers.byzantine() && signature.getSignatureHeader().isEmpty();
        ByteString header = numbered ? signature.getIdentifierHeader() : signature.getSignatureHeader();
        byte[] signed = value.concat(header)
                .concat(ByteString.copyFrom(BlockHeaders.bytes(block.getHeader())))
                .toByteArray();
        Instant at = time(block);
        if (numbered) {
            int id = IdentifierHeader.parseFrom(header).getIdentifier();
            for (TrustedOrderers.Orderer orderer : orderers.orderers()) {
                PeerCertificate certificate = PeerCertificate.of(orderer.certificate());
                if (orderer.id() == id
                        && orders(orderer.msp(), certificate, at)
                        && certificate.signed(signed, signature.getSignature().toByteArray())) {
                    signers.add(number(id));
                }
            }
            return;
        }
        SerializedIdentity creator =
                SerializedIdentity.parseFrom(SignatureHeader.parseFrom(header).getCreator());
        try {
            PeerCertificate certificate =
                    PeerCertificate.read(creator.getIdBytes().toByteArray());
            if (orders(creator.getMspid(), certificate, at)
                    && certificate.signed(signed, signature.getSignature().toByteArray())) {
                signers.add(orderers.byzantine() ? number(creator.getMspid(), signed, signature) : creator.getMspid());
            }
        } catch (CertificateException e) {
            // Whoever shows no certificate has not signed.
        }
    }

    /** An orderer that signs by its name counts as the one that it is by its number: once, however often it signs. */
    private String number(String msp, byte[] signed, MetadataSignature signature) {
        return orderers.orderers().stream()
                .filter(orderer -> orderer.msp().equals(msp)
                        && PeerCertificate.of(orderer.certificate())
                                .signed(signed, signature.getSignature().toByteArray()))
                .map(orderer -> number(orderer.id()))
                .findFirst()
                .orElse("");
    }

    private static String number(int id) {
        return "number " + id;
    }

    private boolean orders(String msp, PeerCertificate certificate, Instant at) {
        return channel.organisation(msp)
                .filter(organisation -> certificate.isOf("orderer")
                        && certificate.vouchedFor(organisation, at)
                        && !certificate.revoked(organisation))
                .isPresent();
    }

    /** When the first transaction of a block was made, by its client's clock. */
    private static Instant time(Block block) throws InvalidProtocolBufferException {
        if (block.getData().getDataCount() == 0) {
            return Instant.EPOCH;
        }
        Payload payload =
                Payload.parseFrom(Envelope.parseFrom(block.getData().getData(0)).getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        return Instant.ofEpochSecond(header.getTimestamp().getSeconds());
    }

    private void placed() throws Broken, InvalidProtocolBufferException {
        for (NetworkBundle.Question question : bundle.questions()) {
            if (question.block() == null) {
                continue;
            }
            String act = bundle.acts().stream()
                    .filter(document -> SignedAct.parse(document).act().id().equals(question.act()))
                    .findFirst()
                    .orElseThrow(() -> new Broken("the bundle does not hold the last act of " + question.subject()));
            byte[] response = Receipt.bytes(endorsements(question).get(0).response());
            ChaincodeAction action = ChaincodeAction.parseFrom(
                    ProposalResponsePayload.parseFrom(response).getExtension());
            boolean written = false;
            for (NsReadWriteSet set :
                    TxReadWriteSet.parseFrom(action.getResults()).getNsRwsetList()) {
                written |= set.getNamespace().equals(channel.contract())
                        && KVRWSet.parseFrom(set.getRwset()).getWritesList().stream()
                                .anyMatch(write -> write.getKey().equals("act/" + question.act())
                                        && write.getValue().toStringUtf8().equals(act));
            }
            require(written, where(question) + " does not write the last act of " + question.subject());
        }
    }

    private static String where(NetworkBundle.Question question) {
        return "transaction " + question.index() + " of block " + question.block();
    }

    /** One for each peer that endorsed the transaction in which a chain's last act stands. */
    private List<Receipt> endorsements(NetworkBundle.Question question) throws Broken, InvalidProtocolBufferException {
        Long number = question.block();
        Long index = question.index();
        Block block = number == null ? null : blocks.get(number);
        if (block == null || index == null) {
            throw new Broken(
                    "block " + number + ", in which " + question.subject() + " ends, is not among those that you gave");
        }
        require(
                index >= 0 && index < block.getData().getDataCount(),
                "block " + number + " has no transaction " + index);
        List<Receipt> all = Receipt.all(Envelope.parseFrom(block.getData().getData(index.intValue())));
        require(!all.isEmpty(), where(question) + " is not endorsed by anybody");
        return all;
    }

    /** Whose consent each act needed, as the acts before it left the ledger. */
    private Map<UUID, Constitution.Consent> consents() throws Broken {
        Constitution constitution = channel.constitution();
        if (constitution == null) {
            throw new Broken("what you trust does not say whose peers stand for whom (constitution)");
        }
        Map<UUID, Constitution.Consent> consents = new HashMap<>();
        MemoryState state = new MemoryState();
        LedgerRules.found(bundle.founding(), state);
        for (String document : bundle.acts()) {
            SignedAct act = SignedAct.parse(document);
            try {
                consents.put(act.act().id(), constitution.consent(Guards.before(act.act(), state), state));
            } catch (IllegalStateException e) {
                throw new Broken("the act " + act.act().id() + " cannot be judged: " + e.getMessage());
            }
            LedgerRules.record(List.of(act), state, act.act().occurredAt());
        }
        return consents;
    }

    private static void consented(NetworkBundle.Question question, Constitution.Consent consent, Set<String> msps)
            throws Broken {
        for (String msp : consent.all()) {
            require(msps.contains(msp), where(question) + " is not endorsed by " + msp + ", whose consent it needed");
        }
        long some = consent.some().stream().filter(msps::contains).count();
        require(
                some >= Math.min(Guards.OPENERS, consent.some().size()),
                where(question) + " is endorsed by " + some + " of the openers' " + consent.some());
    }

    private void endorsed() throws Broken, InvalidProtocolBufferException {
        Map<UUID, Constitution.Consent> consents = consents();
        for (NetworkBundle.Question question : bundle.questions()) {
            if (question.block() == null) {
                continue;
            }
            Set<String> operators = new TreeSet<>();
            Set<String> msps = new HashSet<>();
            List<String> failures = new ArrayList<>();
            for (Receipt endorsement : endorsements(question)) {
                try {
                    ReceiptCheck.Witness witness = ReceiptCheck.witness(endorsement, channel);
                    if (!witness.platform()) {
                        operators.add(witness.operator());
                        msps.add(witness.msp());
                    }
                } catch (ReceiptCheck.Failed failed) {
                    failures.add(failed.getMessage());
                }
            }
            require(
                    operators.size() >= NetworkBundleCheck.OPERATORS,
                    where(question) + " is endorsed by " + operators.size() + " operators besides the platform "
                            + operators + (failures.isEmpty() ? "" : "; " + String.join("; ", failures)));
            Constitution.Consent consent = consents.get(question.act());
            if (consent != null) {
                consented(question, consent, msps);
            }
        }
    }

    private static void require(boolean holds, String why) throws Broken {
        if (!holds) {
            throw new Broken(why);
        }
    }
}
