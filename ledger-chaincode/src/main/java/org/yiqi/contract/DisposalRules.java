package org.yiqi.contract;

import static org.yiqi.contract.DisposalStanding.Step.AUTHORISED;
import static org.yiqi.contract.DisposalStanding.Step.AWARDED;
import static org.yiqi.contract.DisposalStanding.Step.CERTIFIED;
import static org.yiqi.contract.DisposalStanding.Step.HANDED_OVER;
import static org.yiqi.contract.PartyRole.AUTHORITY;
import static org.yiqi.contract.PartyRole.OWNER;
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
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.awarded", SUBJECT, Set.of(OWNER, RECYCLER), DisposalRules::award)
                        .body("amount", "currency", "unit")
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.handed-over", SUBJECT, Set.of(OWNER, RECYCLER), DisposalRules::handOver)
                        .body("unit")
                        .reads(CustodyRules::ofNamedUnit),
                new ActRule("disposal.certified", SUBJECT, Set.of(OWNER, RECYCLER), DisposalRules::certify)
                        .signedBy(act -> Set.of(RECYCLER))
                        .body("outcome", "unit")
                        .reads(CustodyRules::ofNamedUnit)
                        .supported());
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
        owned(act, unit, register);
        UUID before = latest(unit, register);
        DisposalStanding other =
                before == null ? null : register.read(DisposalStanding.key(before), DisposalStanding::parse);
        Refused.unless(other == null || other.step() == AUTHORISED, Refusal.DISPOSAL_KNOWN);
        long value = body.number("amount");
        Long line = register.read(
                lineKey(TenderRules.currency(body)), json -> new Fields(CanonicalJson.read(json)).number("amount"));
        if (act.parties(AUTHORITY).isEmpty()) {
            Refused.unless(line != null && value <= line, Refusal.AUTHORITY_NEEDED);
        } else {
            Refused.unless(register.isRegulator(act.party(AUTHORITY).orElseThrow()), Refusal.NOT_ENTITLED);
        }
        register.write(DisposalStanding.key(id), new DisposalStanding(unit, AUTHORISED, null).json());
        register.write(DisposalStanding.keyOfUnit(unit), CanonicalJson.write(Map.of("disposal", id.toString())));
    }

    private static void award(Act act, Register register) {
        DisposalStanding disposal = standing(act, register, AUTHORISED);
        UUID recycler = act.party(RECYCLER).orElseThrow();
        Refused.unless(register.knownMember(recycler).kind() == OrganisationKind.RECYCLER, Refusal.NOT_ENTITLED);
        Fields body = new Fields(act.body());
        TenderRules.amount(body);
        TenderRules.currency(body);
        write(act, disposal.now(AWARDED, recycler), register);
    }

    /** What the owner and the recycler say of a unit whose custody has passed between them. */
    private static void handOver(Act act, Register register) {
        DisposalStanding disposal = standing(act, register, AWARDED);
        UUID recycler = recycler(act, disposal);
        Refused.unless(register.openUnit(disposal.unit()).custodian().equals(recycler), Refusal.NOT_CUSTODIAN);
        write(act, disposal.now(HANDED_OVER, recycler), register);
    }

    private static void certify(Act act, Register register) {
        DisposalStanding disposal = standing(act, register, HANDED_OVER);
        UUID recycler = recycler(act, disposal);
        UnitStanding unit = register.openUnit(disposal.unit());
        Refused.unless(unit.custodian().equals(recycler), Refusal.NOT_CUSTODIAN);
        Names.of(Outcomes.class, new Fields(act.body()).text("outcome"));
        write(act, disposal.now(CERTIFIED, recycler), register);
        register.put(disposal.unit(), unit.certified());
    }

    /** What a certificate may say. */
    private enum Outcomes {
        DESTROYED,
        RECYCLED,
        REUSED
    }

    private static DisposalStanding standing(Act act, Register register, DisposalStanding.Step step) {
        UUID id = act.subject().id();
        DisposalStanding disposal = register.read(DisposalStanding.key(id), DisposalStanding::parse);
        if (disposal == null) {
            throw new Refused(Refusal.UNKNOWN_DISPOSAL);
        }
        Refused.unless(new Fields(act.body()).uuid("unit").equals(disposal.unit()), Refusal.WRONG_SUBJECT);
        owned(act, disposal.unit(), register);
        // One that was authorised anew leaves the earlier one behind.
        Refused.unless(id.equals(latest(disposal.unit(), register)) && disposal.step() == step, Refusal.WRONG_STEP);
        return disposal;
    }

    static @Nullable UUID latest(UUID unit, Register register) {
        return register.read(
                DisposalStanding.keyOfUnit(unit), json -> new Fields(CanonicalJson.read(json)).uuid("disposal"));
    }

    private static void owned(Act act, UUID unit, Register register) {
        Refused.unless(register.openUnit(unit).owner().equals(act.party(OWNER).orElseThrow()), Refusal.NOT_OWNER);
    }

    private static UUID recycler(Act act, DisposalStanding disposal) {
        UUID recycler = act.party(RECYCLER).orElseThrow();
        Refused.unless(recycler.equals(disposal.recycler()), Refusal.WRONG_PARTIES);
        return recycler;
    }

    private static void write(Act act, DisposalStanding standing, Register register) {
        register.write(DisposalStanding.key(act.subject().id()), standing.json());
    }
}
