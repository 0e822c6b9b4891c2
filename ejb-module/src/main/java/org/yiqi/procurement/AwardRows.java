package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;

/** The rows of award notices and complaints, of all organisations: the services that use it say who may know and change what. */
@Dependent
class AwardRows {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    /** What the law says of a day: for how many working days an award waits, and in how many a complaint is decided. */
    record Rules(LocalDate fromDay, int standstillDays, int decisionDays) {}

    private <T> List<T> list(String query, Sql.Row<T> row, @Nullable Object... values) {
        return LedgerWide.on(dataSource, c -> sql.list(query, row, values));
    }

    int update(String statement, @Nullable Object... values) {
        return LedgerWide.on(dataSource, c -> sql.update(statement, values));
    }

    Rules rules(LocalDate day) {
        return sql.first(
                        "select * from procurement.award_rule_set where from_day <= ? order by from_day desc limit 1",
                        rs -> new Rules(
                                rs.getObject("from_day", LocalDate.class),
                                rs.getInt("standstill_days"),
                                rs.getInt("decision_days")),
                        day)
                .orElseThrow();
    }

    /** All notices of a tender with all complaints about them, lot by lot, the newest first. */
    List<AwardNotice> notices(UUID tender) {
        List<ComplaintView> complaints = list(
                "select * from procurement.complaint where tender_id = ? order by made_at",
                ComplaintView::read,
                tender);
        return list(
                        "select * from procurement.award_notice where tender_id = ? order by lot, published_at desc",
                        AwardRows::notice,
                        tender)
                .stream()
                .map(notice -> notice.with(complaints.stream()
                        .filter(each -> each.noticeId().equals(notice.id()))
                        .toList()))
                .toList();
    }

    /** The notice that stands for a lot now, kept from others' changes until the transaction ends. */
    Optional<AwardNotice> standing(UUID tender, String lot) {
        return list(
                        "select * from procurement.award_notice where tender_id = ? and lot = ? and state in ('STANDSTILL', 'SUSPENDED') for update",
                        AwardRows::notice,
                        tender,
                        lot)
                .stream()
                .findFirst();
    }

    Optional<AwardNotice> notice(UUID id) {
        return list("select * from procurement.award_notice where id = ? for update", AwardRows::notice, id).stream()
                .findFirst();
    }

    private static AwardNotice notice(ResultSet rs) throws SQLException {
        return new AwardNotice(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("tender_id", UUID.class),
                rs.getString("lot"),
                rs.getObject("bid_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                Amount.of(Money.ofMinor(rs.getLong("amount_minor"), rs.getString("currency"))),
                rs.getString("reason"),
                NoticeState.valueOf(rs.getString("state")),
                rs.getObject("rules_of", LocalDate.class),
                rs.getTimestamp("published_at").toInstant(),
                rs.getTimestamp("standstill_until").toInstant(),
                Sql.instant(rs, "suspended_at"),
                Sql.instant(rs, "ended_at"),
                List.of());
    }

    /** Whether a regulator has said that a lot comes to nothing. */
    boolean mustFail(UUID tender, String lot) {
        return !list(
                        "select 1 from procurement.complaint where tender_id = ? and lot = ? and remedy = 'FAIL'",
                        rs -> rs.getInt(1),
                        tender,
                        lot)
                .isEmpty();
    }

    /** Whether a complaint about a notice is open. */
    boolean complained(UUID notice) {
        return !list(
                        "select 1 from procurement.complaint where notice_id = ? and state = 'OPEN'",
                        rs -> rs.getInt(1),
                        notice)
                .isEmpty();
    }

    /** Whether an organisation has a bid that was opened for a lot. */
    boolean bids(UUID org, UUID tender, String lot) {
        return !list("""
                        select 1 from procurement.opened_envelope o join procurement.bid b on b.id = o.bid_id
                         where o.tender_id = ? and o.lot = ? and b.org_id = ? limit 1""", rs -> rs.getInt(1), tender, lot, org).isEmpty();
    }

    /**
     * Where a tender stands by its lots: stopped by a complaint, under notice, waiting for the buyer, or decided. Tenders that ended
     * otherwise stay as they are.
     */
    void settle(UUID tender) {
        update("""
                update procurement.tender t set version = version + 1, state = s.state from (
                  select case when l.suspended > 0 then 'SUSPENDED'
                              when l.noticed > 0 then case when l.open > 0 then 'AWARD_NOTICE' else 'STANDSTILL' end
                              when l.open > 0 then 'RANKED'
                              when l.awarded > 0 then 'AWARDED' end as state
                    from (select count(*) filter (where n.state = 'SUSPENDED') as suspended,
                                 count(*) filter (where n.state = 'STANDSTILL') as noticed,
                                 count(*) filter (where n.state is null and l.state = 'OPEN') as open,
                                 count(*) filter (where l.state = 'AWARDED') as awarded
                            from procurement.lot l left join procurement.award_notice n
                              on n.tender_id = l.tender_id and n.lot = l.code and n.state in ('STANDSTILL', 'SUSPENDED')
                           where l.tender_id = ?) l) s
                 where t.id = ? and s.state is not null and t.state <> s.state
                   and t.state in ('RANKED', 'AWARD_NOTICE', 'STANDSTILL', 'SUSPENDED')""", tender, tender);
    }
}
