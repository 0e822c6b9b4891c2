package org.yiqi.procurement;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.BidRules;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** The envelopes of the version of a bid that is in the making: their bytes, and the check that they are what the bid says. */
@Stateless
@Secured
public class BidEnvelopes {

    /** Of one envelope, attachments included. */
    static final long MOST_BYTES = 512L * 1024 * 1024;

    private static final int LONGEST_MANIFEST = 200_000;
    private static final Map<String, String> OBJECTIONS = Map.of(
            "other-terms", "procurement.bid-other-terms",
            "unknown-lot", "procurement.bid-unknown-lot",
            "wrong-envelopes", "procurement.bid-wrong-envelopes",
            "wrong-size", "procurement.bid-wrong-size",
            "wrong-proof", "procurement.bid-wrong-proof");

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    TenderActs ledger;

    @Inject
    BidRows rows;

    @Inject
    BidBytes bytes;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("bid_chunk_pkey", "procurement.bid-offset");
    }

    /**
     * Puts a piece behind what is here of an envelope: {@link BidUploads} does that for all that comes in one upload.
     *
     * @param from how many bytes are here already
     * @return how many bytes are here now
     * @throws Conflict {@code procurement.bid-offset} naming where to go on
     * @throws RuleViolation {@code procurement.bid-late}, {@code procurement.bid-too-large}, {@code procurement.bid-wrong-envelopes}
     */
    @RolesAllowed(Roles.SUPPLIER)
    public long append(UUID bid, String envelope, long from, byte[] piece) {
        BidRows.Row row = rows.locked(bid);
        SealTerms terms = rows.open(row.tender(), clock.instant());
        if (!terms.envelopes().contains(envelope)) {
            throw new RuleViolation("procurement.bid-wrong-envelopes", "The tender has no such envelope")
                    .at("/envelope", "one of " + terms.envelopes());
        }
        int version = rows.making(row);
        long here = bytes.size(bid, version, envelope);
        if (from != here) {
            throw new Conflict("procurement.bid-offset", "Go on at byte " + here);
        }
        if (here + piece.length > MOST_BYTES) {
            throw new RuleViolation("procurement.bid-too-large", "An envelope has at most 512 MiB")
                    .at("/envelope", "at most " + MOST_BYTES + " bytes");
        }
        if (piece.length > 0) {
            // What was stamped is no longer what is here.
            unstamp(bid, version);
            bytes.append(bid, version, envelope, here, piece);
        }
        return here + piece.length;
    }

    /** Throws away what was uploaded of the version in the making, to begin again. */
    @RolesAllowed(Roles.SUPPLIER)
    public void clear(UUID bid) {
        int version = rows.making(rows.locked(bid));
        bytes.destroy(bid, version);
        unstamp(bid, version);
    }

    private void unstamp(UUID bid, int version) {
        sql.update(
                "update procurement.bid_version set state = 'DRAFT' where bid_id = ? and version = ? and state = 'STAMPED'",
                bid,
                version);
    }

    /**
     * Checks a bid whole — every proof, every digest — and stamps it with the time at which this was asked.
     *
     * @param manifest {@link SealedBid#json}
     * @return the act to sign with the bid's own key
     * @throws RuleViolation {@code procurement.bid-late}, {@code procurement.bid-malformed}, {@code procurement.bid-other-terms},
     *     {@code procurement.bid-wrong-proof}, {@code procurement.bid-incomplete}, {@code procurement.bid-other-bytes}, ...
     */
    @RolesAllowed(Roles.SUPPLIER)
    public ToSign stamp(UUID bid, String manifest) {
        Instant arrived = clock.instant();
        BidRows.Row row = rows.locked(bid);
        SealTerms terms = rows.open(row.tender(), arrived);
        int version = rows.making(row);
        SealedBid sealed = parsed(manifest);
        if (!sealed.bidderKey().equals(row.publicKey())
                || !sealed.lot().equals(row.lot())
                || sealed.version() != version) {
            throw wrong("procurement.bid-other-bid", "It was sealed for another key, lot or version");
        }
        sealed.objection(terms).ifPresent(code -> {
            throw wrong(
                    OBJECTIONS.getOrDefault(code, code),
                    "It was not sealed for this tender as it stands, or a proof does not hold");
        });
        checkBytes(bid, sealed);
        Map<String, Object> body = Map.of(
                "alg", "SM2_SM3",
                "bidder", BidRules.bidder(row.salt(), caller.orgId()),
                "commitment", sealed.commitment(),
                "lot", row.lot(),
                "publicKey", row.publicKey(),
                "tender", row.tender().toString(),
                "terms", terms.terms());
        Act act = ledger.commitment(bid, body, arrived);
        Instant stamped = BidRules.stampedAt(act.body());
        sql.update(
                """
                update procurement.bid_version set state = 'STAMPED', manifest = ?, commitment = ?, act = ?, stamped_at = ?
                where bid_id = ? and version = ?""",
                manifest,
                sealed.commitment(),
                new String(act.bytes(), StandardCharsets.UTF_8),
                stamped,
                bid,
                version);
        return ToSign.of(act);
    }

    private static SealedBid parsed(String manifest) {
        try {
            if (manifest.length() <= LONGEST_MANIFEST) {
                return SealedBid.parse(manifest);
            }
        } catch (MalformedAct e) {
            throw new RuleViolation("procurement.bid-malformed", String.valueOf(e.getMessage()), e)
                    .at("/manifest", "as docs/sealing.md describes it");
        }
        throw wrong("procurement.bid-malformed", "Too long");
    }

    private void checkBytes(UUID bid, SealedBid sealed) {
        Map<String, Long> here = bytes.sizes(bid, sealed.version());
        for (SealedBid.Sealed each : sealed.envelopes()) {
            if (here.getOrDefault(each.envelope(), 0L) != each.total()) {
                throw wrong(
                        "procurement.bid-incomplete",
                        "The envelope " + each.envelope() + " has " + each.total() + " bytes");
            }
            try {
                InputStream content = bytes.read(bid, sealed.version(), each.envelope(), 0, each.size(), false);
                boolean same = each.deal().isOver(content.readAllBytes());
                long at = each.size();
                for (SealedBid.File file : each.files()) {
                    InputStream in = bytes.read(bid, sealed.version(), each.envelope(), at, file.size(), false);
                    same &= SealedFile.digest(in).equals(file.digest());
                    at += file.size();
                }
                if (!same) {
                    throw wrong(
                            "procurement.bid-other-bytes",
                            "The bytes of " + each.envelope() + " are not those that were sealed");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static RuleViolation wrong(String code, String message) {
        return new RuleViolation(code, message).at("/manifest", message);
    }
}
