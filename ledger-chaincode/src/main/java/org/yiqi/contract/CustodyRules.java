package org.yiqi.contract;

import static org.yiqi.contract.PartyRole.GIVER;
import static org.yiqi.contract.PartyRole.HOLDER;
import static org.yiqi.contract.PartyRole.OWNER;
import static org.yiqi.contract.PartyRole.RECYCLER;
import static org.yiqi.contract.PartyRole.TAKER;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who answers for a unit: from its registration until its history is closed, exactly one organisation at any moment. Whose it is
 * changes only by a handover under a signed contract.
 *
 * <p>Holds have a chain of their own and do not stop custody: a unit that may not be used must still be able to go
 * home or to the workshop.
 */
final class CustodyRules {

    private static final Subject.Kind CUSTODY = Subject.Kind.CUSTODY;
    private static final Subject.Kind HOLDS = Subject.Kind.HOLDS;
    /** The contract by which a unit becomes the taker's own. */
    private static final String SOLD_BY = "contract";
    /** The disposal by which its owner gives a unit to one who uses it on. */
    private static final String GIVEN_BY = "disposal";
    /** The reason of an owner's closing that a certificate of dismantling comes before. */
    private static final String DISMANTLED = "DISMANTLED";

    private CustodyRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule("custody.registered", CUSTODY, Set.of(OWNER), CustodyRules::register)
                        .optionalBody("device")
                        .canBeImported(),
                new ActRule("custody.offered", CUSTODY, Set.of(GIVER, TAKER), CustodyRules::offer)
                        .signedBy(act -> Set.of(GIVER))
                        .optionalBody("condition")
                        .canBeImported(),
                new ActRule("custody.accepted", CUSTODY, Set.of(GIVER, TAKER), CustodyRules::accept)
                        .optionalBody("condition", SOLD_BY, GIVEN_BY)
                        .reads(CustodyRules::ground)
                        .canBeImported(),
                new ActRule("custody.returned", CUSTODY, Set.of(GIVER, TAKER), CustodyRules::giveBack)
                        .optionalBody("condition")
                        .canBeImported()
                        .evenWhileSuspended(),
                new ActRule("custody.closed", CUSTODY, Set.of(OWNER), CustodyRules::close)
                        .optionalParty(RECYCLER)
                        .signedBy(act -> Set.of(act.party(RECYCLER).isPresent() ? RECYCLER : OWNER))
                        .body("reason")
                        .reads(CustodyRules::disposal)
                        .canBeImported(),
                new ActRule("hold.placed", HOLDS, Set.of(HOLDER), CustodyRules::hold)
                        .body("reason")
                        .reads(CustodyRules::custody)
                        .canBeImported()
                        .evenWhileSuspended(),
                new ActRule("hold.released", HOLDS, Set.of(HOLDER), CustodyRules::release)
                        .reads(CustodyRules::custody)
                        .body("hold")
                        .optionalBody("reason")
                        .canBeImported());
    }

    /** The custody of the unit that an act of another subject names. */
    static Set<Subject> ofNamedUnit(Act act) {
        return Set.of(Subject.custody(new Fields(act.body()).uuid("unit")));
    }

    private static Set<Subject> custody(Act act) {
        return Set.of(Subject.custody(act.subject().id()));
    }

    private static void register(Act act, Register register) {
        UUID owner = act.party(OWNER).orElseThrow();
        Refused.unless(register.unit(act.subject().id()) == null, Refusal.UNIT_KNOWN);
        register.put(act.subject().id(), UnitStanding.registered(owner));
    }

    private static void offer(Act act, Register register) {
        UnitStanding unit = fromCustodian(act, register);
        register.put(act.subject().id(), unit.offered(taker(act)));
    }

    private static void accept(Act act, Register register) {
        UnitStanding unit = fromCustodian(act, register);
        boolean oneGround = !act.body().containsKey(SOLD_BY) || !act.body().containsKey(GIVEN_BY);
        Refused.unless(oneGround, Refusal.WRONG_BODY);
        Refused.unless(unit.offeredTo() == null || unit.offeredTo().equals(taker(act)), Refusal.OFFERED_TO_ANOTHER);
        if (act.body().containsKey(SOLD_BY)) {
            checkSale(act, unit, register);
            register.put(act.subject().id(), unit.soldTo(taker(act)));
        } else if (act.body().containsKey(GIVEN_BY)) {
            Refused.unless(!act.imported(), Refusal.NOT_IMPORTABLE);
            Refused.unless(unit.owner().equals(unit.custodian()), Refusal.NOT_OWNER);
            UUID disposal = new Fields(act.body()).uuid(GIVEN_BY);
            DisposalRules.checkReceiver(disposal, act.subject().id(), taker(act), register);
            register.put(act.subject().id(), unit.soldTo(taker(act)));
        } else {
            register.put(act.subject().id(), unit.heldBy(taker(act)));
        }
    }

    /**
     * A unit becomes another's only when its owner hands it over to the buyer of a contract that both have signed, in which the owner is
     * the supplier; giver and taker sign as for every handover. No import says so: both would not have signed.
     */
    private static void checkSale(Act act, UnitStanding unit, Register register) {
        Refused.unless(!act.imported(), Refusal.NOT_IMPORTABLE);
        Refused.unless(unit.owner().equals(unit.custodian()), Refusal.NOT_OWNER);
        ContractRules.ContractStanding contract = register.read(
                ContractRules.ContractStanding.key(new Fields(act.body()).uuid(SOLD_BY)),
                ContractRules.ContractStanding::parse);
        if (contract == null) {
            throw new Refused(Refusal.UNKNOWN_CONTRACT);
        }
        Refused.unless(
                contract.supplier().equals(unit.owner()) && contract.buyer().equals(taker(act)), Refusal.WRONG_PARTIES);
    }

    /** What the taker's ownership rests on. */
    private static Set<Subject> ground(Act act) {
        Fields body = new Fields(act.body());
        if (act.body().containsKey(SOLD_BY)) {
            return Set.of(Subject.contract(body.uuid(SOLD_BY)));
        }
        return act.body().containsKey(GIVEN_BY) ? Set.of(Subject.disposal(body.uuid(GIVEN_BY))) : Set.of();
    }

    private static void giveBack(Act act, Register register) {
        UnitStanding unit = fromCustodian(act, register);
        Refused.unless(unit.owner().equals(taker(act)), Refusal.NOT_OWNER);
        register.put(act.subject().id(), unit.heldBy(taker(act)));
    }

    /** A custody ends after the certificate of the disposal that the act refers to. */
    private static Set<Subject> disposal(Act act) {
        boolean certified =
                act.party(RECYCLER).isPresent() || DISMANTLED.equals(act.body().get("reason"));
        return certified && act.body().containsKey(ActRule.REFERENCE)
                ? Set.of(Subject.disposal(new Fields(act.body()).uuid(ActRule.REFERENCE)))
                : Set.of();
    }

    /** By the owner while it has the unit; after a recycler's certificate of its end by the recycler, who has it then. */
    private static void close(Act act, Register register) {
        UnitStanding unit = register.unit(act.subject().id());
        if (unit == null || !unit.disposed()) {
            unit = register.openUnit(act.subject().id());
        }
        Refused.unless(!unit.closed(), Refusal.UNIT_CLOSED);
        UUID owner = act.party(OWNER).orElseThrow();
        Refused.unless(unit.owner().equals(owner), Refusal.NOT_OWNER);
        boolean byRecycler = unit.disposed() && !unit.custodian().equals(owner);
        Refused.unless(byRecycler == act.party(RECYCLER).isPresent(), Refusal.WRONG_PARTIES);
        Refused.unless(unit.custodian().equals(act.party(RECYCLER).orElse(owner)), Refusal.NOT_CUSTODIAN);
        register.put(act.subject().id(), unit.ended());
    }

    private static UnitStanding fromCustodian(Act act, Register register) {
        UnitStanding unit = register.openUnit(act.subject().id());
        UUID giver = act.party(GIVER).orElseThrow();
        Refused.unless(unit.custodian().equals(giver), Refusal.NOT_CUSTODIAN);
        Refused.unless(!giver.equals(taker(act)), Refusal.SAME_PARTY);
        return unit;
    }

    private static UUID taker(Act act) {
        return act.party(TAKER).orElseThrow();
    }

    private static void hold(Act act, Register register) {
        UnitStanding unit = register.openUnit(act.subject().id());
        UUID holder = act.party(HOLDER).orElseThrow();
        Refused.unless(unit.owner().equals(holder) || register.isRegulator(holder), Refusal.NOT_ENTITLED);
        register.hold(act.subject().id(), act.id(), holder);
    }

    private static void release(Act act, Register register) {
        register.openUnit(act.subject().id());
        UUID hold = new Fields(act.body()).uuid("hold");
        UUID placedBy = register.holder(act.subject().id(), hold);
        if (placedBy == null) {
            throw new Refused(Refusal.UNKNOWN_HOLD);
        }
        UUID by = act.party(HOLDER).orElseThrow();
        Refused.unless(placedBy.equals(by) || register.isRegulator(by), Refusal.NOT_ENTITLED);
        register.hold(act.subject().id(), hold, null);
    }
}
