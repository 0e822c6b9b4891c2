package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.contract.Consortium.handover;
import static org.yiqi.contract.Consortium.owner;
import static org.yiqi.contract.Consortium.signed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisposalRulesTest {

    private static final UUID DISPOSAL = new UUID(8, 8);
    private static final Map<String, Object> CHEAP = Map.of("amount", "100", "currency", "CNY");

    private final Consortium c = new Consortium().withMore();

    @BeforeEach
    void aUnit() {
        c.registerUnit();
    }

    private void refused(Refusal refusal, Act act, Consortium.Org... signers) {
        assertEquals(new Outcome(act.id(), Outcome.Status.REJECTED, refusal), c.record(act, signers));
    }

    private void recorded(Act act, Consortium.Org... signers) {
        c.expectRecorded(signed(act, signers));
    }

    private Act authorised(UUID id, String amount, Consortium.Org... authority) {
        List<Party> parties = new ArrayList<>(List.of(owner(c.people)));
        for (Consortium.Org org : authority) {
            parties.add(new Party(org.id, PartyRole.AUTHORITY));
        }
        return c.act(
                "disposal.authorised",
                Subject.disposal(id),
                Map.of("amount", amount, "currency", "CNY", "unit", c.unit.toString()),
                parties.toArray(Party[]::new));
    }

    private Act step(String type, Map<String, Object> body, Consortium.Org recycler) {
        Map<String, Object> ofUnit = new HashMap<>(body);
        ofUnit.putIfAbsent("unit", c.unit.toString());
        return c.act(
                type, Subject.disposal(DISPOSAL), ofUnit, owner(c.people), new Party(recycler.id, PartyRole.RECYCLER));
    }

    private Act certified() {
        return Tendering.supported(step("disposal.certified", Map.of("outcome", "DESTROYED"), c.recycler));
    }

    private Act closed() {
        return c.act(
                "custody.closed",
                Subject.custody(c.unit),
                Map.of("reason", "DISPOSED"),
                owner(c.people),
                new Party(c.recycler.id, PartyRole.RECYCLER));
    }

    private void handedOver() {
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        recorded(step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
        recorded(c.custody("custody.accepted", handover(c.people, c.recycler)), c.people, c.recycler);
        recorded(step("disposal.handed-over", Map.of(), c.recycler), c.people, c.recycler);
    }

    @Test
    void aStepThatNamesAnotherUnitIsRefused() {
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        Map<String, Object> other = new HashMap<>(CHEAP);
        other.put("unit", new UUID(5, 5).toString());
        refused(Refusal.WRONG_SUBJECT, step("disposal.awarded", other, c.recycler), c.people, c.recycler);
    }

    @Test
    void afterTheCertificateNothingFollowsButTheClosing() {
        handedOver();
        refused(Refusal.WRONG_PARTIES, closed(), c.recycler);
        recorded(certified(), c.recycler);
        assertTrue(LedgerQueries.unit(c.unit, c.state).orElseThrow().disposed());
        refused(
                Refusal.UNIT_DISPOSED,
                c.custody("custody.returned", handover(c.recycler, c.people)),
                c.recycler,
                c.people);
        refused(Refusal.UNIT_DISPOSED, c.hold("hold.placed", Map.of("reason", "RECALL"), c.regulator), c.regulator);
        refused(Refusal.UNIT_DISPOSED, authorised(new UUID(8, 9), "100", c.regulator), c.people, c.regulator);
        refused(Refusal.UNIT_DISPOSED, certified(), c.recycler);
        Act byOwner = c.act("custody.closed", Subject.custody(c.unit), Map.of("reason", "DISPOSED"), owner(c.people));
        refused(Refusal.WRONG_PARTIES, byOwner, c.people);
        recorded(closed(), c.recycler);
        assertTrue(LedgerQueries.unit(c.unit, c.state).orElseThrow().closed());
        refused(Refusal.UNIT_CLOSED, closed(), c.recycler);
    }

    @Test
    void aboveTheValueLineAnAuthoritySigns() {
        refused(Refusal.AUTHORITY_NEEDED, authorised(DISPOSAL, "1"), c.people);
        Map<String, Object> line = Map.of("amount", "500", "currency", "CNY");
        Act byHospital = c.act(
                "disposal.line-set",
                Subject.organisation(c.people.id),
                line,
                new Party(c.people.id, PartyRole.REGULATOR));
        refused(Refusal.NOT_ENTITLED, byHospital, c.people);
        recorded(
                c.act(
                        "disposal.line-set",
                        Subject.organisation(c.regulator.id),
                        line,
                        new Party(c.regulator.id, PartyRole.REGULATOR)),
                c.regulator);
        refused(Refusal.AUTHORITY_NEEDED, authorised(DISPOSAL, "501"), c.people);
        refused(Refusal.NOT_ENTITLED, authorised(DISPOSAL, "501", c.platform), c.people, c.platform);
        refused(Refusal.MISSING_SIGNATURE, authorised(DISPOSAL, "501", c.regulator), c.people);
        recorded(authorised(DISPOSAL, "500"), c.people);
    }

    @Test
    void onlyTheOwnerLetsAUnitGoAndOnlyARecyclerTakesIt() {
        Act byAnother = c.act(
                "disposal.authorised",
                Subject.disposal(DISPOSAL),
                Map.of("amount", "1", "currency", "CNY", "unit", c.unit.toString()),
                owner(c.union),
                new Party(c.regulator.id, PartyRole.AUTHORITY));
        refused(Refusal.NOT_OWNER, byAnother, c.union, c.regulator);
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        refused(Refusal.NOT_ENTITLED, step("disposal.awarded", CHEAP, c.supplier), c.people, c.supplier);
        refused(Refusal.MISSING_SIGNATURE, step("disposal.awarded", CHEAP, c.recycler), c.people);
    }

    @Test
    void theRecyclerHasTheUnitBeforeItSaysSo() {
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        refused(Refusal.WRONG_STEP, step("disposal.handed-over", Map.of(), c.recycler), c.people, c.recycler);
        recorded(step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
        refused(Refusal.NOT_CUSTODIAN, step("disposal.handed-over", Map.of(), c.recycler), c.people, c.recycler);
        refused(Refusal.WRONG_STEP, certified(), c.recycler);
    }

    @Test
    void aCertificateNeedsItsDocumentAndAnOutcome() {
        handedOver();
        refused(
                Refusal.MISSING_EVIDENCE,
                step("disposal.certified", Map.of("outcome", "DESTROYED"), c.recycler),
                c.recycler);
        refused(
                Refusal.WRONG_BODY,
                Tendering.supported(step("disposal.certified", Map.of("outcome", "SOLD_ON"), c.recycler)),
                c.recycler);
    }

    @Test
    void aDisposalThatWasAuthorisedAnewLeavesTheEarlierBehind() {
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        recorded(authorised(new UUID(8, 9), "90", c.regulator), c.people, c.regulator);
        refused(Refusal.WRONG_STEP, step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
    }

    private Act letGo(String way) {
        return c.act(
                "disposal.authorised",
                Subject.disposal(DISPOSAL),
                Map.of("amount", "100", "currency", "CNY", "unit", c.unit.toString(), "way", way),
                owner(c.people),
                new Party(c.regulator.id, PartyRole.AUTHORITY));
    }

    private Act withReceiver(String type, Map<String, Object> body, Consortium.Org receiver) {
        Map<String, Object> ofUnit = new HashMap<>(body);
        ofUnit.putIfAbsent("unit", c.unit.toString());
        return c.act(
                type, Subject.disposal(DISPOSAL), ofUnit, owner(c.people), new Party(receiver.id, PartyRole.RECEIVER));
    }

    private Act given(Consortium.Org taker) {
        return c.act(
                "custody.accepted",
                Subject.custody(c.unit),
                Map.of("disposal", DISPOSAL.toString()),
                handover(c.people, taker));
    }

    @Test
    void aDonatedUnitBecomesItsReceiversByBothSignaturesAndLivesOn() {
        recorded(letGo("DONATE"), c.people, c.regulator);
        refused(Refusal.WRONG_STEP, given(c.union), c.people, c.union);
        refused(Refusal.WRONG_PARTIES, step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
        refused(Refusal.NOT_ENTITLED, withReceiver("disposal.awarded", CHEAP, c.supplier), c.people, c.supplier);
        refused(Refusal.SAME_PARTY, withReceiver("disposal.awarded", CHEAP, c.people), c.people);
        refused(Refusal.MISSING_SIGNATURE, withReceiver("disposal.awarded", CHEAP, c.union), c.people);
        recorded(withReceiver("disposal.awarded", CHEAP, c.union), c.people, c.union);
        refused(Refusal.NOT_CUSTODIAN, withReceiver("disposal.handed-over", Map.of(), c.union), c.people, c.union);
        refused(Refusal.WRONG_PARTIES, given(c.recycler), c.people, c.recycler);
        refused(Refusal.MISSING_SIGNATURE, given(c.union), c.people);
        recorded(given(c.union), c.people, c.union);
        UnitStanding unit = LedgerQueries.unit(c.unit, c.state).orElseThrow();
        assertEquals(c.union.id, unit.owner());
        assertEquals(c.union.id, unit.custodian());
        recorded(withReceiver("disposal.handed-over", Map.of(), c.union), c.people, c.union);
        refused(Refusal.NOT_OWNER, certified(), c.recycler);
        refused(Refusal.NOT_OWNER, letGoAgain(c.people), c.people, c.regulator);
        recorded(letGoAgain(c.union), c.union, c.regulator);
    }

    private Act letGoAgain(Consortium.Org owner) {
        return c.act(
                "disposal.authorised",
                Subject.disposal(new UUID(8, 9)),
                Map.of("amount", "50", "currency", "CNY", "unit", c.unit.toString(), "way", "RECYCLE"),
                owner(owner),
                new Party(c.regulator.id, PartyRole.AUTHORITY));
    }

    @Test
    void aUnitThatWasLetGoForAnAuctionIsGivenToNobody() {
        recorded(letGo("AUCTION"), c.people, c.regulator);
        refused(Refusal.WRONG_PARTIES, withReceiver("disposal.awarded", CHEAP, c.union), c.people, c.union);
        recorded(step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
        refused(Refusal.WRONG_STEP, given(c.union), c.people, c.union);
        refused(Refusal.WRONG_STEP, given(c.recycler), c.people, c.recycler);
    }

    @Test
    void aUnitIsTakenApartOnlyWhenItWasLetGoForItsParts() {
        recorded(authorised(DISPOSAL, "100", c.regulator), c.people, c.regulator);
        Act dismantled = Tendering.supported(step("disposal.certified", Map.of("outcome", "DISMANTLED"), c.recycler));
        refused(Refusal.WRONG_STEP, dismantled, c.people, c.recycler);
    }

    @Test
    void aUnitTakenApartIsCertifiedByOwnerAndRecyclerAndClosedByItsOwner() {
        recorded(letGo("PARTS"), c.people, c.regulator);
        refused(Refusal.WRONG_STEP, step("disposal.awarded", CHEAP, c.recycler), c.people, c.recycler);
        refused(Refusal.WRONG_STEP, certified(), c.recycler);
        Act byOther = Tendering.supported(step("disposal.certified", Map.of("outcome", "DISMANTLED"), c.supplier));
        refused(Refusal.NOT_ENTITLED, byOther, c.people, c.supplier);
        Act dismantled = Tendering.supported(step("disposal.certified", Map.of("outcome", "DISMANTLED"), c.recycler));
        refused(Refusal.MISSING_SIGNATURE, dismantled, c.recycler);
        recorded(dismantled, c.people, c.recycler);
        refused(Refusal.UNIT_DISPOSED, c.custody("custody.accepted", handover(c.people, c.union)), c.people, c.union);
        refused(Refusal.WRONG_PARTIES, closed(), c.recycler);
        recorded(
                c.act(
                        "custody.closed",
                        Subject.custody(c.unit),
                        Map.of("reason", "DISMANTLED", "reference", DISPOSAL.toString()),
                        owner(c.people)),
                c.people);
        assertTrue(LedgerQueries.unit(c.unit, c.state).orElseThrow().closed());
    }

    @Test
    void aStandingFromBeforeThereWereWaysReadsAndWritesAsItWas() {
        String before = "{\"recycler\":null,\"step\":\"AUTHORISED\",\"unit\":\"" + c.unit + "\"}";
        assertEquals(before, DisposalStanding.parse(before).json());
    }
}
