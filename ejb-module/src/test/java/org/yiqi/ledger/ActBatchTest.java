package org.yiqi.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;

class ActBatchTest {

    private static final UUID HOSPITAL = new UUID(1, 1);
    private static final UUID SUPPLIER = new UUID(1, 2);

    private static ActBatch.Read act(String name, Subject subject, UUID party) {
        UUID id = new UUID(9, name.charAt(0));
        Act act = new Act(
                id,
                "custody.offered",
                1,
                subject,
                Instant.EPOCH,
                List.of(new Party(party, PartyRole.OWNER)),
                Map.of(),
                List.of(),
                null);
        return new ActBatch.Read(new Outbox.Pending(id, subject.toString(), name), act);
    }

    private static ActBatch.Read custody(String name, int unit) {
        return act(name, Subject.custody(new UUID(2, unit)), HOSPITAL);
    }

    private static String inOrder(int most, ActBatch.Read... waiting) {
        return ActBatch.inOrder(Arrays.asList(waiting), most, act -> Set.of()).acts().stream()
                .map(Outbox.Pending::document)
                .reduce("", String::concat);
    }

    private static String choose(List<Act> onTheWay, Set<String> silent, ActBatch.Read... waiting) {
        return ActBatch.choose(
                        Arrays.asList(waiting),
                        3,
                        onTheWay,
                        Set.of(),
                        silent,
                        act -> Set.of(act.parties().get(0).org().toString()))
                .acts()
                .stream()
                .map(Outbox.Pending::document)
                .reduce("", String::concat);
    }

    @Test
    void ofAUnitOnlyTheNextHandoverGoesAndNoMoreActsThanATransactionTakes() {
        assertEquals(
                "acd",
                choose(
                        List.of(),
                        Set.of(),
                        custody("a", 1),
                        custody("b", 1),
                        custody("c", 2),
                        custody("d", 3),
                        custody("e", 4)));
    }

    @Test
    void aKeyIsNotReplacedAheadOfAHandoverThatHasToWait() {
        ActBatch.Read key = act("k", Subject.organisation(HOSPITAL), HOSPITAL);
        assertEquals("ac", choose(List.of(), Set.of(), custody("a", 1), custody("b", 1), custody("c", 2), key));
    }

    @Test
    void aKeyIsNotReplacedWhileAnActOfItsOrganisationIsOnItsWay() {
        ActBatch.Read key = act("k", Subject.organisation(HOSPITAL), HOSPITAL);
        assertEquals("", choose(List.of(custody("a", 1).act()), Set.of(), key, custody("b", 2)));
        assertEquals("kb", choose(List.of(), Set.of(), key, custody("b", 2)));
    }

    @Test
    void onlyWhatNeedsTheConsentOfASilentOrganisationWaits() {
        ActBatch.Read other = act("s", Subject.custody(new UUID(2, 2)), SUPPLIER);
        assertEquals("s", choose(List.of(), Set.of(HOSPITAL.toString()), custody("a", 1), other, custody("b", 3)));
        assertEquals("ab", choose(List.of(), Set.of(), custody("a", 1), other, custody("b", 3)));
    }

    @Test
    void ofAPastNothingIsLeftOutThatOthersBuildUpon() {
        ActBatch.Read key = act("k", Subject.organisation(HOSPITAL), HOSPITAL);
        ActBatch.Read tender = act("t", Subject.tender(new UUID(3, 3)), HOSPITAL);
        assertEquals("aktb", inOrder(9, custody("a", 1), key, tender, custody("b", 2)));
        assertEquals("ak", inOrder(2, custody("a", 1), key, tender, custody("b", 2)));
    }

    @Test
    void aUnitsSecondHandoverWaitsAndOtherUnitsDoNot() {
        ActBatch.Read hold = act("h", Subject.holds(new UUID(2, 1)), HOSPITAL);
        assertEquals("acd", inOrder(9, custody("a", 1), custody("b", 1), custody("c", 2), hold, custody("d", 3)));
    }

    @Test
    void behindAHandoverThatWaitsNothingElseOfThePastGoesAhead() {
        ActBatch.Read key = act("k", Subject.organisation(SUPPLIER), SUPPLIER);
        assertEquals("ac", inOrder(9, custody("a", 1), custody("b", 1), custody("c", 2), key, custody("d", 3)));
    }

    @Test
    void ofAPastAllEndorseWhoseConsentIsNeeded() {
        ActBatch batch = ActBatch.inOrder(
                List.of(custody("a", 1), act("b", Subject.custody(new UUID(2, 2)), SUPPLIER)),
                9,
                act -> Set.of(act.parties().get(0).org().toString()));
        assertEquals(Set.of(HOSPITAL.toString(), SUPPLIER.toString()), batch.consents());
    }
}
