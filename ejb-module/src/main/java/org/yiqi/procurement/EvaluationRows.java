package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.evaluation.EvaluationRules;
import org.yiqi.contract.evaluation.PriceFormula;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.procurement.domain.PanelRules;
import org.yiqi.procurement.domain.PanelRules.Candidate;
import org.yiqi.procurement.domain.PanelRules.Tie;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;

/** The rows of panels, sheets and what was opened, of all organisations: the services that use it say who may know what. */
@Dependent
class EvaluationRows {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    /** How an evaluation stands, without anybody's points. */
    record Head(
            UUID tender,
            long version,
            UUID buyer,
            EvaluationState state,
            LocalDate rulesOf,
            String formula,
            int panel,
            int experts) {}

    /** A bid whose envelope was opened; without content if it could not be read, or its bytes are missing. */
    record Opened(
            UUID bid, String lot, UUID bidder, @Nullable String content, boolean missing) {

        Map<String, String> values() {
            return content == null
                    ? Map.of()
                    : BidContent.parse(content.getBytes(StandardCharsets.UTF_8)).values();
        }
    }

    /** A sheet without its lines. */
    record Sheet(UUID id, long version, UUID tender, UUID seat, int number, String lot, UUID bid, boolean locked) {}

    record VerdictRow(UUID sheet, UUID bid, int seat, int requirement, boolean met, String reason) {}

    record MarkRow(UUID sheet, UUID bid, int seat, int criterion, BigDecimal points, String explanation) {}

    private <T> List<T> list(String query, Sql.Row<T> row, @Nullable Object... values) {
        return LedgerWide.on(dataSource, c -> sql.list(query, row, values));
    }

    private <T> Optional<T> first(String query, Sql.Row<T> row, @Nullable Object... values) {
        return list(query, row, values).stream().findFirst();
    }

    int update(String statement, @Nullable Object... values) {
        return LedgerWide.on(dataSource, c -> sql.update(statement, values));
    }

    Optional<Head> find(UUID tender) {
        return first("select * from procurement.evaluation where tender_id = ?", EvaluationRows::head, tender);
    }

    Optional<Head> lock(UUID tender) {
        return first(
                "select * from procurement.evaluation where tender_id = ? for update", EvaluationRows::head, tender);
    }

    private static Head head(ResultSet rs) throws SQLException {
        return new Head(
                rs.getObject("tender_id", UUID.class),
                rs.getLong("version"),
                rs.getObject("org_id", UUID.class),
                EvaluationState.valueOf(rs.getString("state")),
                rs.getObject("rules_of", LocalDate.class),
                rs.getString("formula"),
                rs.getInt("panel"),
                rs.getInt("experts"));
    }

    void move(Head head, EvaluationState state) {
        StaleVersion.checkChanged(update(
                "update procurement.evaluation set version = version + 1, state = ? where tender_id = ? and version = ?",
                state.name(),
                head.tender(),
                head.version()));
    }

    PanelRules panelRules(LocalDate day) {
        return rules(
                day,
                rs -> new PanelRules(
                        rs.getObject("from_day", LocalDate.class),
                        rs.getInt("panel"),
                        rs.getInt("large_panel"),
                        rs.getLong("large_minor"),
                        rs.getInt("experts_of_three"),
                        rs.getInt("one_organisation"),
                        rs.getInt("employed_years"),
                        rs.getInt("invitation_hours"),
                        rs.getInt("answer_hours")));
    }

    EvaluationRules evaluationRules(LocalDate day) {
        return rules(
                day,
                rs -> new EvaluationRules(
                        rs.getObject("from_day", LocalDate.class),
                        rs.getInt("fewest_bids"),
                        rs.getInt("low_below_mean"),
                        rs.getInt("low_below_next"),
                        rs.getInt("low_among"),
                        rs.getInt("outlier_sigmas"),
                        rs.getInt("outlier_percent"),
                        plain(rs.getBigDecimal("discount_percent"))));
    }

    private <T> T rules(LocalDate day, Sql.Row<T> row) {
        return first(
                        "select * from procurement.evaluation_rule where from_day <= ? order by from_day desc limit 1",
                        row,
                        day)
                .orElseThrow(() -> new IllegalStateException("No rules for " + day));
    }

