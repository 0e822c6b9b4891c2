package org.yiqi.rental;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.rental.LiabilityView.Appeal;
import org.yiqi.rental.LiabilityView.Assessment;
import org.yiqi.rental.LiabilityView.BookWorth;
import org.yiqi.rental.LiabilityView.Cause;
import org.yiqi.rental.LiabilityView.Charge;
import org.yiqi.rental.LiabilityView.DamagedUnit;
import org.yiqi.rental.LiabilityView.Part;
import org.yiqi.rental.LiabilityView.Party;
import org.yiqi.rental.LiabilityView.Proposal;
import org.yiqi.rental.LiabilityView.Step;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;

/** Cases of damage as rows. */
@ApplicationScoped
class LiabilityStore {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    /** What the house and the law say of deadlines, as of a day. */
    record Rules(
            LocalDate fromDay,
            int reportHours,
            int statementDays,
            int appealDays,
            int unrelatedMonths,
            int residualPercent) {}

    /** Who answers for a cause by the rules of a day, and why. */
    record Default(LocalDate fromDay, LiabilityRole role, String reasonZh, String reasonEn, String source) {}

    Rules rules(LocalDate day) {
        return sql.first(
                        "select * from rental.liability_rule where from_day <= ? order by from_day desc limit 1",
                        rs -> new Rules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getInt("report_hours"),
                                rs.getInt("statement_days"),
                                rs.getInt("appeal_days"),
                                rs.getInt("unrelated_months"),
                                rs.getInt("residual_percent")),
                        day)
                .orElseThrow(() -> new IllegalStateException("No liability rules for " + day));
    }

    Default defaultOf(LiabilityCause cause, LocalDate day) {
        return sql.first(
                        "select * from rental.liability_default where cause = ? and from_day <= ? order by from_day desc limit 1",
                        rs -> new Default(
                                rs.getObject("from_day", LocalDate.class),
                                LiabilityRole.valueOf(rs.getString("role")),
                                rs.getString("reason_zh"),
                                rs.getString("reason_en"),
                                rs.getString("source")),
                        cause.name(),
                        day)
                .orElseThrow(() -> new IllegalStateException("No rule for " + cause + " on " + day));
    }

    int lifeYears(String category, LocalDate day) {
        return sql.first("""
                        select life_years from rental.depreciation_life where category in (?, '*') and from_day <= ?
                        order by category = '*', from_day desc limit 1""", rs -> rs.getInt(1), category, day)
                .orElseThrow(() -> new IllegalStateException("No life for " + category));
    }

    /** @throws NotFound {@code rental.liability-not-found} */
    LiabilityView get(UUID id) {
        return sql.first("select * from rental.liability where id = ?", this::read, id)
                .orElseThrow(() -> new NotFound("rental.liability-not-found", "No such case"));
    }

    /** Whoever changes a case is alone with it until the transaction ends. */
    LiabilityView lock(UUID id) {
        if (!sql.exists("select 1 from rental.liability where id = ? for update", id)) {
            throw new NotFound("rental.liability-not-found", "No such case");
        }
        return get(id);
    }

    /**
     * Goes on to a state, which is refused where there is no such way, and notes it.
     *
     * @param further more columns to set, each {@code , name = ?}
     */
    void move(
            LiabilityView seen,
            LiabilityState next,
            String verb,
            String note,
            Instant now,
            String further,
            @Nullable Object... values) {
        if (!seen.state().mayBecome(next)) {
            throw wrongState(seen.state());
        }
        write(seen, next, verb, note, now, further, values);
    }

    /** Takes a settlement back to what it was settled on: an agreement that all signed, or a decision that is final. */
    void unsettle(LiabilityView seen, Instant now) {
        if (seen.state() != LiabilityState.SETTLED) {
            throw wrongState(seen.state());
        }
        boolean agreed = seen.standing()
                .map(Proposal::kind)
                .filter(Proposal.Kind.PROPOSAL::equals)
                .isPresent();
        LiabilityState back = agreed ? LiabilityState.AGREED : LiabilityState.FINAL;
        write(seen, back, "refuse", "", now, ", settled_at = null, settled_act = null");
    }

    private void write(
            LiabilityView seen,
            LiabilityState next,
            String verb,
            String note,
            Instant now,
            String further,
            @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(List.of(next.name()));
        all.addAll(Arrays.asList(values));
        all.addAll(List.of(seen.id(), seen.state().name()));
        StaleVersion.checkChanged(sql.update(
                "update rental.liability set version = version + 1, state = ?" + further
                        + " where id = ? and state = ?",
                all.toArray()));
        note(seen, next, verb, note, now);
    }

    /** Changes what does not move the case, and notes it. */
    void touch(LiabilityView seen, String verb, String note, Instant now, String set, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(values));
        all.add(seen.id());
        sql.update("update rental.liability set version = version + 1" + set + " where id = ?", all.toArray());
        note(seen, seen.state(), verb, note, now);
    }

    private void note(LiabilityView seen, LiabilityState next, String verb, String note, Instant now) {
        UUID org = caller.isSignedIn() && caller.scope() != Scope.SYSTEM ? caller.orgId() : null;
        sql.update(
                "insert into rental.liability_step(id, liability_id, at, org_id, verb, from_state, to_state, note) values (?,?,?,?,?,?,?,?)",
                Ids.next(),
                seen.id(),
                now,
                org,
                verb,
                seen.state().name(),
                next.name(),
                note);
    }

    static Conflict wrongState(LiabilityState state) {
        return new Conflict("rental.liability-wrong-state", "A case that is " + state + " does not allow this");
    }

    /** Lets an organisation see the case. */
    void admit(UUID liability, UUID org) {
        sql.update(
                "update rental.liability set members = array_append(members, ?) where id = ? and not ? = any(members)",
                org,
                liability,
                org);
    }

    /** Whether the owner still has to be made whole for damage in a rental. */
    boolean isOpenFor(UUID rentalId) {
        return sql.exists(
                "select 1 from rental.liability where rental_id = ? and state not in ('SETTLED', 'WITHDRAWN')",
                rentalId);
    }

    /** Work that sees beyond the caller's organisation once the guard has passed, calls of other services included. */
    <R> R beyondTenant(Supplier<R> work) {
        List<R> result = new ArrayList<>();
        caller.asSystem(() -> result.add(sql.with(c -> LedgerWide.on(c, work::get))));
        return result.get(0);
    }

    private LiabilityView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        String currency = rs.getString("currency");
        UUID appealOrg = rs.getObject("appeal_org", UUID.class);
        return new LiabilityView(
                id,
                rs.getLong("version"),
                rs.getString("number"),
                LiabilityState.valueOf(rs.getString("state")),
                new DamagedUnit(
                        rs.getObject("unit_id", UUID.class),
                        rs.getString("unit_zh"),
                        rs.getString("unit_en"),
                        rs.getString("asset_tag"),
                        rs.getString("category")),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("custodian_org", UUID.class),
                rs.getObject("reporter_org", UUID.class),
                rs.getObject("rental_id", UUID.class),
                Damage.valueOf(rs.getString("damage")),
                rs.getString("description"),
                rs.getBoolean("harm"),
                rs.getTimestamp("discovered_at").toInstant(),
                rs.getTimestamp("reported_at").toInstant(),
                rs.getObject("rules_of", LocalDate.class),
                rs.getObject("opened_act", UUID.class),
                Sql.instant(rs, "frozen_at"),
                Sql.instant(rs, "statements_due"),
                worth(rs, currency),
                amount(rs, "cap_minor", currency),
                rs.getObject("regulator_org", UUID.class),
                Sql.instant(rs, "appeal_due"),
                appealOrg == null
                        ? null
                        : new Appeal(
                                appealOrg,
                                AppealGround.valueOf(rs.getString("appeal_ground")),
                                rs.getString("appeal_text"),
                                rs.getObject("appeal_act", UUID.class)),
                rs.getObject("settled_act", UUID.class),
                Sql.instant(rs, "settled_at"),
                parties(id),
                evidence(id),
                assessments(id, currency),
                panel(id),
                proposals(id),
                charges(id),
                steps(id));
    }

    private static @Nullable BookWorth worth(ResultSet rs, String currency) throws SQLException {
        Amount cost = amount(rs, "cost_minor", currency);
        Amount value = amount(rs, "value_minor", currency);
        LocalDate acquired = Sql.day(rs, "acquired_on");
        return cost == null || value == null || acquired == null
                ? null
                : new BookWorth(cost, acquired, rs.getInt("life_years"), rs.getInt("residual_percent"), value);
    }

    private static @Nullable Amount amount(ResultSet rs, String column, String currency) throws SQLException {
        Long minor = rs.getObject(column, Long.class);
        return minor == null ? null : Amount.of(Money.ofMinor(minor, currency));
    }

    private static Amount money(ResultSet rs, String column) throws SQLException {
        return Amount.of(Money.ofMinor(rs.getLong(column), rs.getString("currency")));
    }

    private List<Party> parties(UUID id) {
        return sql.list(
                "select * from rental.liability_party where liability_id = ? order by roles[1] = 'OWNER' desc, org_id",
                rs -> new Party(
                        rs.getObject("org_id", UUID.class),
                        Sql.texts(rs, "roles").stream()
                                .map(LiabilityRole::valueOf)
                                .toList(),
                        Sql.instant(rs, "due"),
                        rs.getString("statement"),
                        Sql.instant(rs, "stated_at"),
                        Sql.instant(rs, "silent_at")),
                id);
    }

    private List<LiabilityView.Evidence> evidence(UUID id) {
        return sql.list(
                "select id, kind, org_id, at, content, digest, media_type from rental.liability_evidence where liability_id = ? order by position",
                rs -> new LiabilityView.Evidence(
                        rs.getObject("id", UUID.class),
                        LiabilityEvidenceKind.valueOf(rs.getString("kind")),
                        rs.getObject("org_id", UUID.class),
                        rs.getTimestamp("at").toInstant(),
                        LiabilityExhibits.facts(rs.getString("content")),
                        rs.getString("digest"),
                        rs.getString("media_type")),
                id);
    }

    private List<Assessment> assessments(UUID id, String currency) {
        return sql.list(
                "select * from rental.liability_assessment where liability_id = ? order by kind desc",
                rs -> new Assessment(
                        LiabilityEvidenceKind.valueOf(rs.getString("kind")),
                        rs.getObject("org_id", UUID.class),
                        amount(rs, "repair_minor", currency),
                        amount(rs, "betterment_minor", currency),
                        rs.getString("note"),
                        Sql.instant(rs, "given_at")),
                id);
    }

    private List<UUID> panel(UUID id) {
        return sql.list(
                "select org_id from rental.liability_panellist where liability_id = ? order by position",
                rs -> rs.getObject(1, UUID.class),
                id);
    }

    private List<Proposal> proposals(UUID id) {
        return sql.list(
                "select * from rental.liability_proposal where liability_id = ? order by at, id",
                rs -> {
                    UUID proposal = rs.getObject("id", UUID.class);
                    return new Proposal(
                            proposal,
                            Proposal.Kind.valueOf(rs.getString("kind")),
                            Proposal.Status.valueOf(rs.getString("state")),
                            rs.getObject("by_org", UUID.class),
                            rs.getTimestamp("at").toInstant(),
                            money(rs, "amount_minor"),
                            rs.getString("note"),
                            rs.getObject("act_id", UUID.class),
                            rs.getObject("answered_by", UUID.class),
                            rs.getString("answer"),
                            causes(proposal),
                            shares(proposal, rs.getString("currency")));
                },
                id);
    }

    private List<Cause> causes(UUID proposal) {
        return sql.list(
                "select * from rental.liability_cause where proposal_id = ? order by position",
                rs -> new Cause(
                        LiabilityCause.valueOf(rs.getString("cause")),
                        rs.getInt("weight"),
                        rs.getObject("org_id", UUID.class),
                        rs.getObject("from_default") != null,
                        rs.getString("reason_zh"),
                        rs.getString("reason_en"),
                        rs.getString("source")),
                proposal);
    }

    private List<Part> shares(UUID proposal, String currency) {
        return sql.list(
                "select * from rental.liability_share where proposal_id = ? order by numerator::numeric / denominator desc, org_id",
                rs -> new Part(
                        rs.getObject("org_id", UUID.class),
                        rs.getLong("numerator") + "/" + rs.getLong("denominator"),
                        Amount.of(Money.ofMinor(rs.getLong("amount_minor"), currency))),
                proposal);
    }

    private List<Charge> charges(UUID id) {
        return sql.list(
                """
                select *, amount_minor - captured_minor as rest_minor from rental.liability_charge
                where liability_id = ? and reversed_at is null order by amount_minor desc, org_id""",
                rs -> new Charge(
                        rs.getObject("org_id", UUID.class),
                        money(rs, "amount_minor"),
                        money(rs, "captured_minor"),
                        money(rs, "rest_minor"),
                        rs.getObject("invoice_id", UUID.class),
                        Sql.instant(rs, "paid_at")),
                id);
    }

    private List<Step> steps(UUID id) {
        return sql.list(
                "select * from rental.liability_step where liability_id = ? order by id",
                rs -> new Step(
                        rs.getTimestamp("at").toInstant(),
                        rs.getObject("org_id", UUID.class),
                        rs.getString("verb"),
                        LiabilityState.valueOf(rs.getString("from_state")),
                        LiabilityState.valueOf(rs.getString("to_state")),
                        rs.getString("note")),
                id);
    }

    static LiabilityRow row(ResultSet rs) throws SQLException {
        return new LiabilityRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                LiabilityState.valueOf(rs.getString("state")),
                rs.getObject("unit_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("asset_tag"),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("custodian_org", UUID.class),
                rs.getObject("reporter_org", UUID.class),
                Damage.valueOf(rs.getString("damage")),
                rs.getBoolean("harm"),
                amount(rs, "cap_minor", rs.getString("currency")),
                switch (LiabilityState.valueOf(rs.getString("state"))) {
                    case STATEMENTS -> Sql.instant(rs, "statements_due");
                    case DECIDED -> Sql.instant(rs, "appeal_due");
                    default -> null;
                },
                rs.getTimestamp("reported_at").toInstant());
    }
}
