package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvidenceProofTest {

    private static final int SIZE = 37;

    private final Consortium c = new Consortium();
    private final Founding founding = LedgerQueries.founding(c.state).orElseThrow();

    private EvidenceProof proof(int leaf, Consortium.Org signer) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            leaves.add(MerkleTree.leaf(salt(i), content(i).getBytes(StandardCharsets.UTF_8)));
        }
        Map<String, Object> body = Map.of(
                "log",
                "evidence",
                "root",
                HexFormat.of().formatHex(MerkleTree.root(leaves)),
                "size",
                Integer.toString(SIZE));
        Act act = c.act(
                "evidence.anchored", Subject.evidence(new UUID(1, 1)), body, new Party(signer.id, PartyRole.PLATFORM));
        return new EvidenceProof(
                "document:" + leaf,
                leaf,
                HexFormat.of().formatHex(leaves.get(leaf)),
                Base64.getEncoder().encodeToString(salt(leaf)),
                content(leaf),
                SIZE,
                MerkleTree.inclusion(leaf, SIZE, MerkleTree.complete(leaves)).stream()
                        .map(Base64.getEncoder()::encodeToString)
                        .toList(),
                Consortium.signed(act, signer));
    }

    private static byte[] salt(int i) {
        byte[] salt = new byte[32];
        salt[0] = (byte) i;
        return salt;
    }

    private static String content(int i) {
        return CanonicalJson.write(Map.of("of", "document:" + i, "sha256", "ab"));
    }

    @Test
    void evidenceHoldsByThePlatformsKeyAlone() {
        List<EvidenceProof> all = List.of(proof(0, c.platform), proof(36, c.platform));
        assertEquals(new EvidenceCheck.Result(2, 0, ""), EvidenceCheck.run(all, founding));
        EvidenceProof read = EvidenceProof.parse(all.get(1).json());
        assertEquals(all.get(1), read);
    }

    @Test
    void somebodyElsesSignatureUnderTheRootProvesNothing() {
        EvidenceCheck.Result result = EvidenceCheck.run(List.of(proof(5, c.people)), founding);
        assertFalse(result.holds());
        assertTrue(result.broken().contains("not signed by the platform"), result.broken());
    }

    @Test
    void whatWasErasedIsStillShownToHaveBeenThere() {
        EvidenceProof p = proof(5, c.platform);
        EvidenceProof erased =
                new EvidenceProof(p.of(), p.leaf(), p.hash(), null, null, p.size(), p.path(), p.anchor());
        assertEquals(new EvidenceCheck.Result(1, 1, ""), EvidenceCheck.run(List.of(erased), founding));
        EvidenceProof half =
                new EvidenceProof(p.of(), p.leaf(), p.hash(), null, p.content(), p.size(), p.path(), p.anchor());
        assertFalse(EvidenceCheck.run(List.of(half), founding).holds());
    }

    @Test
    void theContentOfAnotherThingIsNoticed() {
        EvidenceProof p = proof(5, c.platform);
        EvidenceProof other = new EvidenceProof(
                "document:6", p.leaf(), p.hash(), p.salt(), p.content(), p.size(), p.path(), p.anchor());
        assertFalse(EvidenceCheck.run(List.of(other), founding).holds());
    }

    @Property(tries = 300)
    void everySingleFlippedBitIsNoticed(@ForAll @IntRange(min = 0, max = 1_000_000) int chosen) {
        EvidenceProof proof = proof(11, c.platform);
        byte[] bytes = proof.json().getBytes(StandardCharsets.ISO_8859_1);
        int bit = chosen % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        String changed = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean noticed;
        try {
            noticed = !EvidenceCheck.run(List.of(EvidenceProof.parse(changed)), founding)
                    .holds();
        } catch (MalformedAct unreadable) {
            noticed = true;
        }
        assertTrue(noticed, "bit " + bit + " of " + proof.json());
    }

    @Test
    void aPathWithoutEndIsNotFollowed() {
        EvidenceProof p = proof(5, c.platform);
        List<String> endless = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            endless.add(p.path().get(0));
        }
        EvidenceProof long_ =
                new EvidenceProof(p.of(), p.leaf(), p.hash(), p.salt(), p.content(), p.size(), endless, p.anchor());
        assertThrows(MalformedAct.class, () -> EvidenceProof.parse(long_.json()));
        assertFalse(EvidenceCheck.run(List.of(long_), founding).holds());
    }
}