    /** One spelling, whatever scale the column has. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal bare = number.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }

    PriceFormula formula(String code) {
        return first(
                        "select * from procurement.price_formula where code = ?",
                        rs -> new PriceFormula(
                                rs.getString("code"),
                                PriceFormula.Kind.valueOf(rs.getString("kind")),
                                plain(rs.getBigDecimal("benchmark_percent")),
                                plain(rs.getBigDecimal("lost_above")),
                                plain(rs.getBigDecimal("lost_below"))),
                        code)
                .orElseThrow();
    }

    List<String> formulas(LocalDate day) {
        return list(
                "select code from procurement.price_formula where from_day <= ? and (until_day is null or until_day >= ?) order by code",
                rs -> rs.getString(1),
                day,
                day);
    }

    Optional<String> formulaOf(UUID tender) {
        return first("select code from procurement.tender_formula where tender_id = ?", rs -> rs.getString(1), tender);
    }

    int lifeYears(UUID plan) {
        return first("select life_years from procurement.plan where id = ?", rs -> rs.getInt(1), plan)
                .orElseThrow();
    }

    /** Everything that was opened of an envelope, the unreadable included, in an order that does not tell anything. */
    List<Opened> opened(UUID tender, String envelope) {
        return list(
                """
                select o.bid_id, o.lot, b.org_id, o.content, coalesce(o.fault = 'CUSTODIAN', false) from procurement.opened_envelope o
                  join procurement.bid b on b.id = o.bid_id
                 where o.tender_id = ? and o.envelope = ? order by o.lot, o.bid_id""",
                rs -> new Opened(
                        rs.getObject(1, UUID.class),
                        rs.getString(2),
                        rs.getObject(3, UUID.class),
                        rs.getString(4),
                        rs.getBoolean(5)),
                tender,
                envelope);
    }

    // Draws

    void commit(UUID tender, String purpose, String commitment, byte[] seed, Instant now) {
        update(
                "insert into procurement.draw(tender_id, purpose, commitment, committed_at) values (?,?,?,?) on conflict do nothing",
                tender,
                purpose,
                commitment,
                now);
        update(
                "insert into procurement.draw_secret(tender_id, purpose, seed) values (?,?,?) on conflict do nothing",
                tender,
                purpose,
                seed);
    }

    Optional<byte[]> seed(UUID tender, String purpose) {
        return first(
                "select seed from procurement.draw_secret where tender_id = ? and purpose = ?",
                rs -> rs.getBytes(1),
                tender,
                purpose);
    }

    void reveal(UUID tender, String purpose, String seed, String word, List<UUID> candidates, Instant now) {
        update("""
                update procurement.draw set seed = ?, word = ?, candidates = cast(? as uuid[]), revealed_at = ?
                 where tender_id = ? and purpose = ? and revealed_at is null""", seed, word, candidates.stream().map(UUID::toString).toList(), now, tender, purpose);
    }

    List<DrawView> draws(UUID tender) {
        return list(
                "select d.*, d.candidates::text[] as asked from procurement.draw d where d.tender_id = ? order by d.purpose",
                rs -> new DrawView(
                        rs.getString("purpose"),
                        rs.getString("commitment"),
                        rs.getTimestamp("committed_at").toInstant(),
                        rs.getString("word"),
                        rs.getString("seed"),
                        Sql.texts(rs, "asked").stream().map(UUID::fromString).toList(),
                        Sql.instant(rs, "revealed_at")),
                tender);
    }

    // Panels

    /** Who of the pool can judge one of the classes on a day and is there. */
    List<Candidate> candidates(List<String> categories, LocalDate day) {
        Map<UUID, List<Tie>> ties = new HashMap<>();
        list(
                "select expert_id, org_id, kind, from_day, until_day from procurement.expert_tie",
                rs -> ties.computeIfAbsent(rs.getObject(1, UUID.class), id -> new ArrayList<>())
                        .add(new Tie(
                                rs.getObject(2, UUID.class),
                                rs.getString(3).equals("INTEREST"),
                                rs.getObject(4, LocalDate.class),
                                Sql.day(rs, "until_day"))));
        return list(
                """
                select e.* from procurement.expert e
                 where e.state = 'ADMITTED' and organisation.specialties(e.person_id, ?) && ?
                   and not exists (select 1 from procurement.expert_absence a
                                    where a.expert_id = e.id and a.from_day <= ? and a.until_day >= ?)
                 order by e.id""",
                rs -> new Candidate(
                        rs.getObject("id", UUID.class),
                        rs.getObject("person_id", UUID.class),
                        rs.getObject("org_id", UUID.class),
                        rs.getString("name"),
                        ties.getOrDefault(rs.getObject("id", UUID.class), List.of())),
                day,
                categories,
                day,
                day);
    }

