package org.yiqi.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.ReleaseList;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * From the closing to what was in the envelopes. Openers post what their own machines made of their keys; every share is checked here
 * and can be checked by anyone; when enough are there for every bid that is due, all of them are opened at once and none before.
 */
@Stateless
@Secured
public class Openings {

    /** For bidders to show themselves after the closing. Later a regulator signs the opening, too. */
    public static final Duration SHOWING = Duration.ofMinutes(30);

    private static final String PRICE = "PRICE";

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
    Acts acts;

    @Inject
    SealedRows rows;

    @Inject
    EnvelopeOpening opening;

    @Inject
    EvaluationRows panels;

    @Inject
    Event<SharesPosted> posted;

    @Inject
    Event<EnvelopesOpened> opened;

    /** How an opening stands; who may see the tender may watch. */
    @RolesAllowed("**")
    public OpeningView view(UUID tender) {
        SealTerms terms = opening.terms(tender);
        TenderStanding standing = opening.standing(tender);
        List<BidStanding> live = opening.live(tender, standing);
        Map<UUID, UUID> bidders = new HashMap<>();
        live.stream()
                .filter(bid -> bid.org() != null)
                .forEach(bid -> bidders.put(bid.id(), Objects.requireNonNull(bid.org())));
        List<OpeningView.Stage> stages = new ArrayList<>();
        for (String envelope : standing.envelopes()) {
            boolean turn = standing.closed() && nextOf(standing).equals(envelope);
            stages.add(rows.stage(
                    tender, envelope, turn ? due(tender, standing).size() : 0, bidders, envelope.equals(PRICE)));
        }
        return new OpeningView(
                tender,
                terms.deadline(),
                standing.closed(),
                standing.threshold(),
                standing.openers(),
                (int) live.stream().filter(bid -> bid.org() == null).count(),
                stages);
    }

    /** Tenders with bids that have still to show their bidder, of those that are closed. System work only. */
    @PermitAll
    public List<UUID> toReveal() {
        systemOnly();
        return rows.unrevealed(clock.instant()).stream()
                .filter(tender ->
                        ledger.standing(tender).filter(TenderStanding::closed).isPresent())
                .toList();
    }

    /** Shows whose the live bids of a closed tender are, as their bidders agreed when they submitted. System work only. */
    @PermitAll
    public void reveal(UUID tender) {
        systemOnly();
        Set<UUID> hidden = opening.live(tender, opening.standing(tender)).stream()
                .filter(bid -> bid.org() == null)
                .map(BidStanding::id)
                .collect(Collectors.toSet());
        rows.reveals(tender).forEach((bid, json) -> {
            if (hidden.contains(bid)) {
                ledger.revealed(SignedAct.parse(json));
            }
            rows.revealed(bid, clock.instant());
        });
    }

