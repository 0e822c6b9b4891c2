package org.yiqi.contract;

import static org.yiqi.contract.LiabilityStanding.Step.AGREED;
import static org.yiqi.contract.LiabilityStanding.Step.APPEALED;
import static org.yiqi.contract.LiabilityStanding.Step.DECIDED;
import static org.yiqi.contract.LiabilityStanding.Step.FINAL;
import static org.yiqi.contract.LiabilityStanding.Step.OPENED;
import static org.yiqi.contract.LiabilityStanding.Step.SETTLED;
import static org.yiqi.contract.PartyRole.AGREES;
import static org.yiqi.contract.PartyRole.APPELLANT;
import static org.yiqi.contract.PartyRole.CONCERNED;
import static org.yiqi.contract.PartyRole.OWNER;
import static org.yiqi.contract.PartyRole.PANELLIST;
import static org.yiqi.contract.PartyRole.REGULATOR;
import static org.yiqi.contract.PartyRole.REPORTER;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who bears a damage. Either all who bear a share agree with the reporter, or a panel of three that has nothing to do with
 * the case decides; a regulator says who sits on it by signing too, and decides alone when one of the concerned appeals.
 */
final class LiabilityRules {

    private static final Subject.Kind SUBJECT = Subject.Kind.LIABILITY;
    private static final int PANEL = 3;
    private static final int MOST_SHARES = 20;

    private LiabilityRules() {}

    static List<ActRule> rules() {
        return List.of(
                new ActRule("liability.opened", SUBJECT, Set.of(REPORTER), LiabilityRules::open)
                        .optionalParty(CONCERNED)
                        .several(CONCERNED)
                        .signedBy(act -> Set.of(REPORTER))
                        .body("reason", "unit")
                        .reads(CustodyRules::ofNamedUnit)
                        .evenWhileSuspended(),
                new ActRule("liability.determined", SUBJECT, Set.of(), LiabilityRules::determine)
                        .optionalParty(AGREES, PANELLIST, REGULATOR)
                        .several(AGREES)
                        .several(PANELLIST)
                        .signedBy(LiabilityRules::deciders)
                        .structuredBody("shares")
                        .evenWhileSuspended(),
                new ActRule("liability.appealed", SUBJECT, Set.of(APPELLANT), LiabilityRules::appeal)
                        .body("reason")
                        .evenWhileSuspended(),
                new ActRule("liability.settled", SUBJECT, Set.of(OWNER), LiabilityRules::settle).evenWhileSuspended());
    }

    private static Set<PartyRole> deciders(Act act) {
        Set<PartyRole> roles = EnumSet.noneOf(PartyRole.class);
        act.parties().forEach(party -> roles.add(party.role()));
        Refused.unless(!roles.isEmpty(), Refusal.WRONG_PARTIES);
        return roles;
    }

    private static void open(Act act, Register register) {
        UUID id = act.subject().id();
        Refused.unless(
                register.read(LiabilityStanding.key(id), LiabilityStanding::parse) == null, Refusal.LIABILITY_KNOWN);
        UUID unit = new Fields(act.body()).uuid("unit");
        register.openUnit(unit);
        UUID reporter = act.party(REPORTER).orElseThrow();
        List<UUID> concerned = new ArrayList<>(List.of(reporter));
        act.parties(CONCERNED).stream().filter(org -> !org.equals(reporter)).forEach(concerned::add);
        write(id, new LiabilityStanding(unit, reporter, concerned, OPENED, List.of()), register);
    }

    private static void determine(Act act, Register register) {
        LiabilityStanding standing = standing(act, register);
        List<Share> shares = shares(act, register);
        LiabilityStanding.Step next;
        if (act.parties(AGREES).isEmpty()) {
            UUID regulator = act.party(REGULATOR).orElseThrow(() -> new Refused(Refusal.WRONG_PARTIES));
            Refused.unless(register.isRegulator(regulator), Refusal.NOT_ENTITLED);
            boolean appeal = act.parties(PANELLIST).isEmpty();
            Refused.unless(standing.step() == (appeal ? APPEALED : OPENED), Refusal.WRONG_STEP);
            if (!appeal) {
                checkPanel(act.parties(PANELLIST), standing, shares);
            }
            next = appeal ? FINAL : DECIDED;
        } else {
            Refused.unless(
                    act.parties(PANELLIST).isEmpty() && act.parties(REGULATOR).isEmpty(), Refusal.WRONG_PARTIES);
            // As long as nothing is settled they may also agree on something else than what was decided.
            Refused.unless(standing.step() != SETTLED && standing.step() != AGREED, Refusal.WRONG_STEP);
            Set<UUID> bound = new HashSet<>(Set.of(standing.reporter()));
            shares.forEach(share -> bound.add(share.org()));
            Refused.unless(new HashSet<>(act.parties(AGREES)).containsAll(bound), Refusal.NOT_AGREED);
            next = AGREED;
        }
        write(act.subject().id(), standing.now(next, shares), register);
    }

    private static List<Share> shares(Act act, Register register) {
        List<Share> shares = Share.of(new Fields(act.body()), "shares");
        Set<UUID> orgs = new HashSet<>();
        Refused.unless(shares.size() <= MOST_SHARES, Refusal.WRONG_BODY);
        for (Share share : shares) {
            register.knownMember(share.org());
            Refused.unless(orgs.add(share.org()), Refusal.WRONG_BODY);
        }
        Refused.unless(Share.sumToOne(shares), Refusal.SHARES_NOT_ONE);
        return shares;
    }

    private static void checkPanel(List<UUID> panel, LiabilityStanding standing, List<Share> shares) {
        Refused.unless(panel.size() == PANEL, Refusal.WRONG_PARTIES);
        for (UUID member : panel) {
            boolean bears = shares.stream().anyMatch(share -> share.org().equals(member));
            Refused.unless(!bears && !standing.concerns(member), Refusal.PANEL_CONCERNED);
        }
    }

    private static void appeal(Act act, Register register) {
        LiabilityStanding standing = standing(act, register);
        Refused.unless(standing.step() == DECIDED, Refusal.WRONG_STEP);
        Refused.unless(standing.concerns(act.party(APPELLANT).orElseThrow()), Refusal.NOT_ENTITLED);
        write(act.subject().id(), standing.now(APPEALED, standing.shares()), register);
    }

    /** The owner says that it has been made whole. */
    private static void settle(Act act, Register register) {
        LiabilityStanding standing = standing(act, register);
        Refused.unless(Set.of(AGREED, DECIDED, FINAL).contains(standing.step()), Refusal.WRONG_STEP);
        UnitStanding unit = register.unit(standing.unit());
        Refused.unless(unit != null && unit.owner().equals(act.party(OWNER).orElseThrow()), Refusal.NOT_OWNER);
        write(act.subject().id(), standing.now(SETTLED, standing.shares()), register);
    }

    private static LiabilityStanding standing(Act act, Register register) {
        LiabilityStanding standing =
                register.read(LiabilityStanding.key(act.subject().id()), LiabilityStanding::parse);
        if (standing == null) {
            throw new Refused(Refusal.UNKNOWN_LIABILITY);
        }
        return standing;
    }

    private static void write(UUID id, LiabilityStanding standing, Register register) {
        register.write(LiabilityStanding.key(id), standing.json());
    }
}
