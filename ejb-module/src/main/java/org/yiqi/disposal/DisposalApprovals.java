package org.yiqi.disposal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.disposal.DisposalView.Approval;
import org.yiqi.disposal.DisposalView.Valuation;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The way of a disposal up the ladder of its value. Who proposed it never approves it, and nobody signs twice. With the last
 * signature a signatory of the owner lets the unit go by an act, which above the value line an authority signs too.
 */
@Stateless
@Secured
public class DisposalApprovals {

    @Inject
    Sql sql;

    @Inject
    DisposalStore store;

    @Inject
    Organisations organisations;

    @Inject
    Acts acts;

    @Inject
    ProposedActs proposed;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * Sends a valued disposal up the ladder, for a way that the rules have open.
     *
     * @param wanted null to sell it to a recycler
     * @throws Conflict {@code disposal.wrong-state}
     * @throws RuleViolation {@code disposal.way-closed}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public DisposalView submit(UUID id, @Nullable Way wanted) {
        DisposalView disposal = store.in(id, DisposalState.VALUED);
        store.refuseOthers(disposal);
        Way way = wanted == null ? Way.AUCTION : wanted;
        List<Way> open = ways(disposal);
        if (wanted != null && !open.contains(way)) {
            throw new RuleViolation("disposal.way-closed", "The rules close this way for the unit")
                    .at("/way", "one of " + open);
        }
        int round =
                disposal.approvals().stream().mapToInt(Approval::round).max().orElse(0) + 1;
        List<ApprovalStep> ladder =
                store.ladder(store.today(), valuation(disposal).likely().minor());
        for (int i = 0; i < ladder.size(); i++) {
            sql.update(
                    "insert into disposal.approval(disposal_id, round, position, step, state, made_by) values (?,?,?,?, 'WAITING', ?)",
                    id,
                    round,
                    i + 1,
                    ladder.get(i).name(),
                    disposal.madeBy());
        }
        store.move(id, DisposalState.APPROVING, ", chosen_way = ?", way.name());
        audit.write(
                "disposal.submitted",
                id.toString(),
                Map.of("round", round, "ladder", ladder.toString(), "way", way.name()));
        return store.get(id);
    }

    /** The ways that the rules leave open for a valued unit; keeping it is no disposal. */
    @RolesAllowed("**")
    public List<Way> ways(DisposalView disposal) {
        return valuation(disposal).ways().stream()
                .filter(w -> w.open() && w.way() != Way.KEEP)
                .map(WayOut::way)
                .toList();
    }

    /** Whether the caller could sign the next step now. */
    @RolesAllowed("**")
    public boolean isCallersTurn(DisposalView disposal) {
        Approval next = disposal.next();
        return next != null && obstacle(disposal, next) == null;
    }

    /**
     * Signs the next step.
     *
     * @throws NotPermitted {@code disposal.own-proposal}, {@code disposal.not-your-step}
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.signed-before}
     */
    @RolesAllowed({Roles.COMMITTEE, Roles.FINANCE, Roles.PARTY_COMMITTEE, Roles.EQUIPMENT})
    public DisposalView approve(UUID id, String note) {
        Step step = turn(id);
        decide(step, "SIGNED", note);
        boolean last = step.disposal.approvals().stream()
                .noneMatch(a -> a.round() == step.next.round() && a.position() > step.next.position());
        store.move(id, last ? DisposalState.APPROVED : DisposalState.APPROVING, "");
        audit.write(
                "disposal.approved",
                id.toString(),
                Map.of("step", step.next.step().name(), "last", last));
        return store.get(id);
    }

    /**
     * Sends the disposal back: it can be valued anew or withdrawn.
     *
     * @throws RuleViolation {@code disposal.reason-missing}
     */
    @RolesAllowed({Roles.COMMITTEE, Roles.FINANCE, Roles.PARTY_COMMITTEE, Roles.EQUIPMENT})
    public DisposalView reject(UUID id, String reason) {
        if (reason.isBlank()) {
            throw new RuleViolation("disposal.reason-missing", "Say why").at("/reason", "1 to 2000 characters");
        }
        Step step = turn(id);
        decide(step, "REJECTED", reason);
        sql.update("update disposal.approval set state = 'LEFT' where disposal_id = ? and state = 'WAITING'", id);
        store.move(id, DisposalState.VALUED, "");
        audit.write(
                "disposal.rejected",
                id.toString(),
                Map.of("step", step.next.step().name()));
        return store.get(id);
    }

