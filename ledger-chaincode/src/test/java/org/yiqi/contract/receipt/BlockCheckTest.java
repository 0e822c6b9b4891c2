package org.yiqi.contract.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockData;
import org.hyperledger.fabric.protos.common.BlockHeader;
import org.hyperledger.fabric.protos.common.BlockMetadata;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.IdentifierHeader;
import org.hyperledger.fabric.protos.common.Metadata;
import org.hyperledger.fabric.protos.common.MetadataSignature;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.Endorsement;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TransactionAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Constitution;
import org.yiqi.contract.HandedOverUnit;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.SignedAct;

/** Blocks as somebody writes them who has some of the keys, but not all whose consent it takes. */
class BlockCheckTest {

    private static final long NUMBER = 7;

    private final ForgedPeers regulator = new ForgedPeers("RegulatorMSP");
    private final ForgedPeers hospital = new ForgedPeers("HospitalMSP");
    private final ForgedPeers supplier = new ForgedPeers("SupplierMSP");
    private final List<ForgedPeers> orderers = Stream.of("AMSP", "BMSP", "CMSP", "DMSP")
            .map(msp -> new ForgedPeers(msp, "orderer"))
            .toList();
    private final HandedOverUnit unit = new HandedOverUnit();
    private NetworkBundle bundle;

    @BeforeEach
    void aUnitThatAHospitalHandedOver() {
        List<NetworkBundle.Question> questions = new ArrayList<>();
        unit.chains()
                .forEach((subject, last) -> questions.add(new NetworkBundle.Question(
                        subject,
                        last == null ? new UUID(0, 0) : last,
                        "nonce",
                        last == null ? null : NUMBER,
                        last == null ? null : 0L,
                        List.of())));
        bundle = new NetworkBundle("yiqi", "yiqi", unit.founding(), unit.acts(), questions);
    }

    private TrustedChannel trusted() {
        Map<OrganisationKind, String> hosts = new EnumMap<>(OrganisationKind.class);
        for (OrganisationKind kind : OrganisationKind.values()) {
            hosts.put(kind, kind == OrganisationKind.HOSPITAL ? "HospitalMSP" : "SupplierMSP");
        }
        List<TrustedChannel.Organisation> members = new ArrayList<>();
        Stream.concat(Stream.of(regulator, hospital, supplier), orderers.stream())
                .forEach(each -> members.add(each.trusted(false)));
        return new TrustedChannel("yiqi", "yiqi", Set.of("1"), members, new Constitution("RegulatorMSP", hosts));
    }

    private TrustedOrderers ordering() {
        List<TrustedOrderers.Orderer> all = new ArrayList<>();
        for (ForgedPeers orderer : orderers) {
            all.add(new TrustedOrderers.Orderer(all.size() + 1, orderer.msp(), orderer.peer));
        }
        return new TrustedOrderers(true, all);
    }

    /** One transaction that writes all acts. */
    private Envelope transaction(ForgedPeers... endorsers) {
        ForgedPeers.Saying saying = new ForgedPeers.Saying();
        saying.arguments = List.of("record", "[]");
        saying.written = new LinkedHashMap<>();
        for (String act : unit.acts()) {
            saying.written.put("act/" + SignedAct.parse(act).act().id(), act);
        }
        ChaincodeEndorsedAction.Builder action = ChaincodeEndorsedAction.newBuilder();
        Receipt said = regulator.say(saying);
        action.setProposalResponsePayload(bytes(said.response()));
        for (ForgedPeers each : endorsers) {
            Receipt own = each.say(saying);
            assertEquals(said.response(), own.response());
            action.addEndorsements(
                    Endorsement.newBuilder().setEndorser(bytes(own.endorser())).setSignature(bytes(own.signature())));
        }
        ChaincodeActionPayload payload = ChaincodeActionPayload.newBuilder()
                .setChaincodeProposalPayload(bytes(said.proposal()))
                .setAction(action)
                .build();
        return Envelope.newBuilder()
                .setPayload(Payload.newBuilder()
                        .setHeader(Header.newBuilder()
                                .setChannelHeader(bytes(said.channelHeader()))
                                .setSignatureHeader(bytes(said.signatureHeader())))
                        .setData(Transaction.newBuilder()
                                .addActions(TransactionAction.newBuilder().setPayload(payload.toByteString()))
                                .build()
                                .toByteString())
                        .build()
                        .toByteString())
                .build();
    }

