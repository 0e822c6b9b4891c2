package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Evidence;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Share;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.organisation.Organisations;
import org.yiqi.rental.LiabilityView.Proposal;
import org.yiqi.rental.LiabilityView.Proposal.Kind;
import org.yiqi.rental.ProposeSplit.Weighed;
import org.yiqi.rental.domain.Split;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Who bears a damage: the parties' own split, or a panel's decision, or the regulator's on appeal. Each is one act that all
 * whom it takes sign; the case moves when the last signature is there.
 */
@Stateless
@Secured
public class LiabilitySplits {

    private static final int PANEL = 3;
    private static final int MOST_CAUSES = 20;
    private static final int MOST_WEIGHT = 1000;
    private static final int LONGEST = 4000;

    @Inject
    Sql sql;

    @Inject
    LiabilityStore store;

    @Inject
    LiabilityProgress progress;

    @Inject
    LiabilityPdf pdf;

    @Inject
    Unrelated unrelated;

    @Inject
    Acts acts;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Proposes a split and signs it; it stands when all parties have signed.
     *
     * @throws RuleViolation {@code rental.split-invalid}, {@code rental.liability-no-party} when the rules name a role that nobody
     *     plays in the case, {@code rental.amount-over-limit}
     * @throws Conflict {@code rental.proposal-open}, {@code rental.liability-wrong-state}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView propose(UUID id, ProposeSplit split) {
        LiabilityView seen = store.lock(id);
        partyOnly(seen);
        if (seen.state() != LiabilityState.ASSESSED && seen.state() != LiabilityState.DISPUTED) {
            throw LiabilityStore.wrongState(seen.state());
        }
        UUID proposal = write(seen, Kind.PROPOSAL, split);
        store.move(seen, LiabilityState.PROPOSED, "propose", "", clock.instant(), "");
        List<Party> signers = seen.parties().stream()
                .map(p -> new Party(p.org(), PartyRole.AGREES))
                .toList();
        return put(id, proposal, signers, "rental.split-proposed");
    }

    /**
     * Signs the split that waits: a party its own, a panellist or the regulator the panel's.
     *
     * @throws Conflict {@code rental.nothing-to-sign}, {@code ledger.already-signed}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView agree(UUID id) {
        LiabilityView seen = store.lock(id);
        UUID act = seen.open().map(Proposal::actId).orElseThrow(LiabilitySplits::nothing);
        boolean signed = acts.signIfManaged(act);
        store.touch(seen, signed ? "sign" : "sign-later", "", clock.instant(), "");
        audit.write("rental.split-signed", id.toString(), Map.of("act", act.toString(), "signed", signed));
        progress.signedAtOnce(id, act);
        return store.get(id);
    }

    /**
     * Refuses the split that waits, saying why: a party its own, which makes the case disputed; a panellist or the regulator the
     * panel's, which then tries again.
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView dispute(UUID id, String reason) {
        String why = text(reason, "/reason");
        LiabilityView seen = store.lock(id);
        Proposal open = seen.open().orElseThrow(LiabilitySplits::nothing);
        UUID act = open.actId();
        if (act != null) {
            acts.refuse(act);
        }
        Instant now = clock.instant();
        sql.update(
                "update rental.liability_proposal set state = 'DISPUTED', answered_by = ?, answer = ? where id = ?",
                caller.orgId(),
                why,
                open.id());
        if (open.kind() == Kind.PROPOSAL) {
            store.move(seen, LiabilityState.DISPUTED, "dispute", "", now, "");
        } else {
            store.touch(seen, "dispute", "", now, "");
        }
        audit.write(
                "rental.split-disputed",
                id.toString(),
                Map.of("proposal", open.id().toString()));
        return store.get(id);
    }

    /**
     * Appoints three organisations that have nothing to do with the case; the regulator who appoints them signs their decision
     * too.
     *
     * @throws RuleViolation {@code rental.panel-invalid}, {@code rental.panel-conflict} naming whom and why
     */
    @RolesAllowed(Roles.REGULATOR)
    public LiabilityView appoint(UUID id, List<UUID> panel) {
        LiabilityView seen = store.lock(id);
        if (seen.state() != LiabilityState.DISPUTED) {
            throw LiabilityStore.wrongState(seen.state());
        }
        if (panel.size() != PANEL || new HashSet<>(panel).size() != PANEL) {
            throw new RuleViolation("rental.panel-invalid", "A panel has three different members")
                    .at("/panel", "three different organisations");
        }
        checkPanel(seen, panel);
        for (int i = 0; i < PANEL; i++) {
            sql.update(
                    "insert into rental.liability_panellist(liability_id, position, org_id) values (?, ?, ?)",
                    id,
                    i + 1,
                    panel.get(i));
            store.admit(id, panel.get(i));
        }
        store.admit(id, caller.orgId());
        store.move(seen, LiabilityState.PANEL, "appoint", "", clock.instant(), ", regulator_org = ?", caller.orgId());
        audit.write(
                "rental.panel-appointed",
                id.toString(),
                Map.of("panel", panel.stream().map(UUID::toString).toList()));
        return store.get(id);
    }

