package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.handover;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleCheckTest {

    private final Consortium c = new Consortium();
    private final List<Bundle.Line> lines = new ArrayList<>();
    private Founding founding;
    private Bundle bundle;

    @BeforeEach
    void aUnitThatWasLentAndReturned() {
        founding = LedgerQueries.founding(c.state).orElseThrow();
        c.registerUnit();
        c.expectRecorded(
                Consortium.signed(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union));
        c.expectRecorded(
                Consortium.signed(c.custody("custody.returned", handover(c.union, c.people)), c.union, c.people));
        List<SignedAct> acts = new ArrayList<>();
        for (Consortium.Org org : List.of(c.people, c.union, c.supplier)) {
            acts.addAll(LedgerQueries.trace(Subject.organisation(org.id), c.state));
        }
        acts.addAll(LedgerQueries.trace(Subject.custody(c.unit), c.state));
        acts.sort(Comparator.comparing((SignedAct signed) -> signed.act().occurredAt()));
        line(founding.json());
        acts.forEach(act -> line(act.json()));
        bundle = new Bundle(statements(), founding, lines, List.of(head(lines.size() - 1)));
    }

    private void line(String document) {
        String previous = lines.isEmpty()
                ? JournalEntry.ORIGIN
                : lines.get(lines.size() - 1).entry().hash();
        Instant at = Consortium.START.plusSeconds(lines.size());
        lines.add(new Bundle.Line(JournalEntry.of(lines.size(), at, document, previous), document));
    }

    private SignedHead head(int position) {
        String hash = lines.get(position).entry().hash();
        byte[] content = SignedHead.content(position, hash, Consortium.START);
        return new SignedHead(position, hash, Consortium.START, c.platform.key.keyId(), signed(content));
    }

    private List<SubjectStatement> statements() {
        return ChainsBehind.of(List.of(Subject.custody(c.unit)), c.state).stream()
                .map(this::statement)
                .toList();
    }

    private SubjectStatement statement(Subject subject) {
        String digest = LedgerQueries.head(subject, c.state).map(Head::digest).orElse(null);
        int length = LedgerQueries.head(subject, c.state).map(Head::length).orElse(0);
        byte[] content = SubjectStatement.content(subject, digest, length, lines.size() - 1L, Consortium.START);
        return new SubjectStatement(
                subject, digest, length, lines.size() - 1L, Consortium.START, c.platform.key.keyId(), signed(content));
    }

    private String signed(byte[] content) {
        byte[] key = c.platform.pair.getPrivate().getEncoded();
        return Base64.getEncoder().encodeToString(c.platform.alg.sign(key, content));
    }

    private List<BundleCheck.Check> broken(Bundle checked, List<SignedHead> known) {
        return BundleCheck.run(checked, new BundleCheck.Trust(founding.digest(), known)).stream()
                .filter(step -> !step.holds())
                .map(BundleCheck.Step::check)
                .toList();
    }

    @Test
    void aTrueBundleHolds() {
        assertEquals(List.of(), broken(Bundle.parse(bundle.json()), bundle.heads()));
    }

    @Test
    void everyBitOfABundleCounts() {
        byte[] bytes = bundle.json().getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            boolean found;
            try {
                Bundle read = Bundle.parse(CanonicalJson.text(changed));
                found = !broken(read, List.of()).isEmpty();
            } catch (MalformedAct e) {
                found = true;
            }
            assertTrue(found, "change " + i);
        }
    }

    @Test
    void anActThatWasLeftOutIsMissed() {
        int last = lines.size() - 1;
        List<Bundle.Line> shorter = new ArrayList<>(lines);
        shorter.set(last, new Bundle.Line(lines.get(last).entry(), null));
        Bundle cut = new Bundle(bundle.statements(), founding, shorter, bundle.heads());
        assertEquals(List.of(BundleCheck.Check.COMPLETENESS), broken(cut, List.of()));
    }

    @Test
    void aChainThatWasLeftOutWithAllThatWasSaidOfItIsMissed() {
        for (Subject left : List.of(Subject.holds(c.unit), Subject.organisation(c.union.id))) {
            List<SubjectStatement> fewer = bundle.statements().stream()
                    .filter(statement -> !statement.subject().equals(left))
                    .toList();
            assertEquals(bundle.statements().size() - 1, fewer.size());
            Bundle cut = new Bundle(fewer, founding, lines, bundle.heads());
            assertEquals(List.of(BundleCheck.Check.COMPLETENESS), broken(cut, List.of()), left.toString());
        }
    }

    @Test
    void aSignatureHasOneSpelling() {
        SignedHead head = bundle.heads().get(0);
        SubjectStatement said = bundle.statements().get(0);
        for (int bit = 0; bit < 6; bit++) {
            SignedHead other = new SignedHead(
                    head.position(), head.hash(), head.signedAt(), head.keyId(), respelled(head.signature(), bit));
            assertEquals(
                    List.of(BundleCheck.Check.HEADS),
                    broken(new Bundle(bundle.statements(), founding, lines, List.of(other)), List.of()));
            List<SubjectStatement> statements = new ArrayList<>(bundle.statements());
            statements.set(
                    0,
                    new SubjectStatement(
                            said.subject(),
                            said.digest(),
                            said.length(),
                            said.position(),
                            said.at(),
                            said.keyId(),
                            respelled(said.signature(), bit)));
            assertEquals(
                    List.of(BundleCheck.Check.COMPLETENESS),
                    broken(new Bundle(statements, founding, lines, bundle.heads()), List.of()));
        }
    }

    /** Another bit in the last character of a signature, which stands for no bit of it where padding follows. */
    private static String respelled(String base64, int bit) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = base64.replaceAll("=+$", "").length() - 1;
        char other = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) ^ 1 << bit);
        return base64.substring(0, last) + other + base64.substring(last + 1);
    }

    @Test
    void linesWithoutASignedHeadProveNothing() {
        Bundle unsigned = new Bundle(bundle.statements(), founding, lines, List.of());
        assertEquals(List.of(BundleCheck.Check.LINKS), broken(unsigned, List.of()));
    }

    @Test
    void anotherHistoryOfTheSameOperatorContradictsTheHeadsThatOneHas() {
        SignedHead mine = bundle.heads().get(0);
        SignedHead other = new SignedHead(mine.position(), "a".repeat(64), mine.signedAt(), mine.keyId(), "");
        assertEquals(List.of(BundleCheck.Check.KNOWN_HEADS), broken(bundle, List.of(other)));
    }

    @Test
    void anActUnderAKeyThatItsOrganisationNeverBroughtInProvesNothing() {
        Consortium.Org rogue = new Consortium.Org(3, SignatureAlgorithm.SM2_SM3);
        // Whoever runs the ledger can write what it likes into the state, but not into the history.
        c.state.put("key/" + rogue.id + "/" + rogue.key.keyId(), CanonicalJson.write(rogue.key.tree()));
        SignedAct forged = Consortium.signed(c.custody("custody.offered", handover(c.people, c.union)), rogue);
        c.expectRecorded(forged);
        line(forged.json());
        Bundle said = new Bundle(statements(), founding, lines, List.of(head(lines.size() - 1)));
        BundleCheck.Step acts = BundleCheck.run(said, new BundleCheck.Trust(founding.digest(), List.of())).stream()
                .filter(step -> step.check() == BundleCheck.Check.ACTS)
                .findFirst()
                .orElseThrow();
        assertTrue(acts.broken().contains("ledger.unknown-key"), acts.broken());
    }

    @Test
    void anotherLedgerIsNotThisOne() {
        List<BundleCheck.Step> steps = BundleCheck.run(bundle, new BundleCheck.Trust("b".repeat(64), List.of()));
        assertFalse(steps.get(0).holds());
    }
}