    /**
     * Lets the unit go in the owner's name. Above the value line, and while no regulator has set one, the health authority
     * signs the same act.
     *
     * @throws Conflict {@code disposal.wrong-state}, {@code disposal.act-waiting}, {@code disposal.no-authority}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public DisposalView authorise(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.APPROVED);
        store.refuseOthers(disposal);
        proposed.refuseWaiting(disposal);
        if (disposal.goes(Way.REFURBISH)) {
            throw new Conflict("disposal.other-way", "A unit that is refurbished stays its owner's");
        }
        Money value = valuation(disposal).likely();
        List<Party> parties = new ArrayList<>(List.of(new Party(disposal.organisationId(), PartyRole.OWNER)));
        UUID authority = authorityFor(value);
        if (authority != null) {
            parties.add(new Party(authority, PartyRole.AUTHORITY));
            sql.update("update disposal.disposal set authority_id = ? where id = ?", authority, id);
        }
        proposed.propose(
                disposal,
                new NewAct(
                        "disposal.authorised",
                        Subject.disposal(id),
                        clock.instant(),
                        parties,
                        letGo(disposal, value),
                        List.of(),
                        id));
        return store.get(id);
    }

    /** Of the way the ledger is told where it is not the sale that it takes for granted. */
    private static Map<String, Object> letGo(DisposalView disposal, Money value) {
        Map<String, Object> body = new HashMap<>();
        body.put("amount", Long.toString(value.minor()));
        body.put("currency", value.currency());
        body.put("unit", disposal.unitId().toString());
        DisposalView.Route route = disposal.route();
        if (route != null && !route.way().isSale()) {
            body.put("way", route.way().name());
        }
        return body;
    }

    /** The line above which an authority signs, if a regulator has set one. */
    @RolesAllowed("**")
    public Optional<ValueLine> line(String currency) {
        return sql.first(
                "select * from disposal.value_line where currency = ? order by set_at desc, act_id desc limit 1",
                rs -> new ValueLine(
                        rs.getObject("org_id", UUID.class),
                        Money.ofMinor(rs.getLong("amount_minor"), rs.getString("currency")),
                        rs.getTimestamp("set_at").toInstant()),
                currency);
    }

    /**
     * A regulator sets the line above which an authority signs, by an act that everybody can check.
     *
     * @throws RuleViolation {@code disposal.line-invalid}
     */
    @RolesAllowed(Roles.REGULATOR)
    public ValueLine setLine(Money line) {
        if (line.minor() < 0) {
            throw new RuleViolation("disposal.line-invalid", "The line is not below zero").at("/amount", "0 or more");
        }
        UUID change = Ids.next();
        acts.propose(new NewAct(
                "disposal.line-set",
                Subject.organisation(caller.orgId()),
                clock.instant(),
                List.of(new Party(caller.orgId(), PartyRole.REGULATOR)),
                Map.of("amount", Long.toString(line.minor()), "currency", line.currency()),
                List.of(),
                change));
        audit.write("disposal.line-proposed", change.toString(), Map.of("line", line.toString()));
        return line(line.currency()).orElse(new ValueLine(caller.orgId(), line, clock.instant()));
    }

    private @Nullable UUID authorityFor(Money value) {
        Optional<ValueLine> line = line(value.currency());
        if (line.isPresent() && value.minor() <= line.get().line().minor()) {
            return null;
        }
        return line.map(ValueLine::setBy)
                .or(this::healthAuthority)
                .orElseThrow(() -> new Conflict("disposal.no-authority", "No health authority is registered"));
    }

    private Optional<UUID> healthAuthority() {
        return organisations.list(ListQuery.all().where("kind", "REGULATOR")).items().stream()
                .filter(o -> "HEALTH".equals(o.remit()))
                .map(OrganisationView::id)
                .findFirst();
    }

    static Valuation valuation(DisposalView disposal) {
        Valuation valuation = disposal.valuation();
        if (valuation == null) {
            throw new Conflict("disposal.wrong-state", "The unit was not valued");
        }
        return valuation;
    }

    private record Step(DisposalView disposal, Approval next) {}

    private Step turn(UUID id) {
        DisposalView disposal = store.in(id, DisposalState.APPROVING);
        Approval next = disposal.next();
        if (next == null) {
            throw new Conflict("disposal.wrong-state", "Nothing waits for a signature");
        }
        RuntimeException obstacle = obstacle(disposal, next);
        if (obstacle != null) {
            throw obstacle;
        }
        return new Step(disposal, next);
    }

    private @Nullable RuntimeException obstacle(DisposalView disposal, Approval next) {
        if (disposal.madeBy().equals(caller.personId())) {
            return new NotPermitted("disposal.own-proposal", "Nobody approves the own proposal");
        }
        if (!disposal.organisationId().equals(caller.orgId())
                || !caller.has(next.step().role())) {
            return new NotPermitted("disposal.not-your-step", "Another person signs this step");
        }
        boolean signed = disposal.approvals().stream()
                .anyMatch(a -> a.round() == next.round() && caller.personId().equals(a.personId()));
        return signed ? new Conflict("disposal.signed-before", "Nobody signs two steps") : null;
    }

    private void decide(Step step, String state, String note) {
        if (note.length() > 2000) {
            throw new RuleViolation("disposal.reason-missing", "The note is too long")
                    .at("/note", "at most 2000 characters");
        }
        sql.update(
                """
                update disposal.approval set state = ?, person_id = ?, decided_at = ?, note = ?
                 where disposal_id = ? and round = ? and position = ? and state = 'WAITING'""",
                state,
                caller.personId(),
                clock.instant(),
                note.strip(),
                step.disposal.id(),
                step.next.round(),
                step.next.position());
    }
}