    /**
     * Decides and signs: a panellist for the panel, whose other members and regulator sign too; the regulator alone on appeal.
     *
     * @throws RuleViolation as {@link #propose}
     * @throws NotPermitted {@code rental.panel-only}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView decide(UUID id, ProposeSplit split) {
        LiabilityView seen = store.lock(id);
        boolean appeal = seen.state() == LiabilityState.APPEAL;
        if (!appeal && seen.state() != LiabilityState.PANEL) {
            throw LiabilityStore.wrongState(seen.state());
        }
        UUID regulator = regulator(seen);
        boolean mine = appeal
                ? caller.orgId().equals(regulator)
                : seen.panel().contains(caller.orgId()) || caller.orgId().equals(regulator);
        if (!mine) {
            throw new NotPermitted("rental.panel-only", "Only who was appointed decides");
        }
        if (seen.open().isPresent()) {
            throw new Conflict("rental.proposal-open", "A decision waits for its signatures");
        }
        text(split.note(), "/note");
        UUID proposal = write(seen, appeal ? Kind.APPEAL : Kind.DECISION, split);
        store.touch(seen, appeal ? "draft-appeal" : "draft-decision", "", clock.instant(), "");
        List<Party> signers = new ArrayList<>();
        if (!appeal) {
            seen.panel().forEach(org -> signers.add(new Party(org, PartyRole.PANELLIST)));
        }
        signers.add(new Party(regulator, PartyRole.REGULATOR));
        return put(id, proposal, signers, "rental.decision-drafted");
    }

    /**
     * Appeals against the panel's decision to the regulator.
     *
     * @throws Conflict {@code rental.appeal-late}, {@code rental.appeal-made}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView appeal(UUID id, AppealGround ground, String reason) {
        String why = text(reason, "/reason");
        LiabilityView seen = store.lock(id);
        partyOnly(seen);
        if (seen.state() != LiabilityState.DECIDED) {
            throw LiabilityStore.wrongState(seen.state());
        }
        Instant now = clock.instant();
        Instant due = seen.appealDue();
        if (due == null || !now.isBefore(due)) {
            throw new Conflict("rental.appeal-late", "The days for an appeal are over");
        }
        if (seen.appeal() != null) {
            throw new Conflict("rental.appeal-made", "An appeal waits for its signature");
        }
        UUID act = acts.propose(new NewAct(
                "liability.appealed",
                Subject.liability(id),
                now,
                List.of(new Party(caller.orgId(), PartyRole.APPELLANT)),
                Map.of("reason", ground.name()),
                List.of(),
                id));
        store.touch(
                seen,
                "file-appeal",
                ground.name(),
                now,
                ", appeal_org = ?, appeal_ground = ?, appeal_text = ?, appeal_act = ?",
                caller.orgId(),
                ground.name(),
                why,
                act);
        audit.write("rental.liability-appealed", id.toString(), Map.of("ground", ground.name()));
        progress.signedAtOnce(id, act);
        return store.get(id);
    }

    /**
     * The owner says that it has been made whole, and signs.
     *
     * @throws Conflict {@code rental.liability-unpaid} while somebody owes a part
     */
    @RolesAllowed(Roles.SIGNATORY)
    public LiabilityView settle(UUID id) {
        LiabilityView seen = store.lock(id);
        if (!caller.orgId().equals(seen.ownerOrg())) {
            throw new NotPermitted("rental.owner-only", "Only the owner of the unit does this");
        }
        if (seen.state() != LiabilityState.AGREED && seen.state() != LiabilityState.FINAL) {
            throw LiabilityStore.wrongState(seen.state());
        }
        if (seen.charges().stream().anyMatch(c -> c.paidAt() == null)) {
            throw new Conflict("rental.liability-unpaid", "A part is not paid yet");
        }
        if (seen.settledAct() != null) {
            throw new Conflict("rental.nothing-to-sign", "The settlement waits for its signature");
        }
        Instant now = clock.instant();
        UUID act = acts.propose(new NewAct(
                "liability.settled",
                Subject.liability(id),
                now,
                List.of(new Party(caller.orgId(), PartyRole.OWNER)),
                Map.of(),
                List.of(),
                id));
        store.touch(seen, "sign-settlement", "", now, ", settled_act = ?", act);
        audit.write("rental.liability-settlement-signed", id.toString(), Map.of("act", act.toString()));
        progress.signedAtOnce(id, act);
        return store.get(id);
    }

