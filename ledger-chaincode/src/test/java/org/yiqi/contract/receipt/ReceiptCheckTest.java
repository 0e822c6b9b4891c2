package org.yiqi.contract.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Founding;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

class ReceiptCheckTest {

    private static final Instant NOON = ForgedPeers.NOON;
    private static final UUID NO_ACT = new UUID(0, 0);
    private static final String NONCE = "0123456789abcdef";

    private final ForgedPeers regulatorPeer = new ForgedPeers("RegulatorMSP");
    private final ForgedPeers hospitalPeer = new ForgedPeers("HospitalMSP");
    private final ForgedPeers platformPeer = new ForgedPeers("PlatformMSP");
    private final Subject subject = Subject.custody(new UUID(0x7000, Long.MIN_VALUE + 3));
    private final Founding founding;
    private final SignedAct act;

    ReceiptCheckTest() {
        SignatureAlgorithm alg = SignatureAlgorithm.SM2_SM3;
        UUID regulator = new UUID(0x7000, Long.MIN_VALUE + 2);
        KeyPair pair = alg.newKeyPair(new SecureRandom());
        OrganisationKey key =
                OrganisationKey.of(regulator, alg, pair.getPublic().getEncoded(), OrganisationKey.Custody.HELD);
        founding =
                new Founding(List.of(new Founding.Founder(regulator, OrganisationKind.REGULATOR, true, List.of(key))));
        Act unsigned = new Act(
                new UUID(0x7000, Long.MIN_VALUE + 4),
                "custody.registered",
                1,
                subject,
                NOON,
                List.of(new Party(regulator, PartyRole.OWNER)),
                Map.of(),
                List.of(),
                null);
        act = new SignedAct(
                unsigned,
                List.of(ActSignature.by(
                        regulator, key.keyId(), alg, pair.getPrivate().getEncoded(), unsigned)));
    }

    private String answer() {
        Map<String, Object> head = Map.of(
                "act", act.act().id().toString(),
                "digest", act.act().digest(),
                "length", "1",
                "occurredAt", NOON.toString());
        Map<String, Object> answer = new HashMap<>(Map.of(
                "act",
                CanonicalJson.read(act.json()),
                "actId",
                act.act().id().toString(),
                "count",
                "1",
                "head",
                head,
                "nonce",
                NONCE,
                "subject",
                subject.toString()));
        return CanonicalJson.write(answer);
    }

    private ForgedPeers.Saying truth() {
        ForgedPeers.Saying saying = new ForgedPeers.Saying();
        saying.arguments = List.of("receipt", act.act().id().toString(), subject.toString(), NONCE);
        saying.readKey = "act/" + act.act().id();
        saying.answer = answer();
        return saying;
    }

    private ForgedPeers.Saying changed(Consumer<ForgedPeers.Saying> change) {
        ForgedPeers.Saying saying = truth();
        change.accept(saying);
        return saying;
    }

    private TrustedChannel trusted() {
        return new TrustedChannel(
                "yiqi",
                "yiqi",
                Set.of("1"),
                List.of(regulatorPeer.trusted(false), hospitalPeer.trusted(false), platformPeer.trusted(true)),
                null);
    }

    private ReceiptCheck.Claim claim() {
        return new ReceiptCheck.Claim(
                subject, act.act().id(), NONCE, 1, act.json(), act.act().digest(), 7, 3);
    }

    private void refused(ReceiptCheck.Check by, Receipt receipt) {
        ReceiptCheck.Failed failed =
                assertThrows(ReceiptCheck.Failed.class, () -> ReceiptCheck.run(receipt, trusted(), claim()));
        assertEquals(by, failed.check(), failed.getMessage());
    }

    private NetworkBundle bundle(ForgedPeers... peers) {
        List<Receipt> receipts = new ArrayList<>();
        for (ForgedPeers peer : peers) {
            receipts.add(peer.say(truth()));
        }
        List<NetworkBundle.Question> questions = new ArrayList<>();
        questions.add(new NetworkBundle.Question(subject, act.act().id(), NONCE, 7L, 3L, receipts));
        UUID owner = act.act().parties().get(0).org();
        for (Subject empty : List.of(Subject.holds(subject.id()), Subject.organisation(owner))) {
            List<Receipt> none =
                    Stream.of(peers).map(peer -> peer.say(nothing(empty))).toList();
            questions.add(new NetworkBundle.Question(empty, NO_ACT, NONCE, null, null, none));
        }
        return new NetworkBundle("yiqi", "yiqi", founding, List.of(act.json()), questions);
    }