    /** All experts of a draw, whatever became of them since. */
    Map<UUID, Candidate> experts(List<UUID> ids) {
        Map<UUID, Candidate> all = new LinkedHashMap<>();
        list(
                        "select id, person_id, org_id, name from procurement.expert where id = any(cast(? as uuid[]))",
                        rs -> new Candidate(
                                rs.getObject(1, UUID.class),
                                rs.getObject(2, UUID.class),
                                rs.getObject(3, UUID.class),
                                rs.getString(4),
                                List.of()),
                        ids.stream().map(UUID::toString).toList())
                .forEach(each -> all.put(each.expert(), each));
        return all;
    }

    List<SeatView> seats(UUID tender) {
        return list("""
                select s.*, (select count(*) from procurement.sheet h where h.seat_id = s.id and h.state = 'LOCKED') as locked
                  from procurement.panel_seat s where s.tender_id = ? order by s.number, s.invited_at, s.id""", EvaluationRows::seat, tender);
    }

    private static SeatView seat(ResultSet rs) throws SQLException {
        return new SeatView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getInt("number"),
                SeatView.Kind.valueOf(rs.getString("kind")),
                SeatView.State.valueOf(rs.getString("state")),
                rs.getObject("person_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("name"),
                rs.getTimestamp("answer_until").toInstant(),
                rs.getString("reason"),
                rs.getInt("locked"));
    }

    /** The tenders whose panel a person was asked to, with their seat, the newest first. */
    List<UUID> tendersOf(UUID person) {
        return list(
                "select tender_id from procurement.panel_seat where person_id = ? order by invited_at desc limit 200",
                rs -> rs.getObject(1, UUID.class),
                person);
    }

    boolean judges(UUID tender, UUID person) {
        return first(
                        "select 1 from procurement.panel_seat where tender_id = ? and person_id = ? and state = 'ACCEPTED'",
                        rs -> true,
                        tender,
                        person)
                .isPresent();
    }

    // Sheets

    void addSheet(UUID id, SeatView seat, UUID tender, String lot, UUID bid) {
        update("""
                insert into procurement.sheet(id, tender_id, seat_id, org_id, lot, bid_id, state) values (?,?,?,?,?,?, 'DRAFT')
                on conflict (seat_id, bid_id) do nothing""", id, tender, seat.id(), seat.organisationId(), lot, bid);
    }

    /** What somebody wrote who left before locking anything. */
    void dropSheets(UUID seat) {
        for (String lines : List.of("verdict", "mark")) {
            update(
                    "delete from procurement." + lines
                            + " where sheet_id in (select id from procurement.sheet where seat_id = ?)",
                    seat);
        }
        update("delete from procurement.sheet where seat_id = ?", seat);
    }

    List<Sheet> sheets(UUID tender) {
        return list(
                """
                select h.*, s.number from procurement.sheet h join procurement.panel_seat s on s.id = h.seat_id
                 where h.tender_id = ? order by h.lot, h.bid_id, s.number""",
                rs -> new Sheet(
                        rs.getObject("id", UUID.class),
                        rs.getLong("version"),
                        rs.getObject("tender_id", UUID.class),
                        rs.getObject("seat_id", UUID.class),
                        rs.getInt("number"),
                        rs.getString("lot"),
                        rs.getObject("bid_id", UUID.class),
                        rs.getString("state").equals("LOCKED")),
                tender);
    }