    private void checkPanel(LiabilityView seen, List<UUID> panel) {
        RuleViolation refusal = new RuleViolation("rental.panel-conflict", "A panel has nothing to do with the case");
        for (int i = 0; i < panel.size(); i++) {
            UUID member = panel.get(i);
            String why = memberConflict(seen, member);
            if (why != null) {
                refusal.at("/panel/" + i, why);
            }
        }
        if (!refusal.errors().isEmpty()) {
            throw refusal;
        }
    }

    private @Nullable String memberConflict(LiabilityView seen, UUID member) {
        try {
            if (!organisations.get(member).status().equals("APPROVED")) {
                return "an approved organisation";
            }
        } catch (NotFound e) {
            return "an approved organisation";
        }
        boolean assessed = seen.assessments().stream().anyMatch(a -> a.org().equals(member));
        return assessed ? "not who assessed the damage" : unrelated.conflict(seen, member);
    }

    private UUID regulator(LiabilityView seen) {
        UUID regulator = seen.regulatorOrg();
        if (regulator == null) {
            throw LiabilityStore.wrongState(seen.state());
        }
        return regulator;
    }

    /** Keeps the split with its causes and its shares, whose money is exact. */
    private UUID write(LiabilityView seen, Kind kind, ProposeSplit split) {
        if (seen.open().isPresent()) {
            throw new Conflict("rental.proposal-open", "A split waits for its signatures");
        }
        List<Answering> causes = answering(seen, split);
        Money amount = amount(seen, split);
        UUID proposal = Ids.next();
        sql.update(
                """
                insert into rental.liability_proposal(id, liability_id, kind, state, by_org, by_person, at, currency, amount_minor, note)
                values (?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, ?)""",
                proposal,
                seen.id(),
                kind.name(),
                caller.orgId(),
                caller.personId(),
                clock.instant(),
                amount.currency(),
                amount.minor(),
                split.note().strip());
        for (int i = 0; i < causes.size(); i++) {
            Answering a = causes.get(i);
            sql.update(
                    """
                    insert into rental.liability_cause(proposal_id, position, cause, weight, org_id, from_default, reason_zh, reason_en, source)
                    values (?,?,?,?,?,?,?,?,?)""",
                    proposal,
                    i,
                    a.weighed().cause().name(),
                    a.weighed().weight(),
                    a.org(),
                    a.byDefault() ? a.rule().fromDay() : null,
                    a.byDefault() ? a.rule().reasonZh() : a.weighed().reason().strip(),
                    a.byDefault() ? a.rule().reasonEn() : a.weighed().reason().strip(),
                    a.byDefault() ? a.rule().source() : "");
        }
        Split shares = Split.of(causes.stream()
                .map(a -> new Split.Weight(a.org(), a.weighed().weight()))
                .toList());
        Map<UUID, Money> money = shares.of(amount);
        for (Share share : shares.shares()) {
            sql.update(
                    "insert into rental.liability_share(proposal_id, org_id, numerator, denominator, amount_minor) values (?,?,?,?,?)",
                    proposal,
                    share.org(),
                    share.numerator(),
                    share.denominator(),
                    money.getOrDefault(share.org(), Money.zero(amount.currency()))
                            .minor());
        }
        return proposal;
    }

