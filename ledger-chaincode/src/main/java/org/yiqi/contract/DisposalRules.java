package org.yiqi.contract;

import static org.yiqi.contract.DisposalStanding.Step.AUTHORISED;
import static org.yiqi.contract.DisposalStanding.Step.AWARDED;
import static org.yiqi.contract.DisposalStanding.Step.CERTIFIED;
import static org.yiqi.contract.DisposalStanding.Step.HANDED_OVER;
import static org.yiqi.contract.PartyRole.AUTHORITY;
import static org.yiqi.contract.PartyRole.OWNER;
import static org.yiqi.contract.PartyRole.RECEIVER;
import static org.yiqi.contract.PartyRole.RECYCLER;
import static org.yiqi.contract.PartyRole.REGULATOR;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a unit: the owner, with an authority above the value line, lets it go; a recycler takes it; a certificate says
 * that it is no more. After that nothing happens to it but that its custody is closed.
 *
 * <p>A unit that was let go to be redeployed or donated becomes its receiver's instead and lives on. One that was let go for its
 * parts stays with its owner, who takes it apart and certifies that together with the recycler of the rest.
 *
 * <p>The value line is what a regulator last put on the ledger; without one an authority signs every time.
 */
final class DisposalRules {

    private static final Subject.Kind SUBJECT = Subject.Kind.DISPOSAL;

    private DisposalRules() {}

    /** Those of a unit each name it, so that none goes ahead of the handover that it speaks of. */
    static List<ActRule> rules() {
        return List.of(
                new ActRule("disposal.line-set", Subject.Kind.ORGANISATION, Set.of(REGULATOR), DisposalRules::setLine)
                        .body("amount", "currency"),
                new ActRule("disposal.authorised", SUBJECT, Set.of(OWNER), DisposalRules::authorise)
                        .optionalParty(AUTHORITY)
                        .signedBy(act ->
                                act.parties(AUTHORITY).isEmpty() ? EnumSet.of(OWNER) : EnumSet.of(OWNER, AUTHORITY))
                        .body("amount", "currency", "unit")
                        .optionalBody("way")
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.awarded", SUBJECT, Set.of(OWNER), DisposalRules::award)
                        .optionalParty(RECYCLER, RECEIVER)
                        .signedBy(DisposalRules::bothSides)
                        .body("amount", "currency", "unit")
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.handed-over", SUBJECT, Set.of(OWNER), DisposalRules::handOver)
                        .optionalParty(RECYCLER, RECEIVER)
                        .signedBy(DisposalRules::bothSides)
                        .body("unit")
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.certified", SUBJECT, Set.of(OWNER, RECYCLER), DisposalRules::certify)
                        .signedBy(act -> isDismantled(act) ? EnumSet.of(OWNER, RECYCLER) : EnumSet.of(RECYCLER))
                        .body("outcome", "unit")
                        .reads(CustodyRules::ofNamedUnit)
                        .supported());
    }

    private static Set<PartyRole> bothSides(Act act) {
        return EnumSet.of(OWNER, act.parties(RECEIVER).isEmpty() ? RECYCLER : RECEIVER);
    }

    private static boolean isDismantled(Act act) {
        return Outcomes.DISMANTLED.name().equals(act.body().get("outcome"));
    }

    private static void setLine(Act act, Register register) {
        UUID regulator = act.party(REGULATOR).orElseThrow();
        Refused.unless(register.isRegulator(regulator) && act.subject().id().equals(regulator), Refusal.NOT_ENTITLED);
        Fields body = new Fields(act.body());
        register.write(
                lineKey(TenderRules.currency(body)), CanonicalJson.write(Map.of("amount", TenderRules.amount(body))));
    }

    private static String lineKey(String currency) {
        return "disposal-line/" + currency;
    }

    private static void authorise(Act act, Register register) {
        UUID id = act.subject().id();
        Refused.unless(
                register.read(DisposalStanding.key(id), DisposalStanding::parse) == null, Refusal.DISPOSAL_KNOWN);
        Fields body = new Fields(act.body());
        UUID unit = body.uuid("unit");
        owned(act.party(OWNER).orElseThrow(), unit, register);
        UUID before = latest(unit, register);
        DisposalStanding other =
                before == null ? null : register.read(DisposalStanding.key(before), DisposalStanding::parse);
        // Who received a unit may let it go again; the earlier disposal was the former owner's.
        boolean received = other != null
                && other.livesOn()
                && act.party(OWNER).orElseThrow().equals(other.taker());
        Refused.unless(other == null || other.step() == AUTHORISED || received, Refusal.DISPOSAL_KNOWN);
        long value = body.number("amount");
        Long line = register.read(
                lineKey(TenderRules.currency(body)), json -> new Fields(CanonicalJson.read(json)).number("amount"));
        if (act.parties(AUTHORITY).isEmpty()) {
            Refused.unless(line != null && value <= line, Refusal.AUTHORITY_NEEDED);
        } else {
            Refused.unless(register.isRegulator(act.party(AUTHORITY).orElseThrow()), Refusal.NOT_ENTITLED);
        }
        DisposalStanding.Way way =
                act.body().containsKey("way") ? Names.of(DisposalStanding.Way.class, body.text("way")) : null;
        register.write(
                DisposalStanding.key(id), DisposalStanding.authorised(unit, way).json());
        register.write(DisposalStanding.keyOfUnit(unit), CanonicalJson.write(Map.of("disposal", id.toString())));
    }