    private static ByteString bytes(String part) {
        return ByteString.copyFrom(Receipt.bytes(part));
    }

    private static Block block(Envelope transaction) {
        ByteString data = transaction.toByteString();
        return Block.newBuilder()
                .setHeader(BlockHeader.newBuilder()
                        .setNumber(NUMBER)
                        .setDataHash(ByteString.copyFrom(ReceiptCheck.sha256(data.toByteArray()))))
                .setData(BlockData.newBuilder().addData(data))
                .build();
    }

    private static MetadataSignature byNumber(Block block, ForgedPeers orderer, int number) {
        byte[] header =
                IdentifierHeader.newBuilder().setIdentifier(number).build().toByteArray();
        return MetadataSignature.newBuilder()
                .setIdentifierHeader(ByteString.copyFrom(header))
                .setSignature(ByteString.copyFrom(orderer.sign(header, BlockHeaders.bytes(block.getHeader()))))
                .build();
    }

    private static MetadataSignature byName(Block block, ForgedPeers orderer) {
        byte[] header = SignatureHeader.newBuilder()
                .setCreator(ByteString.copyFrom(orderer.identity()))
                .build()
                .toByteArray();
        return MetadataSignature.newBuilder()
                .setSignatureHeader(ByteString.copyFrom(header))
                .setSignature(ByteString.copyFrom(orderer.sign(header, BlockHeaders.bytes(block.getHeader()))))
                .build();
    }

    private List<NetworkBundleCheck.Step> broken(Block block, MetadataSignature... signatures) {
        Metadata metadata =
                Metadata.newBuilder().addAllSignatures(List.of(signatures)).build();
        Block ordered = block.toBuilder()
                .setMetadata(BlockMetadata.newBuilder().addMetadata(metadata.toByteString()))
                .build();
        return BlockCheck.run(bundle, List.of(ordered.toByteArray()), trusted(), ordering()).stream()
                .filter(step -> !step.holds())
                .toList();
    }

    private List<NetworkBundleCheck.Step> endorsedBy(ForgedPeers... endorsers) {
        Block block = block(transaction(endorsers));
        return broken(
                block,
                byNumber(block, orderers.get(0), 1),
                byNumber(block, orderers.get(1), 2),
                byName(block, orderers.get(2)));
    }

    @Test
    void aBlockThatWasOrderedAndEndorsedAsItMustHolds() {
        assertEquals(List.of(), endorsedBy(regulator, hospital));
        assertEquals(List.of(), endorsedBy(supplier, hospital, regulator));
    }

    @Test
    void anOrdererThatSignsByNumberAndByNameCountsOnce() {
        Block block = block(transaction(regulator, hospital));
        List<NetworkBundleCheck.Step> broken = broken(
                block,
                byNumber(block, orderers.get(0), 1),
                byNumber(block, orderers.get(1), 2),
                byName(block, orderers.get(1)));
        assertEquals(
                List.of("ORDERERS"),
                broken.stream().map(NetworkBundleCheck.Step::check).toList());
        assertTrue(broken.get(0).broken().contains("signed by 2 of the 3"), broken.get(0)::broken);
    }

    @Test
    void withoutTheRegulatorsConsentNothingIsProved() {
        assertNamed("RegulatorMSP", endorsedBy(supplier, hospital));
    }

    @Test
    void withoutTheConsentOfWhoHadTheUnitItDidNotChangeHands() {
        assertNamed("HospitalMSP", endorsedBy(regulator, supplier));
    }

    private static void assertNamed(String msp, List<NetworkBundleCheck.Step> broken) {
        assertEquals(
                List.of("ENDORSEMENTS"),
                broken.stream().map(NetworkBundleCheck.Step::check).toList());
        assertTrue(broken.get(0).broken().contains("not endorsed by " + msp), broken.get(0)::broken);
    }

    @Test
    void whoDoesNotKnowWhosePeersStandForWhomCannotJudgeEndorsements() {
        TrustedChannel known = trusted();
        TrustedChannel without = new TrustedChannel("yiqi", "yiqi", known.versions(), known.organisations(), null);
        Block block = block(transaction(regulator, hospital));
        List<NetworkBundleCheck.Step> steps = BlockCheck.run(bundle, List.of(block.toByteArray()), without, ordering());
        assertTrue(steps.get(3).broken().contains("constitution"), steps.get(3)::broken);
    }
}
