package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** Bids whose bytes are not here as they were committed to, which is the platform's fault and nobody else's. */
@Stateless
@Secured
public class MissingBids {

    @Inject
    Openings openings;

    @Inject
    EnvelopeOpening opening;

    @Inject
    SealedRows rows;

    @Inject
    TenderActs ledger;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<SharesPosted> posted;

    @Inject
    Event<EnvelopesOpened> opened;

    /**
     * Brings bytes of a bid that are missing here or are not those that were committed to; whoever has the right ones may. If the others
     * were opened without it, the bid is opened now, and its openers sign that, too.
     *
     * @param content all bytes of the envelope, attachments included
     * @throws NotFound {@code procurement.bid-not-found} for what the closing did not list
     * @throws RuleViolation {@code procurement.bid-other-bytes}
     * @throws Conflict {@code procurement.tender-open}, {@code procurement.bid-bytes-whole}, {@code procurement.opening-not-recorded},
     *     {@code procurement.envelope-scored}
     */
    @RolesAllowed("**")
    public OpeningView resupply(UUID tender, UUID bid, String envelope, InputStream content) {
        TenderStanding standing = opening.standing(tender);
        rows.lock(tender, envelope);
        SealedBid sealed = sealed(tender, standing, bid, envelope);
        boolean missed = rows.isMissing(tender, envelope, bid);
        if (missed && !standing.opened().contains(envelope)) {
            throw new Conflict("procurement.opening-not-recorded", "The ledger has the opening of the others first");
        }
        if (missed && standing.scored().contains(envelope)) {
            throw new Conflict("procurement.envelope-scored", "The others have been judged without it");
        }
        rows.replace(
                bid,
                sealed.version(),
                envelope,
                content,
                sealed.envelope(envelope).total());
        if (!opening.isWhole(bid, sealed, envelope)) {
            throw other(envelope);
        }
        audit.write("procurement.bid-resupplied", bid.toString(), Map.of("envelope", envelope));
        if (missed) {
            openMissed(opening.terms(tender), standing, bid, envelope, sealed);
        }
        return openings.view(tender);
    }

    /**
     * How many bytes are missed of an envelope: as many as were committed to.
     *
     * @throws NotFound {@code procurement.bid-not-found} for what the closing did not list
     * @throws Conflict {@code procurement.tender-open}, {@code procurement.bid-bytes-whole}
     */
    @RolesAllowed("**")
    public long size(UUID tender, UUID bid, String envelope) {
        return sealed(tender, opening.standing(tender), bid, envelope)
                .envelope(envelope)
                .total();
    }

    /** What a bid committed to that the closing listed and whose bytes are not here. */
    private SealedBid sealed(UUID tender, TenderStanding standing, UUID bid, String envelope) {
        if (!standing.closed()) {
            throw new Conflict("procurement.tender-open", "Before the closing only its bidder has to do with a bid");
        }
        List<BidStanding> own = opening.live(tender, standing).stream()
                .filter(each -> each.id().equals(bid))
                .toList();
        SealedBid sealed = opening.manifests(own).get(bid);
        if (sealed == null || !standing.envelopes().contains(envelope)) {
            throw BidRows.notFound();
        }
        if (opening.isWhole(bid, sealed, envelope)) {
            throw new Conflict("procurement.bid-bytes-whole", "The bytes are here as they were committed to");
        }
        return sealed;
    }

    private void openMissed(SealTerms terms, TenderStanding standing, UUID bid, String envelope, SealedBid sealed) {
        UUID tender = terms.tender();
        List<BidStanding> own = opening.live(tender, standing).stream()
                .filter(each -> each.id().equals(bid))
                .toList();
        List<Object> contents = opening.open(terms, envelope, own, Map.of(bid, sealed), rows.shares(tender, envelope));
        if (rows.contents(tender, envelope).keySet().stream()
                .anyMatch(each -> each.bid().equals(bid))) {
            UUID act = ledger.awaited(opening.act(tender, envelope, contents, false, clock.instant()));
            rows.recordedBy(tender, envelope, act);
            opened.fire(new EnvelopesOpened(tender, envelope));
        }
        posted.fire(new SharesPosted(tender, envelope));
    }

    static RuleViolation other(String envelope) {
        return new RuleViolation("procurement.bid-other-bytes", "These are not the bytes that were committed to")
                .at("", "the sealed bytes of " + envelope);
    }
}
