package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.redflags.Figure;
import org.yiqi.procurement.redflags.IndicatorSettings;
import org.yiqi.procurement.redflags.RedFlag;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Sql;

/** Leads as rows, the figures that processes are compared by, and what the indicators are told. */
@ApplicationScoped
class RedFlagRows {

    /** Raised by a process alone: they stand until it changes. All others are compared anew at each look. */
    static final List<String> OF_ONE_PROCESS = List.of("R003", "R018", "R028", "R030", "R035", "R036", "R044");

    /** Raised by what is in bids, which is not published. */
    static final List<String> OF_BIDS = List.of("R041", "Y037");

    @Inject
    Sql sql;

    /**
     * How far the open data was looked at.
     *
     * @param settings with which it was; others make everything be looked at again
     * @param currency in which amounts are compared
     */
    record Run(long position, String settings, String currency) {}

    /** The last one; nobody else looks until the transaction ends. */
    Run last() {
        sql.first("select pg_advisory_xact_lock(hashtext('procurement.red_flag_run'))", rs -> true);
        return sql.first(
                        "select position, settings, currency from procurement.red_flag_run",
                        rs -> new Run(rs.getLong(1), rs.getString(2), rs.getString(3)))
                .orElse(new Run(0, "", ""));
    }

    void ran(Run run, Instant at) {
        sql.update("""
                insert into procurement.red_flag_run(position, settings, currency, processes, at) values (?,?,?,0,?)
                on conflict (only_one) do update set position = excluded.position, settings = excluded.settings,
                  currency = excluded.currency, at = excluded.at""", run.position, run.settings, run.currency, at);
    }

    /** @return how many processes there are */
    int count() {
        int processes = sql.first("select count(distinct ocid) from procurement.ocds_release", rs -> rs.getInt(1))
                .orElse(0);
        sql.update("update procurement.red_flag_run set processes = ?", processes);
        return processes;
    }

