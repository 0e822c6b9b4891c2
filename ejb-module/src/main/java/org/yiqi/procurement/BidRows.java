package org.yiqi.procurement;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;

/** The caller's bids, each held by whoever works on it, and whether its tender takes bids. */
@Dependent
class BidRows {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    TenderActs ledger;

    /** @param version the one that counts, 0 before there is one */
    record Row(
            UUID id,
            UUID tender,
            String lot,
            BidView.State state,
            String salt,
            String publicKey,
            int version,
            @Nullable String withdrawal) {}

    /** @throws NotFound {@code procurement.bid-not-found}, for everybody but its bidder */
    Row locked(UUID bid) {
        return sql.first(
                        "select * from procurement.bid where id = ? and org_id = ? for update",
                        rs -> new Row(
                                bid,
                                rs.getObject("tender_id", UUID.class),
                                rs.getString("lot"),
                                BidView.State.valueOf(rs.getString("state")),
                                rs.getString("salt"),
                                rs.getString("public_key"),
                                rs.getInt("version"),
                                rs.getString("withdrawal")),
                        bid,
                        caller.orgId())
                .orElseThrow(BidRows::notFound);
    }

    /**
     * The tender of a bid of the caller's own.
     *
     * @throws NotFound {@code procurement.bid-not-found}, for everybody but its bidder
     */
    UUID tenderOf(UUID bid) {
        return sql.first(
                        "select tender_id from procurement.bid where id = ? and org_id = ?",
                        rs -> rs.getObject(1, UUID.class),
                        bid,
                        caller.orgId())
                .orElseThrow(BidRows::notFound);
    }

    void draft(UUID bid, int version) {
        sql.update("insert into procurement.bid_version(bid_id, version, state) values (?, ?, 'DRAFT')", bid, version);
    }

    /** @throws Conflict {@code procurement.bid-nothing-in-the-making} */
    int making(Row row) {
        return sql.first(
                        "select version from procurement.bid_version where bid_id = ? and state in ('DRAFT',"
                                + " 'STAMPED')",
                        rs -> rs.getInt(1),
                        row.id)
                .orElseThrow(() -> new Conflict("procurement.bid-nothing-in-the-making", "Begin a new version first"));
    }

    /** @throws NotFound {@code procurement.tender-not-found} */
    SealTerms terms(UUID tender) {
        List<Act> chain = ledger.chain(tender);
        if (chain.isEmpty()) {
            throw new NotFound("procurement.tender-not-found", "No such tender is on the ledger");
        }
        return SealTerms.of(chain);
    }

    /**
     * The tender's terms, if bids are still taken at that instant: to the millisecond of the server's clock.
     *
     * @throws RuleViolation {@code procurement.bid-late}
     * @throws Conflict {@code procurement.tender-closed}
     */
    SealTerms open(UUID tender, Instant at) {
        SealTerms terms = terms(tender);
        if (at.isAfter(terms.deadline())) {
            throw new RuleViolation("procurement.bid-late", "Bids were taken until " + terms.deadline());
        }
        if (ledger.standing(tender).filter(TenderStanding::closed).isPresent()) {
            throw new Conflict("procurement.tender-closed", "The tender is closed");
        }
        return terms;
    }

    static NotFound notFound() {
        return new NotFound("procurement.bid-not-found", "No such bid");
    }
}
