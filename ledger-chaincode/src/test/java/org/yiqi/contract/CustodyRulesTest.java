package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.imported;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustodyRulesTest {

    private final Consortium c = new Consortium();

    private void refused(Refusal refusal, Act act, Consortium.Org... signers) {
        assertEquals(new Outcome(act.id(), Outcome.Status.REJECTED, refusal), c.record(act, signers));
    }

    private void recorded(Act act, Consortium.Org... signers) {
        c.expectRecorded(signed(act, signers));
    }

    @Test
    void theOwnerIsTheFirstCustodian() {
        c.registerUnit();
        UnitStanding unit = LedgerQueries.unit(c.unit, c.state).orElseThrow();
        assertEquals(c.people.id, unit.custodian());
    }

    @Test
    void aUnitIsRegisteredOnce() {
        c.registerUnit();
        refused(Refusal.UNIT_KNOWN, c.custody("custody.registered", owner(c.union)), c.union);
    }

    @Test
    void nothingHappensToAUnitThatIsNotOnTheLedger() {
        refused(Refusal.UNKNOWN_UNIT, c.custody("custody.offered", handover(c.people, c.union)), c.people);
    }

    @Test
    void custodyPassesWithBothSignatures() {
        c.registerUnit();
        recorded(c.custody("custody.offered", handover(c.people, c.union)), c.people);
        assertEquals(
                c.people.id, LedgerQueries.unit(c.unit, c.state).orElseThrow().custodian());
        recorded(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        assertEquals(
                c.union.id, LedgerQueries.unit(c.unit, c.state).orElseThrow().custodian());
    }

    @Test
    void aHandoverThatOneSideDidNotSignIsRefused() {
        c.registerUnit();
        Act act = c.custody("custody.accepted", handover(c.people, c.union));
        refused(Refusal.MISSING_SIGNATURE, act, c.people);
        refused(Refusal.MISSING_SIGNATURE, act, c.union);
        refused(Refusal.MISSING_SIGNATURE, act);
    }

    @Test
    void onlyTheCustodianCanGiveAUnitAway() {
        c.registerUnit();
        refused(
                Refusal.NOT_CUSTODIAN,
                c.custody("custody.accepted", handover(c.union, c.supplier)),
                c.union,
                c.supplier);
        refused(Refusal.NOT_CUSTODIAN, c.custody("custody.offered", handover(c.union, c.supplier)), c.union);
    }

    @Test
    void whatIsOnItsWayToOneCannotBeAcceptedByAnother() {
        c.registerUnit();
        recorded(c.custody("custody.offered", handover(c.people, c.union)), c.people);
        refused(
                Refusal.OFFERED_TO_ANOTHER,
                c.custody("custody.accepted", handover(c.people, c.supplier)),
                c.people,
                c.supplier);
    }

    @Test
    void nobodyHandsAUnitToItself() {
        c.registerUnit();
        refused(Refusal.SAME_PARTY, c.custody("custody.accepted", handover(c.people, c.people)), c.people);
    }

    @Test
    void aReturnGoesToTheOwner() {
        c.registerUnit();
        recorded(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        refused(Refusal.NOT_OWNER, c.custody("custody.returned", handover(c.union, c.supplier)), c.union, c.supplier);
        recorded(c.custody("custody.returned", handover(c.union, c.people)), c.union, c.people);
    }

    @Test
    void nothingFollowsTheEndOfAUnit() {
        c.registerUnit();
        recorded(
                c.act("custody.closed", Subject.custody(c.unit), Map.of("reason", "DESTROYED"), owner(c.people)),
                c.people);
        refused(Refusal.UNIT_CLOSED, c.custody("custody.offered", handover(c.people, c.union)), c.people);
        refused(
                Refusal.UNIT_CLOSED,
                c.act("custody.closed", Subject.custody(c.unit), Map.of("reason", "DESTROYED"), owner(c.people)),
                c.people);
        refused(Refusal.UNIT_CLOSED, c.hold("hold.placed", Map.of("reason", "RECALL"), c.regulator), c.regulator);
        refused(Refusal.UNIT_KNOWN, c.custody("custody.registered", owner(c.people)), c.people);
    }

    @Test
    void onlyTheOwnerClosesAndOnlyWhatItHas() {
        c.registerUnit();
        Map<String, Object> reason = Map.of("reason", "DESTROYED");
        refused(Refusal.NOT_OWNER, c.act("custody.closed", Subject.custody(c.unit), reason, owner(c.union)), c.union);
        recorded(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        refused(
                Refusal.NOT_CUSTODIAN,
                c.act("custody.closed", Subject.custody(c.unit), reason, owner(c.people)),
                c.people);
    }

    @Test
    void ownerAndRegulatorPlaceHoldsAndNobodyElse() {
        c.registerUnit();
        Map<String, Object> reason = Map.of("reason", "RECALL");
        recorded(c.hold("hold.placed", reason, c.people), c.people);
        recorded(c.hold("hold.placed", reason, c.regulator), c.regulator);
        refused(Refusal.NOT_ENTITLED, c.hold("hold.placed", reason, c.union), c.union);
    }

    @Test
    void aHoldIsReleasedByWhoPlacedItOrByARegulator() {
        c.registerUnit();
        Act own = c.hold("hold.placed", Map.of("reason", "ALERT"), c.people);
        recorded(own, c.people);
        Act official = c.hold("hold.placed", Map.of("reason", "RECALL"), c.regulator);
        recorded(official, c.regulator);
        Map<String, Object> second = Map.of("hold", official.id().toString());
        refused(Refusal.NOT_ENTITLED, c.hold("hold.released", second, c.people), c.people);
        Map<String, Object> first = Map.of("hold", own.id().toString());
        recorded(c.hold("hold.released", first, c.regulator), c.regulator);
        refused(Refusal.UNKNOWN_HOLD, c.hold("hold.released", first, c.people), c.people);
        refused(Refusal.WRONG_BODY, c.hold("hold.released", Map.of("hold", "x"), c.people), c.people);
    }

    @Test
    void aHoldDoesNotMakeACustodyActStale() {
        c.registerUnit();
        Act prepared = c.custody("custody.accepted", handover(c.people, c.union));
        recorded(c.hold("hold.placed", Map.of("reason", "ALERT"), c.people), c.people);
        recorded(prepared, c.people, c.union);
    }

    @Test
    void historyIsImportedByARegulatorOnlyAndStaysMarked() {
        Act past = c.custody("custody.registered", owner(c.people));
        refused(Refusal.MISSING_SIGNATURE, imported(past, c.regulator));
        refused(Refusal.NOT_ENTITLED, imported(past, c.platform), c.platform);
        refused(Refusal.WRONG_SIGNATURE, imported(past, c.regulator), c.people);
        recorded(imported(past, c.regulator), c.regulator);
        assertTrue(LedgerQueries.trace(Subject.custody(c.unit), c.state)
                .get(0)
                .act()
                .imported());
    }

    @Test
    void theTraceSaysWhoAnsweredFromWhenToWhen() {
        c.registerUnit();
        Act out = c.custody("custody.accepted", handover(c.people, c.union));
        recorded(out, c.people, c.union);
        Act home = c.custody("custody.returned", handover(c.union, c.people));
        recorded(home, c.union, c.people);
        assertEquals(c.people.id, custodianAt(out.occurredAt().minusMillis(1)));
        assertEquals(c.union.id, custodianAt(out.occurredAt()));
        assertEquals(c.union.id, custodianAt(home.occurredAt().minusMillis(1)));
        assertEquals(c.people.id, custodianAt(home.occurredAt().plusSeconds(86_400)));
        assertTrue(LedgerQueries.custodianAt(c.unit, Consortium.START, c.state).isEmpty());
        List<Responsibility> all =
                LedgerQueries.responsibilities(LedgerQueries.trace(Subject.custody(c.unit), c.state).stream()
                        .map(SignedAct::act)
                        .toList());
        assertEquals(3, all.size());
        assertEquals(all.get(0).to(), all.get(1).from());
    }

    private Object custodianAt(Instant instant) {
        return LedgerQueries.custodianAt(c.unit, instant, c.state).orElseThrow().custodian();
    }

    private final UUID deal = new UUID(0x0192000000007000L, 0x8000000000000900L);

    private void suppliersUnitUnderContract() {
        recorded(c.custody("custody.registered", owner(c.supplier)), c.supplier);
        recorded(c.contract(deal, c.people, c.supplier), c.people, c.supplier);
    }

    @Test
    void aUnitThatIsHandedOverUnderAContractIsTheBuyersOwn() {
        suppliersUnitUnderContract();
        recorded(c.sale(deal, c.supplier, c.people), c.supplier, c.people);
        UnitStanding unit = LedgerQueries.unit(c.unit, c.state).orElseThrow();
        assertEquals(c.people.id, unit.owner());
        assertEquals(c.people.id, unit.custodian());
        // And from then on it is lent and comes back like any other of the buyer's.
        recorded(c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        recorded(c.custody("custody.returned", handover(c.union, c.people)), c.union, c.people);
        refused(
                Refusal.NOT_OWNER,
                c.act("custody.closed", Subject.custody(c.unit), Map.of("reason", "DESTROYED"), owner(c.supplier)),
                c.supplier);
    }

    @Test
    void aHandoverWithoutAContractLeavesTheUnitItsOwners() {
        suppliersUnitUnderContract();
        recorded(c.custody("custody.accepted", handover(c.supplier, c.people)), c.supplier, c.people);
        assertEquals(
                c.supplier.id, LedgerQueries.unit(c.unit, c.state).orElseThrow().owner());
    }

    @Test
    void aSaleNeedsBothSignatures() {
        suppliersUnitUnderContract();
        Act sale = c.sale(deal, c.supplier, c.people);
        refused(Refusal.MISSING_SIGNATURE, sale, c.supplier);
        refused(Refusal.MISSING_SIGNATURE, sale, c.people);
    }

    @Test
    void nothingIsSoldUnderAContractOfOthersOrOneThatNobodySigned() {
        recorded(c.custody("custody.registered", owner(c.supplier)), c.supplier);
        refused(Refusal.UNKNOWN_CONTRACT, c.sale(deal, c.supplier, c.people), c.supplier, c.people);
        recorded(c.contract(deal, c.people, c.supplier), c.people, c.supplier);
        refused(Refusal.WRONG_PARTIES, c.sale(deal, c.supplier, c.union), c.supplier, c.union);
        UUID swapped = new UUID(0x0192000000007000L, 0x8000000000000901L);
        recorded(c.contract(swapped, c.supplier, c.people), c.people, c.supplier);
        refused(Refusal.WRONG_PARTIES, c.sale(swapped, c.supplier, c.people), c.supplier, c.people);
    }

    @Test
    void whoOnlyHoldsAUnitDoesNotSellIt() {
        c.registerUnit();
        recorded(c.custody("custody.accepted", handover(c.people, c.supplier)), c.people, c.supplier);
        recorded(c.contract(deal, c.union, c.supplier), c.union, c.supplier);
        refused(Refusal.NOT_OWNER, c.sale(deal, c.supplier, c.union), c.supplier, c.union);
        assertEquals(
                c.people.id, LedgerQueries.unit(c.unit, c.state).orElseThrow().owner());
    }

    @Test
    void aSaleIsNotImported() {
        suppliersUnitUnderContract();
        refused(Refusal.NOT_IMPORTABLE, imported(c.sale(deal, c.supplier, c.people), c.regulator), c.regulator);
    }

    @Test
    void theChainsBehindASoldUnitBeginWithItsContract() {
        suppliersUnitUnderContract();
        recorded(c.sale(deal, c.supplier, c.people), c.supplier, c.people);
        assertTrue(ChainsBehind.of(List.of(Subject.custody(c.unit)), c.state).contains(Subject.contract(deal)));
    }
}
