package org.yiqi.procurement;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.evaluation.PublishedTerms;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.db.Sql;

/** What an opening works with: the rows of all bidders, which nobody else sees. Only the opening and {@link TenderPapers} use it. */
@Dependent
class SealedRows {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Sql sql;

    @Inject
    BidBytes bytes;

    private <R> R wide(Sql.Work<R> work) {
        return LedgerWide.on(dataSource, work);
    }

    private int update(String statement, @Nullable Object... values) {
        return wide(c -> sql.update(statement, values));
    }

    private <T> List<T> list(String query, Sql.Row<T> row, @Nullable Object... values) {
        return wide(c -> sql.list(query, row, values));
    }

    /** One list after the other, so that the last one that is needed knows that it is. */
    void lock(UUID tender, String envelope) {
        list("select pg_advisory_xact_lock(hashtextextended(?, 4711))", rs -> true, "opening:" + tender + envelope);
    }

    List<UUID> unrevealed(Instant now) {
        return list(
                "select distinct tender_id from procurement.bid where state = 'SUBMITTED' and revealed_at is null and deadline < ?",
                rs -> rs.getObject(1, UUID.class),
                now);
    }

    /** By bid, the acts that show their bidders. */
    Map<UUID, String> reveals(UUID tender) {
        Map<UUID, String> all = new LinkedHashMap<>();
        list(
                "select id, reveal from procurement.bid where tender_id = ? and state = 'SUBMITTED' and revealed_at is null order by id",
                rs -> all.put(rs.getObject(1, UUID.class), rs.getString(2)),
                tender);
        return all;
    }

    void revealed(UUID bid, Instant at) {
        update("update procurement.bid set revealed_at = ? where id = ?", at, bid);
    }

    List<DueBid> manifests(List<UUID> bids) {
        List<DueBid> all = new ArrayList<>();
        for (UUID bid : bids) {
            all.addAll(list(
                    "select manifest from procurement.bid_version where bid_id = ? and state = 'SUBMITTED'",
                    rs -> new DueBid(bid, rs.getString(1)),
                    bid));
        }
        return all;
    }

    boolean hasPosted(UUID tender, String envelope, UUID opener) {
        return !list(
                        "select 1 from procurement.opener_list where tender_id = ? and envelope = ? and opener = ?",
                        rs -> true,
                        tender,
                        envelope,
                        opener)
                .isEmpty();
    }

    void add(ReleaseList releases, String list, String signature, Map<UUID, Boolean> holds, Instant at) {
        update(
                "insert into procurement.opener_list(tender_id, envelope, opener, list, signature, posted_at) values (?, ?, ?, ?, ?, ?)",
                releases.tender(),
                releases.envelope(),
                releases.opener(),
                list,
                signature,
                at);
        releases.releases()
                .forEach((bid, release) -> update(
                        "insert into procurement.opener_share(tender_id, envelope, opener, bid_id, release, holds) values (?, ?, ?, ?, ?, ?)",
                        releases.tender(),
                        releases.envelope(),
                        releases.opener(),
                        bid,
                        CanonicalJson.write(release.tree()),
                        holds.get(bid)));
    }

    /** What the openers posted, as they signed it. */
    List<OpeningRecord.Posted> posted(UUID tender, String envelope) {
        return list(
                "select list, signature from procurement.opener_list where tender_id = ? and envelope = ? order by opener",
                rs -> new OpeningRecord.Posted(rs.getString(1), rs.getString(2)),
                tender,
                envelope);
    }

    /** The terms as they were last put out, with the salt of their digest. */
    List<PublishedTerms> terms(UUID tender) {
        return list(
                "select terms_salt, terms from procurement.tender where id = ? and terms_salt <> ''",
                rs -> new PublishedTerms(rs.getString(1), rs.getString(2)),
                tender);
    }

    /** By bid, the shares that hold. */
    Map<UUID, List<Release>> shares(UUID tender, String envelope) {
        Map<UUID, List<Release>> all = new HashMap<>();
        list(
                "select bid_id, release from procurement.opener_share where tender_id = ? and envelope = ? and holds order by opener",
                rs -> all.computeIfAbsent(rs.getObject(1, UUID.class), bid -> new ArrayList<>())
                        .add(Release.read(CanonicalJson.read(rs.getString(2)))),
                tender,
                envelope);
        return all;
    }

    List<UUID> openersOf(UUID tender, String envelope) {
        return list(
                "select opener from procurement.opener_list where tender_id = ? and envelope = ? order by posted_at, opener",
                rs -> rs.getObject(1, UUID.class),
                tender,
                envelope);
    }

    boolean isOpened(UUID tender, String envelope) {
        return !list(
                        "select 1 from procurement.opening where tender_id = ? and envelope = ?",
                        rs -> true,
                        tender,
                        envelope)
                .isEmpty();
    }

    void opened(UUID tender, String envelope, Instant at) {
        update(
                "insert into procurement.opening(tender_id, envelope, opened_at) values (?, ?, ?)",
                tender,
                envelope,
                at);
    }