    /** That a chain has no acts. */
    private static ForgedPeers.Saying nothing(Subject empty) {
        ForgedPeers.Saying saying = new ForgedPeers.Saying();
        saying.arguments = List.of("receipt", NO_ACT.toString(), empty.toString(), NONCE);
        saying.readKey = "act/" + NO_ACT;
        saying.present = false;
        Map<String, Object> answer = new HashMap<>();
        answer.put("act", null);
        answer.put("actId", NO_ACT.toString());
        answer.put("count", "0");
        answer.put("head", null);
        answer.put("nonce", NONCE);
        answer.put("subject", empty.toString());
        saying.answer = CanonicalJson.write(answer);
        return saying;
    }

    private NetworkBundleCheck.Result check(NetworkBundle bundle, String nonce) {
        return NetworkBundleCheck.run(bundle, new NetworkBundleCheck.Trust(founding.digest(), trusted(), nonce));
    }

    private static List<String> broken(NetworkBundleCheck.Result result) {
        return result.steps().stream()
                .filter(step -> !step.holds())
                .map(NetworkBundleCheck.Step::check)
                .toList();
    }

    @Test
    void aTrueReceiptHoldsAndNamesItsWitness() throws ReceiptCheck.Failed {
        ReceiptCheck.Witness witness = ReceiptCheck.run(regulatorPeer.say(truth()), trusted(), claim());
        assertEquals("RegulatorMSP", witness.msp());
        assertEquals(NOON, witness.askedAt());
    }

    @Test
    void anEchoOfTheAnswerByAnotherFunctionIsNoReceipt() {
        refused(
                ReceiptCheck.Check.QUESTION,
                regulatorPeer.say(changed(saying -> saying.arguments = List.of("echo", saying.answer))));
        refused(
                ReceiptCheck.Check.QUESTION,
                regulatorPeer.say(changed(saying -> saying.arguments =
                        List.of("receipt", act.act().id().toString(), subject.toString(), NONCE, "more"))));
    }

    @Test
    void anotherChannelContractVersionOrArgumentIsNoReceipt() {
        refused(ReceiptCheck.Check.CONTRACT, regulatorPeer.say(changed(saying -> saying.channel = "other")));
        refused(ReceiptCheck.Check.CONTRACT, regulatorPeer.say(changed(saying -> saying.contract = "echo")));
        refused(ReceiptCheck.Check.CONTRACT, regulatorPeer.say(changed(saying -> saying.version = "2")));
        String other = new UUID(0x7000, Long.MIN_VALUE + 9).toString();
        refused(
                ReceiptCheck.Check.QUESTION,
                regulatorPeer.say(
                        changed(saying -> saying.arguments = List.of("receipt", other, subject.toString(), NONCE))));
    }

    @Test
    void anAnswerToAnotherQuestionAnErrorAndAWriteAreNoReceipts() {
        refused(
                ReceiptCheck.Check.PROPOSAL_HASH,
                regulatorPeer.say(changed(saying -> saying.anotherQuestion = new byte[] {1})));
        refused(ReceiptCheck.Check.STATUS, regulatorPeer.say(changed(saying -> saying.status = 500)));
        refused(ReceiptCheck.Check.NO_WRITES, regulatorPeer.say(changed(saying -> saying.writes = true)));
        refused(ReceiptCheck.Check.ACT_READ, regulatorPeer.say(changed(saying -> saying.block = 8)));
        refused(ReceiptCheck.Check.ACT_READ, regulatorPeer.say(changed(saying -> saying.present = false)));
        refused(
                ReceiptCheck.Check.ANSWER,
                regulatorPeer.say(changed(
                        saying -> saying.answer = saying.answer.replace("\"count\":\"1\"", "\"count\":\"2\""))));
    }

