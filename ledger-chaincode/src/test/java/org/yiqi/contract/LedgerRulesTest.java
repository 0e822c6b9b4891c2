package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.registrar;
import static org.yiqi.contract.Consortium.signed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerRulesTest {

    private final Consortium c = new Consortium();

    private void refused(Refusal refusal, Act act, Consortium.Org... signers) {
        assertEquals(new Outcome(act.id(), Outcome.Status.REJECTED, refusal), c.record(act, signers));
    }

    private void recorded(Act act, Consortium.Org... signers) {
        c.expectRecorded(signed(act, signers));
    }

    @Test
    void theSameActTwiceIsADuplicateAndNotASecondAct() {
        Act act = c.custody("custody.registered", owner(c.people));
        recorded(act, c.people);
        assertEquals(Outcome.Status.DUPLICATE, c.record(act, c.people).status());
        assertEquals(1, LedgerQueries.trace(Subject.custody(c.unit), c.state).size());
    }

    @Test
    void theSameIdWithOtherContentIsRefused() {
        Act act = c.custody("custody.registered", owner(c.people));
        recorded(act, c.people);
        Act other = new Act(
                act.id(),
                act.type(),
                1,
                act.subject(),
                act.occurredAt().plusMillis(1),
                act.parties(),
                act.body(),
                List.of(),
                null);
        refused(Refusal.ID_TAKEN, other, c.people);
    }

    @Test
    void oneBadActDoesNotBlockItsNeighbours() {
        Act first = c.custody("custody.registered", owner(c.people));
        Act bad = c.hold("hold.placed", Map.of("reason", "RECALL"), c.union);
        Act last = c.hold("hold.placed", Map.of("reason", "RECALL"), c.people);
        List<Outcome> outcomes = LedgerRules.record(
                List.of(signed(first, c.people), signed(bad, c.union), signed(last, c.people)), c.state);
        assertEquals(
                List.of(Outcome.Status.RECORDED, Outcome.Status.REJECTED, Outcome.Status.RECORDED),
                outcomes.stream().map(Outcome::status).toList());
    }

    @Test
    void anActSeesWhatCameBeforeItInTheBatch() {
        Act first = c.custody("custody.registered", owner(c.people));
        Act plain = c.custody("custody.accepted", handover(c.people, c.union));
        Act second = new Act(
                plain.id(),
                plain.type(),
                1,
                plain.subject(),
                plain.occurredAt(),
                plain.parties(),
                plain.body(),
                List.of(),
                first.digest());
        List<Outcome> outcomes =
                LedgerRules.record(List.of(signed(first, c.people), signed(second, c.people, c.union)), c.state);
        assertTrue(outcomes.stream().allMatch(o -> o.status() == Outcome.Status.RECORDED), outcomes::toString);
    }

    @Test
    void aTypeThatNoRuleKnowsIsRefused() {
        refused(Refusal.UNKNOWN_TYPE, c.custody("custody.stolen", owner(c.people)), c.people);
        Act later = c.custody("custody.registered", owner(c.people));
        refused(
                Refusal.UNKNOWN_TYPE,
                new Act(
                        later.id(),
                        later.type(),
                        2,
                        later.subject(),
                        later.occurredAt(),
                        later.parties(),
                        later.body(),
                        List.of(),
                        null),
                c.people);
    }

    @Test
    void aSubjectOfTheWrongKindIsRefused() {
        refused(
                Refusal.WRONG_SUBJECT,
                c.act("custody.registered", Subject.holds(c.unit), Map.of(), owner(c.people)),
                c.people);
    }

    @Test
    void aBodyWithTooLittleTooMuchOrNonsenseIsRefused() {
        c.registerUnit();
        refused(Refusal.WRONG_BODY, c.hold("hold.placed", Map.of(), c.people), c.people);
        refused(Refusal.WRONG_BODY, c.hold("hold.placed", Map.of("reason", "RECALL", "who", "x"), c.people), c.people);
        refused(Refusal.WRONG_BODY, c.hold("hold.placed", Map.of("reason", "Dr. Wang dropped it"), c.people), c.people);
        refused(
                Refusal.WRONG_BODY,
                c.hold("hold.placed", Map.of("reason", "RECALL", "reference", "x".repeat(401)), c.people),
                c.people);
    }

    @Test
    void aMissingDoubledOrForeignRoleIsRefused() {
        Party owner = owner(c.people);
        refused(Refusal.WRONG_PARTIES, c.custody("custody.registered"), c.people);
        refused(Refusal.WRONG_PARTIES, c.custody("custody.registered", owner, owner(c.union)), c.people);
        refused(Refusal.WRONG_PARTIES, c.custody("custody.registered", owner, registrar(c.platform)), c.people);
    }

    @Test
    void anOrganisationThatTheLedgerDoesNotKnowIsRefused() {
        Consortium.Org stranger = new Consortium.Org(99, SignatureAlgorithm.SM2_SM3);
        refused(Refusal.UNKNOWN_ORGANISATION, c.custody("custody.registered", owner(stranger)), stranger);
    }

    @Test
    void anUnknownKeyIsRefused() {
        c.people.newKey();
        refused(Refusal.UNKNOWN_KEY, c.custody("custody.registered", owner(c.people)), c.people);
    }

    @Test
    void aSignatureByTheWrongOrganisationIsRefused() {
        Act act = c.custody("custody.registered", owner(c.people));
        refused(Refusal.WRONG_SIGNATURE, act, c.union);
        refused(Refusal.WRONG_SIGNATURE, act, c.people, c.union);
        refused(Refusal.WRONG_SIGNATURE, act, c.people, c.people);
    }

    @Test
    void aSignatureOverOtherBytesIsRefused() {
        Act act = c.custody("custody.registered", owner(c.people));
        Act other = c.custody("custody.registered", owner(c.people));
        Outcome outcome = c.record(new SignedAct(act, List.of(c.people.sign(other))));
        assertEquals(Refusal.WRONG_SIGNATURE, outcome.refusal());
    }

    @Test
    void anActThatDoesNotFollowTheLastOneIsRefused() {
        Act early = c.custody("custody.accepted", handover(c.people, c.union));
        c.registerUnit();
        refused(Refusal.CHAIN_BREAK, early, c.people, c.union);
        Act one = c.custody("custody.accepted", handover(c.people, c.union));
        Act two = c.custody("custody.accepted", handover(c.people, c.supplier));
        recorded(one, c.people, c.union);
        refused(Refusal.CHAIN_BREAK, two, c.people, c.supplier);
    }

    @Test
    void timeOnASubjectNeverRunsBackwards() {
        c.registerUnit();
        refused(
                Refusal.TIME_REVERSED,
                c.actAt(
                        Consortium.START,
                        "custody.accepted",
                        Subject.custody(c.unit),
                        Map.of(),
                        handover(c.people, c.union)),
                c.people,
                c.union);
    }

    @Test
    void aLedgerIsFoundedOnce() {
        Founding again = LedgerQueries.founding(c.state).orElseThrow();
        assertThrows(IllegalStateException.class, () -> LedgerRules.found(again, c.state));
        assertEquals(again, Founding.parse(again.json()));
    }

    @Test
    void theApplicationCanAskWhoMustSign() {
        assertEquals(
                Set.of(c.people.id, c.union.id),
                LedgerRules.signersOf(c.custody("custody.returned", handover(c.people, c.union))));
        assertThrows(MalformedAct.class, () -> LedgerRules.signersOf(c.custody("custody.stolen", owner(c.people))));
    }

    @Test
    void aPreviewAnswersAsTheLedgerWouldAndWritesNothing() {
        SignedAct pending = signed(c.custody("custody.registered", owner(c.people)), c.people);
        Act plain = c.custody("custody.accepted", handover(c.people, c.union));
        Act next = new Act(
                plain.id(),
                plain.type(),
                1,
                plain.subject(),
                plain.occurredAt(),
                plain.parties(),
                plain.body(),
                List.of(),
                pending.act().digest());
        assertEquals(
                Optional.empty(),
                LedgerRules.preview(List.of(pending), signed(next), false, c.state, Consortium.START));
        assertEquals(
                Optional.of(Refusal.MISSING_SIGNATURE),
                LedgerRules.preview(List.of(pending), signed(next, c.people), true, c.state, Consortium.START));
        assertEquals(
                Optional.of(Refusal.CHAIN_BREAK),
                LedgerRules.preview(List.of(), signed(next), false, c.state, Consortium.START));
        assertTrue(LedgerQueries.trace(Subject.custody(c.unit), c.state).isEmpty());
    }

    @Test
    void aSignedActSurvivesItsJson() {
        SignedAct act = signed(c.custody("custody.registered", owner(c.people)), c.people);
        assertEquals(act, SignedAct.parse(act.json()));
        UUID id = act.act().id();
        c.expectRecorded(act);
        assertEquals(act, LedgerQueries.act(id, c.state).orElseThrow());
    }
}