    private static void award(Act act, Register register) {
        DisposalStanding disposal = standing(act, register, AUTHORISED);
        UUID owner = act.party(OWNER).orElseThrow();
        owned(owner, disposal.unit(), register);
        Refused.unless(disposal.way() != DisposalStanding.Way.PARTS, Refusal.WRONG_STEP);
        UUID taker = taker(act, disposal);
        OrganisationKind kind = disposal.livesOn() ? OrganisationKind.HOSPITAL : OrganisationKind.RECYCLER;
        Refused.unless(register.knownMember(taker).kind() == kind, Refusal.NOT_ENTITLED);
        Refused.unless(!taker.equals(owner), Refusal.SAME_PARTY);
        Fields body = new Fields(act.body());
        TenderRules.amount(body);
        TenderRules.currency(body);
        write(act, disposal.awarded(taker, owner), register);
    }

    /** A unit is its receiver's by a handover under a disposal that both have signed, for that end. */
    static void checkReceiver(UUID id, UUID unit, UUID receiver, Register register) {
        DisposalStanding disposal = register.read(DisposalStanding.key(id), DisposalStanding::parse);
        if (disposal == null) {
            throw new Refused(Refusal.UNKNOWN_DISPOSAL);
        }
        Refused.unless(disposal.unit().equals(unit), Refusal.WRONG_SUBJECT);
        Refused.unless(
                disposal.livesOn() && disposal.step() == AWARDED && id.equals(latest(unit, register)),
                Refusal.WRONG_STEP);
        Refused.unless(receiver.equals(disposal.taker()), Refusal.WRONG_PARTIES);
    }

    /** What both say of a unit that has passed between them: custody to a recycler, or the unit itself to its receiver. */
    private static void handOver(Act act, Register register) {
        DisposalStanding disposal = standing(act, register, AWARDED);
        UUID taker = taker(act, disposal);
        Refused.unless(taker.equals(disposal.taker()), Refusal.WRONG_PARTIES);
        UnitStanding unit = register.openUnit(disposal.unit());
        if (disposal.livesOn()) {
            Refused.unless(act.party(OWNER).orElseThrow().equals(disposal.giver()), Refusal.NOT_OWNER);
            Refused.unless(unit.owner().equals(taker), Refusal.NOT_CUSTODIAN);
        } else {
            owned(act.party(OWNER).orElseThrow(), disposal.unit(), register);
            Refused.unless(unit.custodian().equals(taker), Refusal.NOT_CUSTODIAN);
        }
        write(act, disposal.now(HANDED_OVER), register);
    }

    private static void certify(Act act, Register register) {
        boolean dismantled = isDismantled(act);
        DisposalStanding disposal = standing(act, register, dismantled ? AUTHORISED : HANDED_OVER);
        UUID owner = act.party(OWNER).orElseThrow();
        owned(owner, disposal.unit(), register);
        UUID recycler = act.party(RECYCLER).orElseThrow();
        Refused.unless(!disposal.livesOn(), Refusal.WRONG_STEP);
        if (dismantled) {
            Refused.unless(disposal.way() == DisposalStanding.Way.PARTS, Refusal.WRONG_STEP);
            Refused.unless(register.knownMember(recycler).kind() == OrganisationKind.RECYCLER, Refusal.NOT_ENTITLED);
        } else {
            Refused.unless(recycler.equals(disposal.taker()), Refusal.WRONG_PARTIES);
        }
        UnitStanding unit = register.openUnit(disposal.unit());
        Refused.unless(unit.custodian().equals(dismantled ? owner : recycler), Refusal.NOT_CUSTODIAN);
        Names.of(Outcomes.class, new Fields(act.body()).text("outcome"));
        write(act, disposal.now(CERTIFIED), register);
        register.put(disposal.unit(), unit.certified());
    }

    /** What a certificate may say. */
    private enum Outcomes {
        DESTROYED,
        RECYCLED,
        REUSED,
        DISMANTLED
    }

    private static DisposalStanding standing(Act act, Register register, DisposalStanding.Step step) {
        UUID id = act.subject().id();
        DisposalStanding disposal = register.read(DisposalStanding.key(id), DisposalStanding::parse);
        if (disposal == null) {
            throw new Refused(Refusal.UNKNOWN_DISPOSAL);
        }
        Refused.unless(new Fields(act.body()).uuid("unit").equals(disposal.unit()), Refusal.WRONG_SUBJECT);
        register.openUnit(disposal.unit());
        // One that was authorised anew leaves the earlier one behind.
        Refused.unless(id.equals(latest(disposal.unit(), register)) && disposal.step() == step, Refusal.WRONG_STEP);
        return disposal;
    }

    static @Nullable UUID latest(UUID unit, Register register) {
        return register.read(
                DisposalStanding.keyOfUnit(unit), json -> new Fields(CanonicalJson.read(json)).uuid("disposal"));
    }

    private static void owned(UUID owner, UUID unit, Register register) {
        Refused.unless(register.openUnit(unit).owner().equals(owner), Refusal.NOT_OWNER);
    }

    /** The other side of the act: a receiver where the unit lives on, and else a recycler. */
    private static UUID taker(Act act, DisposalStanding disposal) {
        boolean right = act.parties(RECEIVER).isEmpty() != disposal.livesOn()
                && act.parties(RECYCLER).isEmpty() == disposal.livesOn();
        Refused.unless(right, Refusal.WRONG_PARTIES);
        return act.party(disposal.livesOn() ? RECEIVER : RECYCLER).orElseThrow();
    }

    private static void write(Act act, DisposalStanding standing, Register register) {
        register.write(DisposalStanding.key(act.subject().id()), standing.json());
    }
}
