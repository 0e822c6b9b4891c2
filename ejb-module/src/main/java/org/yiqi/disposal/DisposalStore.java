package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.DisposalView.Approval;
import org.yiqi.disposal.DisposalView.ApprovalState;
import org.yiqi.disposal.DisposalView.Certificate;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.disposal.DisposalView.Medium;
import org.yiqi.disposal.DisposalView.RecoveredPart;
import org.yiqi.disposal.DisposalView.Route;
import org.yiqi.disposal.DisposalView.Valuation;
import org.yiqi.disposal.domain.DisposalRules;
import org.yiqi.disposal.domain.Opinion.WayRule;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;

/** Disposals and the dated rules as rows. */
@ApplicationScoped
class DisposalStore {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    LocalDate today() {
        return Disposals.today(clock.instant());
    }

    /** The rules of today. */
    DisposalRules rules() {
        return rules(today());
    }

    /** @throws NotPermitted {@code disposal.owner-only} */
    void refuseOthers(DisposalView disposal) {
        if (!disposal.organisationId().equals(caller.orgId())) {
            throw new NotPermitted("disposal.owner-only", "Only the owner does this");
        }
    }

    DisposalRules rules(LocalDate day) {
        return sql.first(
                        "select * from disposal.rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> new DisposalRules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getInt("service_permille"),
                                rs.getInt("repair_permille"),
                                rs.getInt("residual_permille"),
                                rs.getInt("life_years"),
                                rs.getInt("discount_permille"),
                                rs.getInt("pause_permille"),
                                rs.getInt("relists"),
                                rs.getInt("relist_cut_permille"),
                                rs.getInt("rectification_hours"),
                                rs.getInt("snipe_seconds"),
                                rs.getInt("extension_seconds"),
                                rs.getInt("deposit_permille"),
                                rs.getInt("reveal_hours"),
                                rs.getInt("payment_days"),
                                rs.getInt("certificate_days")),
                        day)
                .orElseThrow(() -> new IllegalStateException("No rules for " + day));
    }

    List<WayRule> wayRules(LocalDate day) {
        return sql.list(
                """
                select * from disposal.way_rule where from_day = (select max(from_day) from disposal.way_rule where from_day <= ?)
                 order by position""",
                rs -> new WayRule(
                        Way.valueOf(rs.getString("way")),
                        rs.getInt("position"),
                        rs.getInt("value_permille"),
                        rs.getInt("carbon_permille"),
                        rs.getBoolean("needs_fit"),
                        rs.getBoolean("needs_support"),
                        rs.getString("source")),
                day);
    }

    /** What a class of devices is like. */
    record ClassFigure(long carbonNewKg, long weightKg, boolean storesData, boolean holdsSource) {}

    ClassFigure classFigure(String category, LocalDate day) {
        return sql.first(
                        """
                        select * from disposal.class_figure where category in (?, '*') and from_day <= ?
                         order by category = '*', from_day desc limit 1""",
                        rs -> new ClassFigure(
                                rs.getLong("carbon_new_kg"),
                                rs.getLong("weight_kg"),
                                rs.getBoolean("stores_data"),
                                rs.getBoolean("holds_source")),
                        category,
                        day)
                .orElseThrow(() -> new IllegalStateException("No figures for " + category));
    }

    List<ApprovalStep> ladder(LocalDate day, long valueMinor) {
        return sql.list("""
                select s.step from disposal.ladder_step s
                 where s.from_day = (select max(from_day) from disposal.ladder_step where from_day <= ?)
                   and s.above_minor = (select max(t.above_minor) from disposal.ladder_step t
                                         where t.from_day = s.from_day and t.above_minor <= ?)
                 order by s.position""", rs -> ApprovalStep.valueOf(rs.getString(1)), day, valueMinor);
    }

    List<WipeMethod> methods(MediumKind medium, LocalDate day) {
        return sql.list(
                "select distinct method from disposal.wipe_method where medium = ? and from_day <= ? order by method",
                rs -> WipeMethod.valueOf(rs.getString(1)),
                medium.name(),
                day);
    }

    /** Reads a disposal and keeps others from changing it until the transaction ends. */
    DisposalView lock(UUID id) {
        sql.exists("select 1 from disposal.disposal where id = ? for update", id);
        return get(id);
    }

    /** @throws NotFound {@code disposal.not-found} */
    DisposalView get(UUID id) {
        return sql.first("select * from disposal.disposal where id = ?", this::read, id)
                .orElseThrow(() -> new NotFound("disposal.not-found", "No such disposal"));
    }

    /** @throws Conflict {@code disposal.wrong-state} */
    DisposalView in(UUID id, DisposalState... states) {
        DisposalView view = lock(id);
        if (!Arrays.asList(states).contains(view.state())) {
            throw new Conflict("disposal.wrong-state", "Not while the disposal is " + view.state())
                    .with("state", view.state().name());
        }
        return view;
    }

    void move(UUID id, DisposalState state, String further, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(List.of(state.name()));
        all.addAll(Arrays.asList(values));
        all.add(id);
        sql.update(
                "update disposal.disposal set version = version + 1, state = ?" + further + " where id = ?",
                all.toArray());
    }

    /** What the next owner calls a unit that it was given; empty for what it is called now. */
    String receiverTag(UUID id) {
        return sql.first("select receiver_tag from disposal.disposal where id = ?", rs -> rs.getString(1), id)
                .orElse("");
    }

    /** The act that waits for signatures now. */
    void waitFor(UUID id, UUID act, String type) {
        sql.update(
                "update disposal.disposal set version = version + 1, act_id = ?, act_type = ? where id = ?",
                act,
                type,
                id);
    }

    private DisposalView read(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("id", UUID.class);
        String currency = rs.getString("currency");
        LocalDate day =
                rs.getTimestamp("made_at").toInstant().atZone(Disposals.ZONE).toLocalDate();
        String outcome = rs.getString("outcome");
        return new DisposalView(
                id,
                rs.getLong("version"),
                rs.getString("number"),
                rs.getObject("unit_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("asset_tag"),
                rs.getString("serial"),
                rs.getString("category"),
                Cause.valueOf(rs.getString("cause")),
                rs.getString("reason"),
                rs.getObject("work_order_id", UUID.class),
                DisposalState.valueOf(rs.getString("state")),
                rs.getObject("made_by", UUID.class),
                rs.getTimestamp("made_at").toInstant(),
                rs.getString("verdict") == null ? null : valuation(id, rs, currency),
                approvals(id),
                rs.getObject("authority_id", UUID.class),
                rs.getObject("act_id", UUID.class),
                rs.getString("act_type"),
                rs.getBoolean("storage_stated"),
                media(id, day),
                certificates(id),
                sql.first(
                                "select id from disposal.auction where disposal_id = ? order by round desc limit 1",
                                a -> a.getObject(1, UUID.class),
                                id)
                        .orElse(null),
                rs.getObject("recycler_id", UUID.class),
                route(id, rs, currency),
                money(rs, "price_minor", currency),
                Sql.instant(rs, "pay_by"),
                Sql.instant(rs, "handed_over_at"),
                Sql.instant(rs, "certificate_by"),
                outcome == null ? null : Outcome.valueOf(outcome),
                sql.list(
                        "select * from disposal.material where disposal_id = ? order by grams desc",
                        m -> new Material(MaterialKind.valueOf(m.getString("material")), m.getLong("grams")),
                        id),
                Sql.instant(rs, "completed_at"),
                rs.getString("closing_note"));
    }

    private @Nullable Route route(UUID id, ResultSet rs, String currency) throws SQLException {
        String way = rs.getString("chosen_way");
        return way == null
                ? null
                : new Route(
                        Way.valueOf(way),
                        rs.getObject("receiver_id", UUID.class),
                        rs.getString("department"),
                        rs.getString("site"),
                        rs.getObject("moved_by", UUID.class),
                        rs.getObject("received_by", UUID.class),
                        rs.getObject("refurbish_order", UUID.class),
                        rs.getString("end_number"),
                        sql.list(
                                "select * from disposal.recovered_part where disposal_id = ? order by position",
                                p -> new RecoveredPart(
                                        p.getString("number"),
                                        p.getString("name"),
                                        p.getInt("quantity"),
                                        p.getString("serial_number"),
                                        Money.ofMinor(p.getLong("value_minor"), currency),
                                        p.getObject("station_id", UUID.class)),
                                id));
    }

    private Valuation valuation(UUID id, ResultSet rs, String currency) throws SQLException {
        return new Valuation(
                Money.ofMinor(rs.getLong("value_low"), currency),
                Money.ofMinor(rs.getLong("value_likely"), currency),
                Money.ofMinor(rs.getLong("value_high"), currency),
                Confidence.valueOf(rs.getString("confidence")),
                Verdict.valueOf(rs.getString("verdict")),
                Way.valueOf(rs.getString("way")),
                rs.getObject("rules_of", LocalDate.class),
                rs.getLong("weight_kg"),
                sql.list(
                        "select * from disposal.estimate where disposal_id = ? order by array_position(array['BOOK','COMPARABLES','INCOME','PARTS'], method)",
                        e -> new Estimate(
                                Method.valueOf(e.getString("method")),
                                Money.ofMinor(e.getLong("low_minor"), currency),
                                Money.ofMinor(e.getLong("likely_minor"), currency),
                                Money.ofMinor(e.getLong("high_minor"), currency),
                                Confidence.valueOf(e.getString("confidence")),
                                e.getString("reason"),
                                Sql.texts(e, "facts")),
                        id),
                sql.list(
                        "select * from disposal.signal where disposal_id = ? order by code",
                        s -> new Signal(Signal.Code.valueOf(s.getString("code")), Sql.texts(s, "facts")),
                        id),
                sql.list(
                        "select * from disposal.way where disposal_id = ? order by position",
                        w -> new WayOut(
                                Way.valueOf(w.getString("way")),
                                w.getInt("position"),
                                w.getBoolean("open"),
                                w.getString("rule"),
                                Money.ofMinor(w.getLong("value_minor"), currency),
                                w.getLong("carbon_kg"),
                                w.getString("source")),
                        id));
    }

    private List<Approval> approvals(UUID id) {
        return sql.list(
                "select * from disposal.approval where disposal_id = ? order by round, position",
                a -> new Approval(
                        a.getInt("round"),
                        a.getInt("position"),
                        ApprovalStep.valueOf(a.getString("step")),
                        ApprovalState.valueOf(a.getString("state")),
                        a.getObject("person_id", UUID.class),
                        Sql.instant(a, "decided_at"),
                        a.getString("note")),
                id);
    }

    private List<Medium> media(UUID id, LocalDate day) {
        return sql.list(
                "select * from disposal.medium where disposal_id = ? order by label",
                m -> {
                    MediumKind kind = MediumKind.valueOf(m.getString("medium"));
                    return new Medium(m.getObject("id", UUID.class), kind, m.getString("label"), methods(kind, day));
                },
                id);
    }

    private List<Certificate> certificates(UUID id) {
        return sql.list(
                "select * from disposal.certificate where disposal_id = ? order by added_at, id",
                c -> {
                    String method = c.getString("method");
                    return new Certificate(
                            c.getObject("id", UUID.class),
                            CertificateKind.valueOf(c.getString("kind")),
                            c.getObject("medium_id", UUID.class),
                            method == null ? null : WipeMethod.valueOf(method),
                            c.getString("issuer"),
                            c.getObject("issued_on", LocalDate.class),
                            c.getObject("document_id", UUID.class),
                            c.getTimestamp("added_at").toInstant());
                },
                id);
    }

    static DisposalRow row(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        String way = rs.getString("way_now");
        return new DisposalRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getObject("unit_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getString("asset_tag"),
                rs.getString("category"),
                Cause.valueOf(rs.getString("cause")),
                DisposalState.valueOf(rs.getString("state")),
                Amount.ofNullable(money(rs, "value_likely", currency)),
                way == null ? null : Way.valueOf(way),
                rs.getObject("recycler_id", UUID.class),
                Amount.ofNullable(money(rs, "price_minor", currency)),
                Sql.instant(rs, "certificate_by"),
                rs.getTimestamp("made_at").toInstant());
    }

    static @Nullable Money money(ResultSet rs, String column, String currency) throws SQLException {
        long minor = rs.getLong(column);
        return rs.wasNull() ? null : Money.ofMinor(minor, currency);
    }
}
