package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.procurement.PriceIndexView.Kind;
import org.yiqi.procurement.PriceIndexView.Quarter;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.procurement.domain.ReleaseFields;
import org.yiqi.procurement.domain.ReleaseMerge;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * What devices are bought for, by model, by device class and by the code under which they were published: from contracts and awards
 * made here and from imported releases, with how the prices spread. Figures are of many prices of several buyers or there are none, so
 * that nobody reads one buyer's price out of them; currencies are not mixed.
 */
@Stateless
@Secured
public class PriceIndex {

    /** How many releases are taken in at a time. */
    private static final int BATCH = 2000;

    private static final Listing<PriceIndexView> LISTING = Listing.of(
                    "x.*", "procurement.price_index x", "x.id", PriceIndexView::read)
            .sort("prices", "x.prices", "int")
            .sort("median", "coalesce(x.median_minor, 0)", "bigint")
            .sort("lastDay", "coalesce(x.last_day, date '0001-01-01')", "date")
            .defaultSort("-prices")
            .filter("id", "x.id", "uuid")
            .filter("kind", "x.kind", "text")
            .filter("subject", "x.subject", "text")
            .filter("currency", "x.currency", "text")
            .search("(x.subject || ' ' || x.name_zh || ' ' || x.name_en) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    Releases releases;

    @Inject
    ReleaseStore store;

    @Inject
    Models models;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** What one price is a price of. */
    private record Subject(Kind kind, String subject, String currency) {}

    private record Rules(LocalDate from, int prices, int buyers) {}

    /** Filters: {@code kind, subject, currency}; sorts: {@code prices, median, lastDay}. */
    @RolesAllowed("**")
    public Page<PriceIndexView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<PriceIndexView> rows) {
        sql.with(c -> {
            LISTING.forEach(c, query, rows);
            return true;
        });
    }

    /** @throws NotFound {@code procurement.price-index-not-found} */
    @RolesAllowed("**")
    public PriceIndexView get(UUID id) {
        return first("x.id = ?", id)
                .orElseThrow(() -> new NotFound("procurement.price-index-not-found", "Nothing is known of its prices"));
    }

    /** The index of one thing in yuan; empty when no price of it is known. */
    @RolesAllowed("**")
    public Optional<PriceIndexView> of(Kind kind, String subject) {
        return first("x.kind = ? and x.subject = ? and x.currency = 'CNY'", kind.name(), subject);
    }

    private Optional<PriceIndexView> first(String where, Object... values) {
        return sql.first("select x.* from procurement.price_index x where " + where, PriceIndexView::read, values)
                .map(view -> view.with(sql.list(
                        "select * from procurement.price_index_quarter where index_id = ? order by quarter",
                        rs -> new Quarter(
                                rs.getObject("quarter", LocalDate.class),
                                rs.getInt("prices"),
                                money(rs.getLong("first_quartile_minor"), view.currency()),
                                money(rs.getLong("median_minor"), view.currency()),
                                money(rs.getLong("third_quartile_minor"), view.currency())),
                        view.id())));
    }

    private static Amount money(long minor, String currency) {
        return Amount.of(Money.ofMinor(minor, currency));
    }