    List<VerdictRow> verdicts(UUID tender) {
        return list(
                """
                select v.*, h.bid_id, s.number from procurement.verdict v join procurement.sheet h on h.id = v.sheet_id
                  join procurement.panel_seat s on s.id = h.seat_id
                 where h.tender_id = ? order by h.lot, h.bid_id, s.number, v.requirement""",
                rs -> new VerdictRow(
                        rs.getObject("sheet_id", UUID.class),
                        rs.getObject("bid_id", UUID.class),
                        rs.getInt("number"),
                        rs.getInt("requirement"),
                        rs.getBoolean("met"),
                        rs.getString("reason")),
                tender);
    }

    List<MarkRow> marks(UUID tender) {
        return list(
                """
                select m.*, h.bid_id, s.number from procurement.mark m join procurement.sheet h on h.id = m.sheet_id
                  join procurement.panel_seat s on s.id = h.seat_id
                 where h.tender_id = ? order by h.lot, h.bid_id, s.number, m.criterion""",
                rs -> new MarkRow(
                        rs.getObject("sheet_id", UUID.class),
                        rs.getObject("bid_id", UUID.class),
                        rs.getInt("number"),
                        rs.getInt("criterion"),
                        plain(rs.getBigDecimal("points")),
                        rs.getString("explanation")),
                tender);
    }

    // What came out

    List<LowPriceView> lowPrices(UUID tender) {
        return list(
                "select * from procurement.low_price where tender_id = ? order by lot, bid_id",
                EvaluationRows::low,
                tender);
    }

    Optional<LowPriceView> lowPrice(UUID bid) {
        return first("select * from procurement.low_price where bid_id = ? for update", EvaluationRows::low, bid);
    }

    List<LowPriceView> lowPricesOf(UUID bidder) {
        return list(
                "select * from procurement.low_price where org_id = ? order by asked_at desc limit 200",
                EvaluationRows::low,
                bidder);
    }

    private static LowPriceView low(ResultSet rs) throws SQLException {
        return new LowPriceView(
                rs.getObject("bid_id", UUID.class),
                rs.getObject("tender_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("lot"),
                Sql.texts(rs, "reasons"),
                rs.getTimestamp("answer_until").toInstant(),
                rs.getString("answer"),
                Sql.instant(rs, "answered_at"),
                (Boolean) rs.getObject("accepted"),
                rs.getString("decision"));
    }

    List<EvaluationView.Document> documents(UUID tender) {
        return list(
                "select envelope, root, act_id from procurement.evaluation_document where tender_id = ? order by made_at",
                rs -> new EvaluationView.Document(rs.getString(1), rs.getString(2), rs.getObject(3, UUID.class)),
                tender);
    }

    Optional<String> document(UUID tender, String envelope) {
        return first(
                "select content from procurement.evaluation_document where tender_id = ? and envelope = ?",
                rs -> rs.getString(1),
                tender,
                envelope);
    }

    List<EvaluationView.Decision> decisions(UUID tender) {
        return list(
                "select * from procurement.lot_award where tender_id = ? order by lot",
                rs -> {
                    long minor = rs.getLong("amount_minor");
                    return new EvaluationView.Decision(
                            rs.getString("lot"),
                            rs.getObject("bid_id", UUID.class),
                            rs.getObject("org_id", UUID.class),
                            minor == 0 ? null : Amount.of(Money.ofMinor(minor, rs.getString("currency"))),
                            rs.getString("failed_as"),
                            rs.getString("reason"),
                            rs.getObject("act_id", UUID.class),
                            rs.getTimestamp("decided_at").toInstant());
                },
                tender);
    }

    /**
     * An evaluation of an organisation, locked, at the step that something needs.
     *
     * @throws NotPermitted {@code procurement.not-your-tender}
     * @throws Conflict {@code procurement.evaluation-step}
     */
    Head own(UUID org, UUID tender, EvaluationState... states) {
        Head head = lock(tender).orElseThrow(Panels::unknown);
        if (!head.buyer().equals(org)) {
            throw new NotPermitted("procurement.not-your-tender", "Only its buyer moves a tender on");
        }
        at(head, states);
        return head;
    }

    static void at(Head head, EvaluationState... states) {
        if (!List.of(states).contains(head.state())) {
            throw new Conflict("procurement.evaluation-step", "The evaluation is not at this step")
                    .with("state", head.state().name());
        }
    }
}