    /** The act that all who opened sign, and the tender that is opened with the first of its envelopes. */
    void recordedBy(UUID tender, String envelope, UUID act) {
        update(
                "update procurement.tender set version = version + 1, state = 'OPENED' where id = ? and state = 'SEALED'",
                tender);
        update("update procurement.opening set act_id = ? where tender_id = ? and envelope = ?", act, tender, envelope);
    }

    /** What came out of an envelope, in the place of that its bytes were missing. */
    void result(
            UUID tender,
            String envelope,
            BidStanding bid,
            @Nullable BidContent content,
            @Nullable String digest,
            SealBroken.@Nullable Fault fault) {
        update(
                """
                insert into procurement.opened_envelope(tender_id, envelope, bid_id, lot, content, digest, fault)
                values (?, ?, ?, ?, ?, ?, ?) on conflict (tender_id, envelope, bid_id) do update
                  set content = excluded.content, digest = excluded.digest, fault = excluded.fault
                  where opened_envelope.fault = 'CUSTODIAN'""",
                tender,
                envelope,
                bid.id(),
                bid.lot(),
                content == null ? null : new String(content.bytes(), StandardCharsets.UTF_8),
                digest,
                fault == null ? null : fault.name());
    }

    /** Whether a bid was not opened with the others since its bytes were not here. */
    boolean isMissing(UUID tender, String envelope, UUID bid) {
        return withFault(tender, envelope, SealBroken.Fault.CUSTODIAN).contains(bid);
    }

    /** Bids whose bidder sealed something that cannot be read. */
    List<UUID> faulty(UUID tender, String envelope) {
        return withFault(tender, envelope, SealBroken.Fault.BIDDER);
    }

    private List<UUID> withFault(UUID tender, String envelope, SealBroken.Fault fault) {
        return list(
                "select bid_id from procurement.opened_envelope where tender_id = ? and envelope = ? and fault = ?",
                rs -> rs.getObject(1, UUID.class),
                tender,
                envelope,
                fault.name());
    }

    /** Puts bytes in the place of those that are here: no more than so many. */
    void replace(UUID bid, int version, String envelope, InputStream content, long most) {
        wide(c -> {
            bytes.replace(bid, version, envelope, content, most);
            return true;
        });
    }

    /** A bid and its lot. */
    record Of(UUID bid, String lot) {}

    Map<Of, BidContent> contents(UUID tender, String envelope) {
        Map<Of, BidContent> all = new LinkedHashMap<>();
        list(
                """
                select bid_id, lot, content from procurement.opened_envelope
                where tender_id = ? and envelope = ? and content is not null""",
                rs -> all.put(
                        new Of(rs.getObject(1, UUID.class), rs.getString(2)),
                        BidContent.parse(rs.getString(3).getBytes(StandardCharsets.UTF_8))),
                tender,
                envelope);
        return all;
    }

    OpeningView.Stage stage(UUID tender, String envelope, int due, Map<UUID, UUID> bidders, boolean prices) {
        List<OpeningView.Posted> posted = list(
                """
                select l.opener, l.posted_at, count(s.bid_id) as shares, count(s.bid_id) filter (where not s.holds) as wrong
                from procurement.opener_list l
                left join procurement.opener_share s using (tender_id, envelope, opener)
                where l.tender_id = ? and l.envelope = ? group by l.opener, l.posted_at order by l.posted_at, l.opener""",
                rs -> new OpeningView.Posted(
                        rs.getObject("opener", UUID.class),
                        Objects.requireNonNull(Sql.instant(rs, "posted_at")),
                        rs.getInt("shares"),
                        rs.getInt("wrong")),
                tender,
                envelope);
        List<OpeningView.Result> results = list("""
                select bid_id, lot, content, digest, fault from procurement.opened_envelope
                where tender_id = ? and envelope = ? order by lot, bid_id""", rs -> result(rs, bidders, prices), tender, envelope);
        return list(
                        "select opened_at, act_id from procurement.opening where tender_id = ? and envelope = ?",
                        rs -> new OpeningView.Stage(
                                envelope,
                                results.size(),
                                posted,
                                Sql.instant(rs, "opened_at"),
                                rs.getObject("act_id", UUID.class),
                                results),
                        tender,
                        envelope)
                .stream()
                .findFirst()
                .orElse(new OpeningView.Stage(envelope, due, posted, null, null, List.of()));
    }

    private static OpeningView.Result result(ResultSet rs, Map<UUID, UUID> bidders, boolean prices)
            throws SQLException {
        UUID bid = rs.getObject("bid_id", UUID.class);
        String content = rs.getString("content");
        return new OpeningView.Result(
                bid,
                rs.getString("lot"),
                bidders.get(bid),
                rs.getString("digest"),
                rs.getString("fault"),
                prices && content != null
                        ? BidContent.parse(content.getBytes(StandardCharsets.UTF_8))
                                .values()
                        : Map.of());
    }

    InputStream bytes(UUID bid, int version, String envelope, long from, long length) {
        return bytes.read(bid, version, envelope, from, length, true);
    }
}