    /**
     * Takes in what was published since the last time, some thousand releases at most. System work only.
     *
     * @return whether more is waiting
     */
    @PermitAll
    public boolean refresh() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("procurement.system-only", "Only the system's own work does this");
        }
        Instant now = clock.instant();
        Rules rules = rules(LocalDate.ofInstant(now, BusinessCalendar.CHINA));
        sql.first("select pg_advisory_xact_lock(hashtext('procurement.price_run'))", rs -> true);
        long seen = sql.first("select position from procurement.price_run", rs -> rs.getLong(1))
                .orElse(0L);
        Map<Long, String> fresh = store.publishedAfter(seen, BATCH);
        Set<Subject> touched = new LinkedHashSet<>();
        // Other rules are other figures, of everything.
        if (!sql.exists("select 1 from procurement.price_run where rules_of = ?", rules.from)) {
            touched.addAll(subjects("select distinct kind, subject, currency from procurement.price_index"));
        }
        new LinkedHashSet<>(fresh.values()).forEach(ocid -> take(ocid, touched));
        touched.forEach(subject -> count(subject, rules, now));
        long position = fresh.keySet().stream().max(Long::compare).orElse(seen);
        sql.update("""
                insert into procurement.price_run(position, rules_of) values (?,?)
                on conflict (only_one) do update set position = excluded.position, rules_of = excluded.rules_of""", position, rules.from);
        return fresh.size() == BATCH;
    }

    private Rules rules(LocalDate day) {
        return sql.first(
                        "select * from procurement.price_rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> new Rules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getInt("fewest_prices"),
                                rs.getInt("fewest_buyers")),
                        day)
                .orElseThrow(() -> new IllegalStateException("No rules for " + day));
    }

    private List<Subject> subjects(String query, @Nullable Object... values) {
        return sql.list(
                query, rs -> new Subject(Kind.valueOf(rs.getString(1)), rs.getString(2), rs.getString(3)), values);
    }

    /** Reads the prices of a process anew; what was a price of it before may be none, or another, now. */
    private void take(String ocid, Set<Subject> touched) {
        String own = "select distinct kind, subject, currency from procurement.price_observation where ocid = ?";
        touched.addAll(subjects(own, ocid));
        sql.update("delete from procurement.price_observation where ocid = ?", ocid);
        if (ocid.startsWith(Ocid.PREFIX)) {
            takeOwn(ocid);
        } else {
            takeImported(ocid);
        }
        touched.addAll(subjects(own, ocid));
    }

    /** Contracts, and awards that no contract follows yet: here the model and the class of what was bought are known. */
    private void takeOwn(String ocid) {
        sql.update("""
                with deal as (
                  select 'contract-' || c.number || '-' || i.position as item, i.model_id, coalesce(l.category, p.category) as category,
                    c.currency, i.unit_minor, i.quantity::bigint as quantity, c.org_id, c.effective_at as at
                    from procurement.contract c join procurement.contract_item i on i.contract_id = c.id
                    join procurement.plan p on p.id = c.plan_id left join procurement.tender t on t.id = c.tender_id
                    left join procurement.lot l on l.tender_id = c.tender_id and l.code = c.lot
                   where c.effective_at is not null and coalesce(t.ocid, ? || p.number) = ?
                  union all
                  select 'award-' || a.lot, null, l.category, a.currency, a.amount_minor / l.quantity, l.quantity, t.org_id, a.decided_at
                    from procurement.tender t join procurement.lot_award a on a.tender_id = t.id
                    join procurement.lot l on l.tender_id = a.tender_id and l.code = a.lot
                   where t.ocid = ? and a.bid_id is not null and a.act_id is not null and not exists (
                     select 1 from procurement.contract c where c.tender_id = a.tender_id and c.lot = a.lot and c.effective_at is not null))
                insert into procurement.price_observation(ocid, item, kind, subject, currency, unit_minor, quantity, buyer, buyer_org, day)
                select ?, d.item, s.kind, s.subject, d.currency, d.unit_minor, d.quantity, d.org_id::text, d.org_id,
                    (d.at at time zone 'Asia/Shanghai')::date
                  from deal d cross join lateral (values ('MODEL', d.model_id::text), ('CATEGORY', d.category)) s(kind, subject)
                 where s.subject is not null and d.unit_minor > 0""", Ocid.PREFIX, ocid, ocid, ocid);
    }

    private void takeImported(String ocid) {
        UUID org = sql.first(
                        "select org_id from procurement.ocds_release where ocid = ? order by released_at desc, position desc limit 1",
                        rs -> rs.getObject(1, UUID.class),
                        ocid)
                .orElseThrow();
        List<PublishedPrices.Price> prices = PublishedPrices.of(ReleaseMerge.compiled(releases.of(ocid).stream()
                .map(release -> ReleaseFields.parse(release.json()))
                .toList()));
        for (PublishedPrices.Price price : prices) {
            if (!price.code().isEmpty()) {
                observe(ocid, org, price, Kind.CLASSIFICATION, (price.scheme() + " " + price.code()).strip());
                category(price).ifPresent(category -> observe(ocid, org, price, Kind.CATEGORY, category));
            }
        }
    }

    private Optional<String> category(PublishedPrices.Price price) {
        return sql.first(
                "select category from procurement.price_class where scheme = ? and starts_with(?, prefix) order by length(prefix) desc limit 1",
                rs -> rs.getString(1),
                price.scheme(),
                price.code());
    }

    private void observe(String ocid, UUID org, PublishedPrices.Price price, Kind kind, String subject) {
        if (subject.length() > 200) {
            return;
        }
        sql.update(
                """
                insert into procurement.price_observation(ocid, item, kind, subject, currency, unit_minor, quantity, buyer, buyer_org, day)
                values (?,?,?,?,?,?,?,?,?,?) on conflict do nothing""",
                ocid,
                price.item(),
                kind.name(),
                subject,
                price.currency(),
                price.unitMinor(),
                price.quantity(),
                price.buyer(),
                org,
                price.day());
    }

    /** The figures of one thing from all its prices. */
    private void count(Subject subject, Rules rules, Instant now) {
        Optional<ModelView> model = subject.kind == Kind.MODEL ? model(subject.subject) : Optional.empty();
        UUID id = sql.first(
                        """
                with o as (select * from procurement.price_observation where kind = ? and subject = ? and currency = ?),
                  all_of as (select count(*)::int as prices, count(distinct buyer)::int as buyers, min(day) as first_day, max(day) as last_day,
                    percentile_cont(array[0.1, 0.25, 0.5, 0.75, 0.9]) within group (order by unit_minor) as at from o),
                  year as (select
                    count(*) filter (where o.day > a.last_day - 365) as newer, count(distinct o.buyer) filter (where o.day > a.last_day - 365) as newer_of,
                    percentile_cont(0.5) within group (order by o.unit_minor) filter (where o.day > a.last_day - 365) as newer_median,
                    count(*) filter (where o.day <= a.last_day - 365) as older, count(distinct o.buyer) filter (where o.day <= a.last_day - 365) as older_of,
                    percentile_cont(0.5) within group (order by o.unit_minor) filter (where o.day <= a.last_day - 365) as older_median
                    from o cross join all_of a where o.day > a.last_day - 730),
                  told as (select a.*, a.prices >= ? and a.buyers >= ? as enough,
                    case when y.newer >= ? and y.older >= ? and y.newer_of >= ? and y.older_of >= ?
                      then y.newer_median / y.older_median - 1 end as trend from all_of a cross join year y)
                insert into procurement.price_index(id, kind, subject, currency, name_zh, name_en, prices, buyers, fewest_prices, fewest_buyers,
                  low_minor, first_quartile_minor, median_minor, third_quartile_minor, high_minor, first_day, last_day, trend, refreshed_at)
                select ?,?,?,?,?,?, t.prices, t.buyers, ?, ?,
                  case when enough then round(at[1]) end, case when enough then round(at[2]) end, case when enough then round(at[3]) end,
                  case when enough then round(at[4]) end, case when enough then round(at[5]) end,
                  case when enough then first_day end, case when enough then last_day end, case when enough then trend end, ? from told t
                on conflict (kind, subject, currency) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                  prices = excluded.prices, buyers = excluded.buyers, fewest_prices = excluded.fewest_prices,
                  fewest_buyers = excluded.fewest_buyers, low_minor = excluded.low_minor,
                  first_quartile_minor = excluded.first_quartile_minor, median_minor = excluded.median_minor,
                  third_quartile_minor = excluded.third_quartile_minor, high_minor = excluded.high_minor, first_day = excluded.first_day,
                  last_day = excluded.last_day, trend = excluded.trend, refreshed_at = excluded.refreshed_at
                returning id""",
                        rs -> rs.getObject(1, UUID.class),
                        subject.kind.name(),
                        subject.subject,
                        subject.currency,
                        rules.prices,
                        rules.buyers,
                        rules.prices,
                        rules.prices,
                        rules.buyers,
                        rules.buyers,
                        Ids.next(),
                        subject.kind.name(),
                        subject.subject,
                        subject.currency,
                        model.map(ModelView::nameZh).orElse(""),
                        model.map(ModelView::nameEn).orElse(""),
                        rules.prices,
                        rules.buyers,
                        now)
                .orElseThrow();
        sql.update("delete from procurement.price_index_quarter where index_id = ?", id);
        sql.update("""
                insert into procurement.price_index_quarter(index_id, quarter, prices, first_quartile_minor, median_minor, third_quartile_minor)
                select ?, q.quarter, q.prices, round(q.at[1]), round(q.at[2]), round(q.at[3]) from (
                  select date_trunc('quarter', day)::date as quarter, count(*)::int as prices, count(distinct buyer) as buyers,
                    percentile_cont(array[0.25, 0.5, 0.75]) within group (order by unit_minor) as at
                    from procurement.price_observation where kind = ? and subject = ? and currency = ? group by 1) q
                 where q.prices >= ? and q.buyers >= ?""", id, subject.kind.name(), subject.subject, subject.currency, rules.prices, rules.buyers);
    }

    private Optional<ModelView> model(String id) {
        // Asked as a list: a model that is not found must not undo the whole work.
        return models.list(ListQuery.all().where("id", id)).items().stream().findFirst();
    }
}