    /** Those of a day. From which purchases are split is the same as for plans. */
    IndicatorSettings settings(LocalDate day) {
        Map<String, String> values = new TreeMap<>();
        sql.list(
                        "select distinct on (name) name, value from procurement.red_flag_setting where from_day <= ? order by name, from_day desc",
                        rs -> Map.entry(rs.getString(1), rs.getString(2)),
                        day)
                .forEach(each -> values.put(each.getKey(), each.getValue()));
        sql.first(
                        "select split_minor, split_days from procurement.rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> Map.of(
                                "R011.threshold",
                                BigDecimal.valueOf(rs.getLong(1), 2).toPlainString(),
                                "R011.days",
                                Integer.toString(rs.getInt(2)),
                                "R011.currency",
                                "CNY"),
                        day)
                .ifPresent(values::putAll);
        return new IndicatorSettings(values);
    }

    /** Puts the figures of processes in the place of those that they had. */
    void replace(Collection<String> ocids, List<Figure> figures) {
        sql.update("delete from procurement.red_flag_figure where ocid = any(?)", ocids);
        sql.with(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "insert into procurement.red_flag_figure(ocid, kind, subject, other, part, whole) values (?,?,?,?,?,?)")) {
                for (Figure each : figures) {
                    Sql.bind(
                            c,
                            s,
                            each.ocid(),
                            each.kind().name(),
                            each.subject(),
                            each.other(),
                            each.part(),
                            each.whole());
                    s.addBatch();
                }
                return s.executeBatch();
            }
        });
    }

    /** All but ratios that were never met again: they are most of what there is and say nothing. */
    List<Figure> figures() {
        return sql.list(
                """
                select * from procurement.red_flag_figure f where f.kind <> 'RATIO' or exists (
                  select 1 from procurement.red_flag_figure g where g.kind = 'RATIO' and g.subject = f.subject and g.other = f.other
                     and g.part = f.part and g.ocid <> f.ocid)""",
                rs -> new Figure(
                        rs.getString("ocid"),
                        Figure.Kind.valueOf(rs.getString("kind")),
                        rs.getString("subject"),
                        rs.getString("other"),
                        rs.getDouble("part"),
                        rs.getDouble("whole")));
    }

    /**
     * R017: what was bought for a unit price outside the fences around the prices of the same model or class, the farthest of each
     * process.
     *
     * @param reach of the fences, in parts of what lies between the quartiles
     */
    List<RedFlag> dear(double reach) {
        return sql.list(
                """
                select distinct on (o.ocid) o.ocid, o.currency, o.unit_minor, x.median_minor, x.kind, x.subject,
                    o.unit_minor::double precision / x.median_minor - 1 as above
                  from procurement.price_observation o
                  join procurement.price_index x on x.kind = o.kind and x.subject = o.subject and x.currency = o.currency
                 where x.median_minor > 0 and (o.unit_minor > x.third_quartile_minor + ? * (x.third_quartile_minor - x.first_quartile_minor)
                    or o.unit_minor < x.first_quartile_minor - ? * (x.third_quartile_minor - x.first_quartile_minor))
                 order by o.ocid, abs(o.unit_minor::double precision / x.median_minor - 1) desc, x.kind""",
                rs -> new RedFlag(
                        "R017",
                        RedFlag.Group.OCID,
                        rs.getString("ocid"),
                        rs.getDouble("above"),
                        Map.of(
                                "price", price(rs, "unit_minor"),
                                "least", price(rs, "median_minor"),
                                "of", rs.getString("kind") + " " + rs.getString("subject"))),
                reach,
                reach);
    }

    private static String price(ResultSet rs, String column) throws SQLException {
        return BigDecimal.valueOf(rs.getLong(column), 2).toPlainString() + " " + rs.getString("currency");
    }

    List<RedFlagView> ofProcesses(Collection<String> ocids) {
        return sql.list(
                "select f.* from procurement.red_flag f where f.indicator = any(?) and f.ocid = any(?)",
                RedFlagRows::read,
                OF_ONE_PROCESS,
                ocids);
    }

    List<RedFlagView> compared() {
        return sql.list(
                "select f.* from procurement.red_flag f where f.indicator <> all(?) and f.indicator <> all(?)",
                RedFlagRows::read,
                OF_ONE_PROCESS,
                OF_BIDS);
    }

    List<RedFlagView> ofBids(String ocid) {
        return sql.list(
                "select f.* from procurement.red_flag f where f.indicator = any(?) and f.ocid = ?",
                RedFlagRows::read,
                OF_BIDS,
                ocid);
    }

    /** Writes what is new or says something else now, and marks what is known and no longer found. */
    void settle(List<RedFlag> found, List<RedFlagView> known, Instant now) {
        Map<List<@Nullable String>, RedFlagView> before = new HashMap<>();
        known.forEach(each ->
                before.put(Arrays.asList(each.indicator(), each.group().name(), each.subject(), each.ocid()), each));
        Map<List<@Nullable String>, RedFlag> after = new LinkedHashMap<>();
        found.forEach(each ->
                after.put(Arrays.asList(each.indicator(), each.group().name(), each.subject(), ocid(each)), each));
        Map<String, UUID> buyers = buyers(after.keySet().stream()
                .map(key -> key.get(3))
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        after.forEach((key, flag) -> {
            RedFlagView same = before.remove(key);
            if (same == null
                    || same.state() == RedFlagView.State.GONE
                    || same.value() != flag.value()
                    || !same.facts().equals(flag.facts())) {
                keep(flag, buyers, now);
            }
        });
        List<String> gone = new ArrayList<>();
        before.values().stream()
                .filter(each -> each.state() != RedFlagView.State.GONE)
                .forEach(each -> gone.add(each.id().toString()));
        sql.update(
                "update procurement.red_flag set version = version + 1, state = 'GONE', changed_at = ? where id = any(cast(? as uuid[]))",
                now,
                gone);
    }

    private Map<String, UUID> buyers(List<String> ocids) {
        Map<String, UUID> buyers = new HashMap<>();
        sql.list(
                        "select distinct ocid, org_id from procurement.ocds_release where ocid = any(?)",
                        rs -> Map.entry(rs.getString(1), rs.getObject(2, UUID.class)),
                        ocids)
                .forEach(each -> buyers.put(each.getKey(), each.getValue()));
        return buyers;
    }

    private static @Nullable String ocid(RedFlag flag) {
        return flag.group() == RedFlag.Group.OCID
                ? flag.subject()
                : flag.facts().get("ocid");
    }

    private void keep(RedFlag flag, Map<String, UUID> buyers, Instant now) {
        String ocid = ocid(flag);
        JsonObjectBuilder facts = Json.createObjectBuilder();
        new TreeMap<>(flag.facts()).forEach(facts::add);
        sql.update(
                """
                insert into procurement.red_flag(id, indicator, subject_group, subject, ocid, value, facts, state, buyer_org, found_at, changed_at)
                values (?,?,?,?,?,?,?::jsonb, 'OPEN', ?,?,?)
                on conflict (indicator, subject_group, subject, ocid) do update set value = excluded.value, facts = excluded.facts,
                  changed_at = excluded.changed_at, version = red_flag.version + 1,
                  state = case when red_flag.state = 'GONE' then 'OPEN' else red_flag.state end""",
                Ids.next(),
                flag.indicator(),
                flag.group().name(),
                flag.subject(),
                ocid,
                flag.value(),
                facts.build().toString(),
                ocid == null ? null : buyers.get(ocid),
                now,
                now);
    }

    static RedFlagView read(ResultSet rs) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        JsonObject said =
                Json.createReader(new StringReader(rs.getString("facts"))).readObject();
        said.forEach(
                (key, value) -> facts.put(key, value instanceof JsonString text ? text.getString() : value.toString()));
        @Nullable String ocid = rs.getString("ocid");
        return new RedFlagView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("indicator"),
                RedFlag.Group.valueOf(rs.getString("subject_group")),
                rs.getString("subject"),
                ocid,
                rs.getDouble("value"),
                facts,
                RedFlagView.State.valueOf(rs.getString("state")),
                rs.getTimestamp("found_at").toInstant(),
                List.of());
    }
}
