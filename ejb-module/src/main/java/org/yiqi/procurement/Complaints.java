package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * Complaints about award notices. A bidder of the lot complains once, within the standstill; that stops the award until a regulator of
 * health or of the market has decided. A complaint that is dismissed or taken back lets the standstill go on with what was left of it;
 * one that is upheld withdraws the award, with reasons that everybody reads.
 */
@Stateless
@Secured
public class Complaints {

    /** Regulators whose remit buying and selling of equipment is. */
    private static final Set<String> REMITS = Set.of("HEALTH", "MARKET");

    private static final Listing<ComplaintView> LISTING = Listing.of(
                    "x.*", "procurement.complaint x", "x.id", ComplaintView::read)
            .sort("madeAt", "x.made_at", "timestamptz")
            .sort("decideBy", "x.decide_by", "timestamptz")
            .sort("number", "x.number", "text")
            .defaultSort("-madeAt")
            .filter("id", "x.id", "uuid")
            .filter("state", "x.state", "text")
            .filter("tender", "x.tender_id", "uuid")
            .filter("bidder", "x.org_id", "uuid")
            .filter("buyer", "x.buyer_id", "uuid")
            .search("(x.number || ' ' || x.grounds) ilike '%' || ? || '%'");

    @Inject
    Sql sql;

    @Inject
    AwardRows rows;

    @Inject
    Tenders tenders;

    @Inject
    TenderStore store;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<AwardSuspended> suspended;