    private record Answering(Weighed weighed, UUID org, boolean byDefault, LiabilityStore.Default rule) {}

    /** Whom the rules of the day of the damage make answer for each cause, or whom the split names with a reason. */
    private List<Answering> answering(LiabilityView seen, ProposeSplit split) {
        if (split.causes().isEmpty() || split.causes().size() > MOST_CAUSES) {
            throw invalid().at("/causes", "1 to " + MOST_CAUSES);
        }
        if (split.note().length() > LONGEST) {
            throw invalid().at("/note", "at most " + LONGEST + " characters");
        }
        List<Answering> all = new ArrayList<>();
        for (int i = 0; i < split.causes().size(); i++) {
            Weighed w = split.causes().get(i);
            if (w.weight() < 1 || w.weight() > MOST_WEIGHT) {
                throw invalid().at("/causes/" + i + "/weight", "1 to " + MOST_WEIGHT);
            }
            LiabilityStore.Default rule = store.defaultOf(
                    w.cause(), seen.discoveredAt().atZone(Liabilities.ZONE).toLocalDate());
            UUID usual = inRole(seen, rule.role());
            UUID org = w.org() == null ? usual : w.org();
            if (org == null) {
                throw new RuleViolation("rental.liability-no-party", "Nobody in the case is the " + rule.role())
                        .at("/causes/" + i + "/org", "name the " + rule.role() + " as a party first");
            }
            if (seen.party(org).isEmpty()) {
                throw invalid().at("/causes/" + i + "/org", "a party of the case");
            }
            boolean byDefault = org.equals(usual);
            if (!byDefault && (w.reason().isBlank() || w.reason().length() > LONGEST)) {
                throw invalid().at("/causes/" + i + "/reason", "why not the " + rule.role());
            }
            all.add(new Answering(w, org, byDefault, rule));
        }
        return all;
    }

    /** Who has nobody to maintain its unit maintains it itself. */
    private static @Nullable UUID inRole(LiabilityView seen, LiabilityRole role) {
        return seen.inRole(role).orElse(role == LiabilityRole.MAINTAINER ? seen.ownerOrg() : null);
    }

    private static Money amount(LiabilityView seen, ProposeSplit split) {
        if (seen.limit() == null) {
            throw LiabilityStore.wrongState(seen.state());
        }
        Money limit = seen.limit().toMoney();
        Money amount = split.amount() == null ? limit : split.amount();
        if (!amount.currency().equals(limit.currency()) || amount.minor() < 0 || amount.minor() > limit.minor()) {
            throw new RuleViolation(
                            "rental.amount-over-limit", "At most the repair without betterment, and the unit's worth")
                    .at("/amount", "0 to " + limit);
        }
        return amount;
    }

    /** Freezes the dossier as it is now and puts the split to signature with the dossier's digests. */
    private LiabilityView put(UUID id, UUID proposal, List<Party> signers, String action) {
        LiabilityView seen = store.get(id);
        Proposal split = seen.open().orElseThrow();
        List<Evidence> evidence = pdf.keep(seen, proposal);
        List<Map<String, Object>> shares = new ArrayList<>();
        split.shares().forEach(part -> shares.add(Map.of("org", part.org().toString(), "share", part.share())));
        UUID act = acts.propose(new NewAct(
                "liability.determined",
                Subject.liability(id),
                clock.instant(),
                signers,
                Map.of("shares", shares),
                evidence,
                id));
        sql.update("update rental.liability_proposal set act_id = ? where id = ?", act, proposal);
        audit.write(action, id.toString(), Map.of("proposal", proposal.toString(), "act", act.toString()));
        progress.signedAtOnce(id, act);
        return store.get(id);
    }

    private void partyOnly(LiabilityView seen) {
        if (seen.party(caller.orgId()).isEmpty()) {
            throw new NotPermitted("rental.liability-party-only", "Only a party of the case does this");
        }
    }

    private static String text(String text, String pointer) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw invalid().at(pointer, "1 to " + LONGEST + " characters");
        }
        return text.strip();
    }

    private static Conflict nothing() {
        return new Conflict("rental.nothing-to-sign", "No split waits for signatures");
    }

    private static RuleViolation invalid() {
        return new RuleViolation("rental.split-invalid", "Some values of the split are out of range");
    }
}
