package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.yiqi.contract.Consortium.signed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiabilityRulesTest {

    private static final UUID CASE = new UUID(9, 9);

    private final Consortium c = new Consortium().withMore();
    private final Consortium.Org[] panel = c.unrelated.toArray(Consortium.Org[]::new);

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

    private Act opened() {
        return c.act(
                "liability.opened",
                Subject.liability(CASE),
                Map.of("reason", "DROPPED", "unit", c.unit.toString()),
                new Party(c.union.id, PartyRole.REPORTER),
                new Party(c.supplier.id, PartyRole.CONCERNED));
    }

    private Act act(String type, Map<String, Object> body, Party... parties) {
        return c.act(type, Subject.liability(CASE), body, parties);
    }

    /** {@code shares} in turn for the union hospital, the supplier, the people's hospital. */
    private Act determined(List<Party> parties, String... shares) {
        List<Consortium.Org> orgs = List.of(c.union, c.supplier, c.people);
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            list.add(Map.of("org", orgs.get(i).id.toString(), "share", shares[i]));
        }
        return act("liability.determined", Map.of("shares", list), parties.toArray(Party[]::new));
    }

    private static List<Party> roles(PartyRole role, Consortium.Org... orgs) {
        List<Party> parties = new ArrayList<>();
        for (Consortium.Org org : orgs) {
            parties.add(new Party(org.id, role));
        }
        return parties;
    }

    private Act byPanel(String... shares) {
        List<Party> parties = roles(PartyRole.PANELLIST, panel);
        parties.add(new Party(c.regulator.id, PartyRole.REGULATOR));
        return determined(parties, shares);
    }

    private Consortium.Org[] panelAndRegulator() {
        return new Consortium.Org[] {panel[0], panel[1], panel[2], c.regulator};
    }

    private LiabilityStanding.Step step() {
        return LedgerQueries.liability(CASE, c.state).orElseThrow().step();
    }

    @Test
    void whoBearAShareAndTheReporterAgree() {
        recorded(opened(), c.union);
        Act act = determined(roles(PartyRole.AGREES, c.union, c.supplier), "1/3", "2/3");
        refused(Refusal.MISSING_SIGNATURE, act, c.union);
        recorded(act, c.union, c.supplier);
        refused(Refusal.WRONG_STEP, act("liability.appealed", Map.of("reason", "UNFAIR"), appellant(c.union)), c.union);
        refused(Refusal.NOT_OWNER, act("liability.settled", Map.of(), Consortium.owner(c.union)), c.union);
        recorded(act("liability.settled", Map.of(), Consortium.owner(c.people)), c.people);
        assertEquals(LiabilityStanding.Step.SETTLED, step());
        refused(
                Refusal.WRONG_STEP,
                determined(roles(PartyRole.AGREES, c.union, c.supplier), "1/2", "1/2"),
                c.union,
                c.supplier);
    }

    private static Party appellant(Consortium.Org org) {
        return new Party(org.id, PartyRole.APPELLANT);
    }

    @Test
    void sharesSumToOneExactly() {
        recorded(opened(), c.union);
        List<Party> both = roles(PartyRole.AGREES, c.union, c.supplier);
        refused(Refusal.SHARES_NOT_ONE, determined(both, "33/100", "33/50"), c.union, c.supplier);
        refused(Refusal.SHARES_NOT_ONE, determined(both, "1/2", "2/3"), c.union, c.supplier);
        refused(Refusal.SHARES_NOT_ONE, determined(both), c.union, c.supplier);
        refused(Refusal.WRONG_BODY, determined(both, "2/4", "1/2"), c.union, c.supplier);
        refused(Refusal.WRONG_BODY, determined(both, "0/1", "1/1"), c.union, c.supplier);
        refused(Refusal.WRONG_BODY, determined(both, "-1/2", "3/2"), c.union, c.supplier);
        refused(Refusal.WRONG_BODY, determined(both, "0.5", "0.5"), c.union, c.supplier);
        List<Party> three = roles(PartyRole.AGREES, c.union, c.supplier, c.people);
        recorded(determined(three, "1/3", "1/3", "1/3"), c.union, c.supplier, c.people);
    }

    @Test
    void nobodyIsGivenAShareByOthers() {
        recorded(opened(), c.union);
        refused(Refusal.NOT_AGREED, determined(roles(PartyRole.AGREES, c.union), "1/3", "2/3"), c.union);
        refused(Refusal.NOT_AGREED, determined(roles(PartyRole.AGREES, c.supplier), "1/3", "2/3"), c.supplier);
        refused(Refusal.WRONG_PARTIES, determined(List.of(), "1/3", "2/3"), c.union);
    }

    @Test
    void aPanelHasNothingToDoWithTheCaseAndARegulatorVouchesForIt() {
        recorded(opened(), c.union);
        refused(Refusal.WRONG_PARTIES, determined(roles(PartyRole.PANELLIST, panel), "1/1"), panel);
        List<Party> two = roles(PartyRole.PANELLIST, panel[0], panel[1]);
        two.add(new Party(c.regulator.id, PartyRole.REGULATOR));
        refused(Refusal.WRONG_PARTIES, determined(two, "1/1"), panel[0], panel[1], c.regulator);
        List<Party> own = roles(PartyRole.PANELLIST, panel[0], panel[1], c.supplier);
        own.add(new Party(c.regulator.id, PartyRole.REGULATOR));
        refused(Refusal.PANEL_CONCERNED, determined(own, "1/1"), panel[0], panel[1], c.supplier, c.regulator);
        refused(Refusal.MISSING_SIGNATURE, byPanel("1/1"), panel);
        recorded(byPanel("1/4", "3/4"), panelAndRegulator());
    }

    @Test
    void aDecisionIsAppealedOnceAndTheRegulatorDecides() {
        recorded(opened(), c.union);
        List<Party> regulator = roles(PartyRole.REGULATOR, c.regulator);
        refused(Refusal.WRONG_STEP, determined(regulator, "1/1"), c.regulator);
        recorded(byPanel("1/4", "3/4"), panelAndRegulator());
        Map<String, Object> why = Map.of("reason", "NEW_EVIDENCE");
        refused(Refusal.NOT_ENTITLED, act("liability.appealed", why, appellant(panel[0])), panel[0]);
        recorded(act("liability.appealed", why, appellant(c.supplier)), c.supplier);
        refused(Refusal.WRONG_STEP, act("liability.settled", Map.of(), Consortium.owner(c.people)), c.people);
        recorded(determined(regulator, "1/1"), c.regulator);
        refused(Refusal.WRONG_STEP, act("liability.appealed", why, appellant(c.supplier)), c.supplier);
        recorded(act("liability.settled", Map.of(), Consortium.owner(c.people)), c.people);
    }

    @Test
    void aCaseIsOpenedOnceAndOnAUnitThatIsThere() {
        recorded(opened(), c.union);
        refused(Refusal.LIABILITY_KNOWN, opened(), c.union);
        Act nothing = c.act(
                "liability.opened",
                Subject.liability(new UUID(9, 10)),
                Map.of("reason", "DROPPED", "unit", CASE.toString()),
                new Party(c.union.id, PartyRole.REPORTER));
        refused(Refusal.UNKNOWN_UNIT, nothing, c.union);
        assertThrows(MalformedAct.class, () -> Share.of(CASE, "1/0"));
    }
}