    @Inject
    Event<AwardWithdrawn> withdrawn;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("complaint_once", "procurement.complained-already");
        DatabaseRefusals.register("complaint_one_open", "procurement.complained-already");
        DatabaseRefusals.register("complaint_in_time", "procurement.standstill-over");
        DatabaseRefusals.register("complaint_of_bidder", "procurement.not-a-bidder");
    }

    /** Whether a reader may know what the bidder says. */
    static boolean reads(@Nullable YiqiPrincipal reader, ComplaintView complaint) {
        return reader != null
                && (reader.scope() == Scope.REGULATOR
                        || reader.orgId().equals(complaint.bidder())
                        || reader.orgId().equals(complaint.buyer()));
    }

    /**
     * Complaints of the caller's organisation, about its tenders, or all for regulators. Filters: {@code state, tender, bidder, buyer};
     * sorts: {@code madeAt, decideBy, number}.
     */
    @RolesAllowed("**")
    public Page<ComplaintView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<ComplaintView> consumer) {
        sql.with(c -> {
            LISTING.forEach(c, query, consumer);
            return true;
        });
    }

    /** @throws NotFound {@code procurement.complaint-not-found} */
    @RolesAllowed("**")
    public ComplaintView get(UUID id) {
        return sql.first("select * from procurement.complaint where id = ?", ComplaintView::read, id)
                .orElseThrow(Complaints::unknown);
    }

    private static NotFound unknown() {
        return new NotFound("procurement.complaint-not-found", "No such complaint");
    }

    /**
     * A bidder of a lot complains about its award notice, which stops.
     *
     * @throws RuleViolation {@code procurement.complaint-invalid}
     * @throws NotFound {@code procurement.notice-not-found}
     * @throws NotPermitted {@code procurement.not-a-bidder}
     * @throws Conflict {@code procurement.standstill-over}, {@code procurement.complained-already}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ComplaintView complain(UUID tenderId, String lot, String grounds) {
        new Limits("procurement.complaint-invalid", "Say what is wrong with the award")
                .text("/grounds", grounds, 8000)
                .refuse();
        TenderView tender = tenders.notice(tenderId);
        AwardNotice notice = rows.standing(tenderId, lot)
                .orElseThrow(() -> new NotFound("procurement.notice-not-found", "No award of this lot is announced"));
        if (!rows.bids(caller.orgId(), tenderId, lot)) {
            throw new NotPermitted("procurement.not-a-bidder", "Bidders of the lot complain");
        }
        Instant now = clock.instant();
        if (notice.state() == NoticeState.STANDSTILL && !now.isBefore(notice.standstillUntil())) {
            throw new Conflict("procurement.standstill-over", "The time to complain is over")
                    .with("until", notice.standstillUntil().toString());
        }
        BusinessCalendar calendar = store.calendar();
        UUID id = Ids.next();
        rows.update(
                """
                insert into procurement.complaint(id, number, notice_id, tender_id, lot, org_id, buyer_id, grounds, made_by, made_at,
                  decide_by) values (?, 'CP-' || lpad(nextval('procurement.complaint_number')::text, 6, '0'), ?,?,?,?,?,?,?,?,?)""",
                id,
                notice.id(),
                tenderId,
                lot,
                caller.orgId(),
                tender.buyerId(),
                grounds.strip(),
                caller.personId(),
                now,
                calendar.endOfWorkingDays(now, rows.rules(calendar.day(now)).decisionDays()));
        if (notice.state() == NoticeState.STANDSTILL) {
            rows.update(
                    "update procurement.award_notice set version = version + 1, state = 'SUSPENDED', suspended_at = ? where id = ?",
                    now,
                    notice.id());
            rows.settle(tenderId);
            suspended.fire(new AwardSuspended(tenderId, notice.id()));
        }
        audit.write("procurement.complained", id.toString(), Map.of("tender", tenderId, "lot", lot));
        return get(id);
    }

    /**
     * The bidder takes its complaint back.
     *
     * @throws NotPermitted {@code procurement.not-your-complaint}
     * @throws Conflict {@code procurement.complaint-decided}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ComplaintView withdraw(UUID id, long seen) {
        ComplaintView complaint = get(id);
        if (!complaint.bidder().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-complaint", "Only who complained takes it back");
        }
        end(complaint, seen, ComplaintState.WITHDRAWN, null, "");
        goOn(complaint.noticeId());
        audit.write("procurement.complaint-withdrawn", id.toString(), Map.of());
        return get(id);
    }

    /**
     * A regulator decides, with reasons that are published.
     *
     * @param remedy what follows when it is upheld; null to dismiss it
     * @throws RuleViolation {@code procurement.complaint-invalid}
     * @throws NotPermitted {@code procurement.not-your-remit}
     * @throws Conflict {@code procurement.complaint-decided}
     */
    @RolesAllowed(Roles.REGULATOR)
    public ComplaintView decide(UUID id, long seen, @Nullable Remedy remedy, String reason) {
        ComplaintView complaint = get(id);
        String remit = organisations.get(caller.orgId()).remit();
        if (remit == null || !REMITS.contains(remit)) {
            throw new NotPermitted("procurement.not-your-remit", "Regulators of health and of the market decide this");
        }
        new Limits("procurement.complaint-invalid", "Say why it is decided so")
                .text("/reason", reason, 4000)
                .refuse();
        AwardNotice notice = rows.notice(complaint.noticeId()).orElseThrow(Complaints::unknown);
        if (remedy == null) {
            end(complaint, seen, ComplaintState.DISMISSED, null, reason.strip());
            goOn(notice.id());
        } else {
            end(complaint, seen, ComplaintState.UPHELD, remedy, reason.strip());
            Instant now = clock.instant();
            rows.update("""
                    update procurement.complaint set version = version + 1, state = 'MOOT', decided_at = ?
                     where notice_id = ? and state = 'OPEN'""", now, notice.id());
            rows.update("""
                    update procurement.award_notice set version = version + 1, state = 'WITHDRAWN', suspended_at = null, ended_at = ?
                     where id = ?""", now, notice.id());
            rows.settle(complaint.tenderId());
            withdrawn.fire(new AwardWithdrawn(complaint.tenderId(), notice.id()));
        }
        audit.write(
                "procurement.complaint-decided",
                id.toString(),
                Map.of(
                        "upheld",
                        remedy != null,
                        "remedy",
                        remedy == null ? "" : remedy.name(),
                        "reason",
                        reason.strip()));
        return get(id);
    }

    private void end(
            ComplaintView complaint, long seen, ComplaintState state, @Nullable Remedy remedy, String decision) {
        rows.notice(complaint.noticeId());
        ComplaintView now = get(complaint.id());
        if (now.state() != ComplaintState.OPEN) {
            throw new Conflict("procurement.complaint-decided", "The complaint is decided");
        }
        boolean regulator = state != ComplaintState.WITHDRAWN;
        StaleVersion.checkChanged(rows.update(
                """
                update procurement.complaint set version = version + 1, state = ?, remedy = ?, decision = ?, decided_org = ?,
                  decided_by = ?, decided_at = ? where id = ? and version = ? and state = 'OPEN'""",
                state.name(),
                remedy == null ? "" : remedy.name(),
                decision,
                regulator ? caller.orgId() : null,
                caller.personId(),
                clock.instant(),
                complaint.id(),
                seen));
    }

    /** With the last open complaint gone, the standstill goes on with what was left of it. */
    private void goOn(UUID noticeId) {
        AwardNotice notice = rows.notice(noticeId).orElseThrow(Complaints::unknown);
        Instant since = notice.suspendedAt();
        if (since == null || rows.complained(noticeId)) {
            return;
        }
        Instant until =
                store.calendar().endOfDay(clock.instant().plus(Duration.between(since, notice.standstillUntil())));
        rows.update("""
                update procurement.award_notice set version = version + 1, state = 'STANDSTILL', suspended_at = null, standstill_until = ?
                 where id = ?""", until, noticeId);
        rows.settle(notice.tenderId());
        suspended.fire(new AwardSuspended(notice.tenderId(), noticeId));
    }
}
