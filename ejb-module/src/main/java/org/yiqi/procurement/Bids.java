package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Sealed bids until the tender is closed. What arrives here can be read by nobody: every proof is checked before a receipt is given,
 * the commitment goes onto the ledger under a key of the bid's own, and whose it is stays between the bidder and its own rows.
 *
 * <p>A bid is started, its envelopes are uploaded piece by piece, it is stamped with the time, and submitted with its own key's
 * signature. The same again replaces it; taking it back destroys its bytes. All of that until the deadline and not a millisecond longer.
 */
@Stateless
@Secured
public class Bids {

    /** After the deadline, for the signature under a bid that was stamped in time; well before the gate closes. */
    static final Duration SIGNING = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    TenderActs ledger;

    @Inject
    BidRows rows;

    @Inject
    BidBytes bytes;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("bid_one_for_a_lot", "procurement.bid-exists");
        DatabaseRefusals.register("bid_key_once", "procurement.bid-key-used");
        DatabaseRefusals.register("bid_version_in_the_making", "procurement.bid-in-the-making");
    }

    /** Bids may come: somebody must say when they came. */
    @RolesAllowed("**")
    public void on(@Observes TenderPublished published) {
        ledger.prepareTime();
    }

    /**
     * What bids of a tender are sealed for, by its recorded acts.
     *
     * @throws NotFound {@code procurement.tender-not-found}
     */
    @RolesAllowed("**")
    public SealTerms terms(UUID tender) {
        return rows.terms(tender);
    }

    /** The caller's organisation's bids for a tender, the newest first. */
    @RolesAllowed(Roles.SUPPLIER)
    public List<BidView> own(UUID tender) {
        List<Act> chain = ledger.chain(tender);
        String terms = chain.isEmpty() ? "" : SealTerms.of(chain).terms();
        return sql
                .list(
                        BidView.SELECT + " where b.tender_id = ? and b.org_id = ? order by b.created_at desc, b.id",
                        rs -> BidView.read(rs, terms),
                        tender,
                        caller.orgId())
                .stream()
                .map(this::measured)
                .toList();
    }

    /** How many bids there are; before the opening nobody learns more. */
    @RolesAllowed("**")
    public int count(UUID tender) {
        String terms = terms(tender).terms();
        return (int) ledger.bids(tender).stream()
                .filter(bid -> !bid.withdrawn() && bid.terms().equals(terms))
                .count();
    }

    /** @throws NotFound {@code procurement.bid-not-found}, for everybody but its bidder */
    @RolesAllowed(Roles.SUPPLIER)
    public BidView get(UUID bid) {
        UUID tender = rows.tenderOf(bid);
        return own(tender).stream()
                .filter(each -> each.id().equals(bid))
                .findFirst()
                .orElseThrow(BidRows::notFound);
    }

    private BidView measured(BidView view) {
        Integer next = view.nextVersion();
        return next == null ? view : view.with(bytes.sizes(view.id(), next));
    }

    /**
     * Starts a bid for a lot under a fresh one-time key.
     *
     * @param publicKey SubjectPublicKeyInfo on SM2's curve in Base64
     * @throws RuleViolation {@code procurement.bid-key}, {@code procurement.bid-unknown-lot}, {@code procurement.bid-late}
     * @throws Conflict {@code procurement.bid-exists}, {@code procurement.tender-closed}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public BidView start(UUID tender, String lot, String publicKey) {
        SealTerms terms = rows.open(tender, clock.instant());
        try {
            SealTerms.point(publicKey);
        } catch (MalformedAct e) {
            throw new RuleViolation("procurement.bid-key", "Not a public key on the curve of SM2", e)
                    .at("/publicKey", "SubjectPublicKeyInfo in Base64");
        }
        if (!terms.lots().contains(lot)) {
            throw new RuleViolation("procurement.bid-unknown-lot", "The tender has no such lot").at("/lot", "unknown");
        }
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        UUID id = Ids.next();
        sql.update(
                """
                insert into procurement.bid(id, tender_id, lot, org_id, salt, public_key, state, deadline, created_by, created_at)
                values (?, ?, ?, ?, ?, ?, 'DRAFT', ?, ?, ?)""",
                id,
                tender,
                lot,
                caller.orgId(),
                HexFormat.of().formatHex(salt),
                publicKey,
                terms.deadline(),
                caller.personId(),
                clock.instant());
        rows.draft(id, 1);
        audit.write("procurement.bid-started", id.toString(), Map.of("tender", tender.toString()));
        return get(id);
    }

    /**
     * Starts the version that will replace the one that was submitted; until then that one counts.
     *
     * @throws Conflict {@code procurement.bid-not-submitted}, {@code procurement.bid-in-the-making}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public BidView replace(UUID bid) {
        BidRows.Row row = rows.locked(bid);
        rows.open(row.tender(), clock.instant());
        if (row.state() != BidView.State.SUBMITTED) {
            throw new Conflict("procurement.bid-not-submitted", "Only a bid that was submitted is replaced");
        }
        int last = sql.first(
                        "select max(version) from procurement.bid_version where bid_id = ?", rs -> rs.getInt(1), bid)
                .orElseThrow();
        rows.draft(bid, last + 1);
        return get(bid);
    }

    /**
     * Submits what was stamped. Asked again, it answers the same receipt.
     *
     * @param signature of the bid's own key over the act's bytes: DER in Base64
     * @throws RuleViolation {@code ledger.wrong-signature}, {@code procurement.bid-late}
     * @throws Conflict {@code procurement.bid-not-stamped}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public BidReceipt submit(UUID bid, String signature) {
        BidRows.Row row = rows.locked(bid);
        Optional<Stamped> stamped = sql.first(
                "select version, commitment, act, stamped_at from procurement.bid_version where bid_id = ? and state = 'STAMPED'",
                rs -> new Stamped(
                        rs.getInt(1),
                        rs.getString(2),
                        rs.getString(3),
                        Objects.requireNonNull(Sql.instant(rs, "stamped_at"))),
                bid);
        if (stamped.isEmpty()) {
            if (row.state() == BidView.State.SUBMITTED) {
                return receipt(bid);
            }
            throw new Conflict("procurement.bid-not-stamped", "Seal and stamp the bid first");
        }
        Instant now = clock.instant();
        SealTerms terms = rows.open(row.tender(), now.minus(SIGNING));
        Stamped it = stamped.get();
        Act act = Act.parse(it.act.getBytes(StandardCharsets.UTF_8));
        ledger.record(act, row.publicKey(), signature);
        SignedAct reveal =
                ledger.reveal(act, row.tender(), row.salt(), terms.deadline().plus(TenderStanding.LANDING));
        if (row.version() > 0) {
            bytes.destroy(bid, row.version());
            sql.update(
                    "update procurement.bid_version set state = 'REPLACED' where bid_id = ? and version = ?",
                    bid,
                    row.version());
        }
        BidReceipt receipt = written(row, it, act);
        sql.update(
                "update procurement.bid_version set state = 'SUBMITTED', receipt = ?, submitted_at = ? where bid_id = ? and version = ?",
                CanonicalJson.write(Map.of("receipt", receipt.receipt(), "signature", receipt.signature())),
                now,
                bid,
                it.version);
        sql.update(
                "update procurement.bid set state = 'SUBMITTED', version = ?, deadline = ?, reveal = ? where id = ?",
                it.version,
                terms.deadline(),
                reveal.json(),
                bid);
        audit.write(
                "procurement.bid-submitted",
                bid.toString(),
                Map.of("version", Integer.toString(it.version), "commitment", it.commitment));
        return receipt;
    }

    private BidReceipt written(BidRows.Row row, Stamped it, Act act) {
        String receipt = CanonicalJson.write(Map.of(
                "act", act.digest(),
                "bid", row.id().toString(),
                "commitment", it.commitment,
                "lot", row.lot(),
                "tender", row.tender().toString(),
                "time", it.at.toString(),
                "token", String.valueOf(act.body().get("token")),
                "version", Integer.toString(it.version)));
        return new BidReceipt(receipt, ledger.receiptSignature(receipt.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws Conflict {@code procurement.bid-not-submitted} */
    @RolesAllowed(Roles.SUPPLIER)
    public BidReceipt receipt(UUID bid) {
        get(bid);
        String json = sql.first(
                        "select receipt from procurement.bid_version where bid_id = ? and state = 'SUBMITTED'",
                        rs -> rs.getString(1),
                        bid)
                .orElseThrow(() -> new Conflict("procurement.bid-not-submitted", "The bid has not been submitted"));
        Map<String, Object> tree = CanonicalJson.read(json);
        return new BidReceipt(String.valueOf(tree.get("receipt")), String.valueOf(tree.get("signature")));
    }

    /**
     * Begins to take a bid back. One that was never submitted is gone at once.
     *
     * @return the act to sign with the bid's own key, or null when there is nothing to sign
     * @throws RuleViolation {@code procurement.bid-late}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public @Nullable ToSign withdraw(UUID bid) {
        Instant now = clock.instant();
        BidRows.Row row = rows.locked(bid);
        rows.open(row.tender(), now);
        if (row.state() == BidView.State.DRAFT) {
            gone(bid);
            return null;
        }
        if (row.state() == BidView.State.WITHDRAWN) {
            throw new Conflict("procurement.bid-withdrawn", "The bid was taken back");
        }
        Act act = ledger.withdrawal(bid, row.tender(), now);
        sql.update(
                "update procurement.bid set withdrawal = ? where id = ?",
                new String(act.bytes(), StandardCharsets.UTF_8),
                bid);
        return ToSign.of(act);
    }

    /**
     * Takes a bid back and destroys its bytes.
     *
     * @param signature of the bid's own key over the act's bytes: DER in Base64
     * @throws Conflict {@code procurement.bid-not-withdrawing}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public BidView withdraw(UUID bid, String signature) {
        BidRows.Row row = rows.locked(bid);
        if (row.state() == BidView.State.WITHDRAWN) {
            return get(bid);
        }
        rows.open(row.tender(), clock.instant());
        String act = row.withdrawal();
        if (act == null) {
            throw new Conflict("procurement.bid-not-withdrawing", "Ask for the act to sign first");
        }
        ledger.record(Act.parse(act.getBytes(StandardCharsets.UTF_8)), row.publicKey(), signature);
        gone(bid);
        return get(bid);
    }

    private void gone(UUID bid) {
        sql.update("delete from procurement.bid_chunk where bid_id = ?", bid);
        sql.update(
                "update procurement.bid_version set state = 'WITHDRAWN' where bid_id = ? and state <> 'REPLACED'", bid);
        sql.update("update procurement.bid set state = 'WITHDRAWN', reveal = null where id = ?", bid);
        audit.write("procurement.bid-withdrawn", bid.toString(), Map.of());
    }

    private record Stamped(int version, String commitment, String act, Instant at) {}
}