    private void systemOnly() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("procurement.system-only", "Only the system's own work does this");
        }
    }

    /**
     * What an opener has to release for: exactly the bids whose envelope is due.
     *
     * @throws Conflict {@code procurement.tender-open}, {@code procurement.envelope-not-due}, {@code procurement.bidders-hidden}
     */
    @RolesAllowed("**")
    public List<DueBid> due(UUID tender, String envelope) {
        TenderStanding standing = opening.standing(tender);
        List<UUID> bids =
                dueNow(tender, standing, envelope).stream().map(BidStanding::id).toList();
        return rows.manifests(bids);
    }

    /**
     * Takes an opener's list of releases. A share that is not the one that was dealt is kept with the proof of whose fault it is and not
     * counted; with the last one that is needed, all envelopes that are due are opened.
     *
     * @param list {@link ReleaseList#json}
     * @param signature by the opener's single-use key: DER in Base64
     * @throws NotPermitted {@code procurement.not-opener}
     * @throws RuleViolation {@code procurement.shares-malformed}, {@code procurement.shares-signature}, {@code procurement.shares-not-exact}
     * @throws Conflict {@code procurement.shares-posted}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public OpeningView post(UUID tender, String list, String signature) {
        UUID opener = caller.orgId();
        SealTerms terms = opening.terms(tender);
        TenderStanding standing = opening.standing(tender);
        if (!standing.openers().contains(opener)) {
            throw new NotPermitted("procurement.not-opener", "Your organisation is no opener of this tender");
        }
        ReleaseList releases = parsed(list);
        if (!releases.tender().equals(tender) || !releases.opener().equals(opener)) {
            throw malformed("It is for another tender or another opener", null);
        }
        String envelope = releases.envelope();
        rows.lock(tender, envelope);
        List<BidStanding> due = dueNow(tender, standing, envelope);
        if (!releases.releases()
                .keySet()
                .equals(due.stream().map(BidStanding::id).collect(Collectors.toSet()))) {
            throw new RuleViolation("procurement.shares-not-exact", "Release for exactly the bids that are due")
                    .at("/list", "exactly " + due.size() + " bids");
        }
        if (!signed(terms, envelope, opener, list, signature)) {
            throw new RuleViolation("procurement.shares-signature", "Not signed with the key of this envelope")
                    .at("/signature", "of the single-use key");
        }
        if (rows.hasPosted(tender, envelope, opener)) {
            throw new Conflict("procurement.shares-posted", "Your organisation has released its shares");
        }
        Map<UUID, SealedBid> sealed = opening.manifests(due);
        int index = terms.indexOf(envelope, opener);
        Map<UUID, Boolean> holds = new HashMap<>();
        releases.releases().forEach((bid, release) -> {
            SealedBid it = Objects.requireNonNull(sealed.get(bid));
            holds.put(
                    bid,
                    release.index() == index
                            && release.holds(
                                    it.context(terms, envelope),
                                    it.envelope(envelope).deal()));
        });
        rows.add(releases, list, signature, holds, clock.instant());
        audit.write(
                "procurement.shares-posted",
                tender.toString(),
                Map.of(
                        "envelope", envelope,
                        "shares", Integer.toString(holds.size()),
                        "wrong",
                                Long.toString(
                                        holds.values().stream().filter(h -> !h).count())));
        openIfEnough(terms, standing, envelope, due, sealed);
        posted.fire(new SharesPosted(tender, envelope));
        return view(tender);
    }

    private static boolean signed(SealTerms terms, String envelope, UUID opener, String list, String signature) {
        try {
            return SignatureAlgorithm.SM2_SM3.verifies(
                    terms.publicKey(envelope, opener),
                    list.getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ReleaseList parsed(String list) {
        try {
            return ReleaseList.parse(list);
        } catch (MalformedAct e) {
            throw malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private static RuleViolation malformed(String message, @Nullable Throwable cause) {
        return new RuleViolation("procurement.shares-malformed", message, cause)
                .at("/list", "as docs/sealing.md describes it");
    }

    /** All or none: a bid that lacks shares keeps the others closed. One whose bytes are missing does not: it is marked. */
    private void openIfEnough(
            SealTerms terms,
            TenderStanding standing,
            String envelope,
            List<BidStanding> due,
            Map<UUID, SealedBid> sealed) {
        UUID tender = terms.tender();
        Map<UUID, List<Release>> shares = rows.shares(tender, envelope);
        boolean enough = due.stream()
                .allMatch(bid -> shares.getOrDefault(bid.id(), List.of()).size() >= standing.threshold());
        if (!enough) {
            return;
        }
        rows.opened(tender, envelope, clock.instant());
        List<Object> contents = opening.open(terms, envelope, due, sealed, shares);
        boolean hidden = opening.live(tender, standing).stream().anyMatch(bid -> bid.org() == null);
        UUID act = acts.propose(opening.act(tender, envelope, contents, hidden, clock.instant()));
        rows.recordedBy(tender, envelope, act);
        opened.fire(new EnvelopesOpened(tender, envelope));
        audit.write("procurement.opened", tender.toString(), Map.of("envelope", envelope));
    }

    /**
     * What was opened and can be read, for those who evaluate it.
     *
     * @throws NotPermitted {@code procurement.not-buyer}
     */
    @RolesAllowed("**")
    public List<OpenedEnvelope> opened(UUID tender, String envelope) {
        TenderStanding standing = opening.standing(tender);
        boolean entitled = standing.buyer().equals(caller.orgId()) || panels.judges(tender, caller.personId());
        if (caller.scope() == Scope.MEMBER && !entitled) {
            throw new NotPermitted("procurement.not-buyer", "Only the buyer and the panel read what was opened");
        }
        Map<UUID, UUID> bidders = opening.live(tender, standing).stream()
                .filter(bid -> bid.org() != null)
                .collect(Collectors.toMap(BidStanding::id, bid -> Objects.requireNonNull(bid.org())));
        return rows.contents(tender, envelope).entrySet().stream()
                .map(each -> new OpenedEnvelope(
                        each.getKey().bid(),
                        each.getKey().lot(),
                        Objects.requireNonNull(bidders.get(each.getKey().bid())),
                        each.getValue()))
                .sorted(Comparator.comparing(OpenedEnvelope::lot).thenComparing(OpenedEnvelope::bid))
                .toList();
    }

    /**
     * Writes an attachment of an envelope that was opened, decrypted as it streams.
     *
     * @param index which of the envelope's attachments, from 0
     * @throws NotFound {@code procurement.attachment-not-found}
     * @throws Conflict {@code procurement.attachment-unreadable} by its bidder's fault, {@code procurement.bid-bytes-missing} by ours
     */
    @RolesAllowed("**")
    public void attachment(UUID tender, UUID bid, String envelope, int index, OutputStream out) throws IOException {
        OpenedEnvelope opened = opened(tender, envelope).stream()
                .filter(each -> each.bid().equals(bid)
                        && index >= 0
                        && index < each.content().attachments().size())
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.attachment-not-found", "No such attachment"));
        SealedBid sealed = SealedBid.parse(rows.manifests(List.of(bid)).get(0).manifest());
        BidContent.Attachment attachment = opened.content().attachments().get(index);
        InputStream in = opening.file(bid, sealed, envelope, index);
        try {
            new SealedFile(attachment.keyBytes(), sealed.context(opening.terms(tender), envelope), index)
                    .open(in, attachment.size(), out);
        } catch (SealBroken e) {
            if (!opening.isWhole(bid, sealed, envelope, index)) {
                throw new Conflict("procurement.bid-bytes-missing", "The bytes are not those that were committed to");
            }
            throw new Conflict("procurement.attachment-unreadable", "The bidder sealed something else than it says");
        }
    }

    private List<BidStanding> dueNow(UUID tender, TenderStanding standing, String envelope) {
        if (!standing.closed()) {
            throw new Conflict("procurement.tender-open", "Nothing is released before the closing is on the ledger");
        }
        if (!nextOf(standing).equals(envelope) || rows.isOpened(tender, envelope)) {
            throw new Conflict("procurement.envelope-not-due", "It is not this envelope's turn");
        }
        List<BidStanding> live = opening.live(tender, standing);
        boolean hidden = live.stream().anyMatch(bid -> bid.org() == null);
        if (hidden && clock.instant().isBefore(closedAt(tender).plus(SHOWING))) {
            throw new Conflict("procurement.bidders-hidden", "Bidders have still time to show themselves");
        }
        return due(tender, standing);
    }

    /** Those that showed their bidder, qualified so far and whose lot is not decided. */
    private List<BidStanding> due(UUID tender, TenderStanding standing) {
        return opening.live(tender, standing).stream()
                .filter(bid -> bid.org() != null)
                .filter(bid -> bid.qualified().equals(standing.scored()))
                .filter(bid -> !standing.awards().containsKey(bid.lot()))
                .toList();
    }

    /** The envelope whose turn it is, or nothing while one is being scored or all are open. */
    private static String nextOf(TenderStanding standing) {
        boolean turn = standing.scored().equals(standing.opened())
                && standing.opened().size() < standing.envelopes().size();
        return turn ? standing.envelopes().get(standing.opened().size()) : "";
    }

    private Instant closedAt(UUID tender) {
        return ledger.chain(tender).stream()
                .filter(act -> act.type().equals("tender.closed"))
                .map(Act::occurredAt)
                .findFirst()
                .orElseThrow();
    }
}