    @Test
    void aCertificateThatIsStrangeRevokedOrNotAPeersIsNoWitness() {
        refused(ReceiptCheck.Check.CERTIFICATE, new ForgedPeers("RegulatorMSP").say(truth()));
        refused(ReceiptCheck.Check.CERTIFICATE, new ForgedPeers("StrangerMSP").say(truth()));
        ForgedPeers client = new ForgedPeers("HospitalMSP", "client");
        TrustedChannel trusting = new TrustedChannel("yiqi", "yiqi", Set.of("1"), List.of(client.trusted(false)), null);
        ReceiptCheck.Failed failed =
                assertThrows(ReceiptCheck.Failed.class, () -> ReceiptCheck.run(client.say(truth()), trusting, claim()));
        assertEquals(ReceiptCheck.Check.PEER_ROLE, failed.check());
        regulatorPeer.revoke();
        refused(ReceiptCheck.Check.REVOCATION, regulatorPeer.say(truth()));
    }

    @Test
    void aBundleNeedsTwoOperatorsBesidesThePlatform() {
        assertTrue(check(bundle(regulatorPeer, hospitalPeer), null).holds());
        assertEquals(List.of("OPERATORS"), broken(check(bundle(regulatorPeer, platformPeer), null)));
        assertEquals(List.of("OPERATORS"), broken(check(bundle(regulatorPeer, regulatorPeer), null)));
        assertEquals(List.of("OPERATORS"), broken(check(bundle(), null)));
    }

    @Test
    void onlyTheVerifiersOwnNonceMakesAReceiptFresh() {
        assertTrue(check(bundle(regulatorPeer, hospitalPeer), NONCE).holds());
        assertEquals(List.of("FRESHNESS"), broken(check(bundle(regulatorPeer, hospitalPeer), "fedcba9876543210")));
    }

    @Test
    void anActThatWasLeftOutIsMissed() {
        NetworkBundle whole = bundle(regulatorPeer, hospitalPeer);
        NetworkBundle cut = new NetworkBundle("yiqi", "yiqi", founding, List.of(), whole.questions());
        assertEquals(false, check(cut, null).holds());
        NetworkBundle unasked = new NetworkBundle("yiqi", "yiqi", founding, whole.acts(), List.of());
        assertTrue(broken(check(unasked, null)).contains("COMPLETENESS"));
    }

    @Test
    void aChainThatNobodyWasAskedAboutIsMissed() {
        NetworkBundle whole = bundle(regulatorPeer, hospitalPeer);
        for (int left = 0; left < whole.questions().size(); left++) {
            List<NetworkBundle.Question> fewer = new ArrayList<>(whole.questions());
            fewer.remove(left);
            NetworkBundle cut = new NetworkBundle("yiqi", "yiqi", founding, whole.acts(), fewer);
            assertTrue(broken(check(cut, null)).contains("COMPLETENESS"), "question " + left);
        }
    }

    /** Every bit of every part of a receipt, and bits all over the bundle. */
    @Test
    void everyBitThatIsFlippedIsFound() {
        Receipt receipt = regulatorPeer.say(truth());
        for (int part = 0; part < 6; part++) {
            byte[] bytes = Base64.getDecoder().decode(parts(receipt)[part]);
            for (int bit = 0; bit < bytes.length * 8; bit += part == 3 || part == 4 ? 7 : 1) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String[] parts = parts(receipt);
                parts[part] = ForgedPeers.text(flipped);
                Receipt forged = new Receipt(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
                String where = "part " + part + " bit " + bit;
                assertThrows(ReceiptCheck.Failed.class, () -> ReceiptCheck.run(forged, trusted(), claim()), where);
            }
        }
    }

    private static String[] parts(Receipt receipt) {
        return new String[] {
            receipt.channelHeader(),
            receipt.signatureHeader(),
            receipt.proposal(),
            receipt.response(),
            receipt.endorser(),
            receipt.signature()
        };
    }

    @Test
    void everyBitThatIsFlippedInABundleIsFound() {
        byte[] bytes = bundle(regulatorPeer, hospitalPeer).json().getBytes(StandardCharsets.UTF_8);
        for (int tried = 0; tried < 2000; tried++) {
            int bit = (int) (tried * 7919L % (bytes.length * 8L));
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(refusedAsAWhole(flipped), "bit " + bit);
        }
    }

    private boolean refusedAsAWhole(byte[] json) {
        try {
            return !check(NetworkBundle.parse(new String(json, StandardCharsets.UTF_8)), null)
                    .holds();
        } catch (MalformedAct e) {
            return true;
        }
    }
}
