package org.yiqi.procurement;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.ledger.NewAct;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;

/** Opens envelopes with the shares that are there, and says of each that cannot be read whose fault it is. */
@Dependent
class EnvelopeOpening {

    @Inject
    SealedRows rows;

    @Inject
    TenderActs ledger;

    /** The bids that the closing listed. */
    List<BidStanding> live(UUID tender, TenderStanding standing) {
        Set<UUID> ids = new HashSet<>(standing.live());
        return ledger.bids(tender).stream()
                .filter(bid -> ids.contains(bid.id()))
                .toList();
    }

    /** @throws NotFound {@code procurement.tender-not-found} */
    SealTerms terms(UUID tender) {
        List<Act> chain = ledger.chain(tender);
        if (chain.isEmpty()) {
            throw noTender();
        }
        return SealTerms.of(chain);
    }

    /** @throws NotFound {@code procurement.tender-not-found} */
    TenderStanding standing(UUID tender) {
        return ledger.standing(tender).orElseThrow(EnvelopeOpening::noTender);
    }

    private static NotFound noTender() {
        return new NotFound("procurement.tender-not-found", "No such tender is on the ledger");
    }

    /** The public halves of bids, as the ledger knows them. */
    Map<UUID, SealedBid> manifests(List<BidStanding> bids) {
        Map<UUID, SealedBid> sealed = new HashMap<>();
        for (DueBid each : rows.manifests(bids.stream().map(BidStanding::id).toList())) {
            sealed.put(each.bid(), SealedBid.parse(each.manifest()));
        }
        for (BidStanding bid : bids) {
            SealedBid own = sealed.get(bid.id());
            if (own == null || !own.commitment().equals(bid.commitment())) {
                throw new Conflict(
                        "procurement.bid-not-as-committed", "The row of a bid is not what the ledger has: " + bid.id());
            }
        }
        return sealed;
    }

    /**
     * Opens the envelopes of bids and keeps what was in them.
     *
     * @return what the act of the opening says of each
     */
    List<Object> open(
            SealTerms terms,
            String envelope,
            List<BidStanding> bids,
            Map<UUID, SealedBid> sealed,
            Map<UUID, List<Release>> shares) {
        List<Object> contents = new ArrayList<>();
        for (BidStanding bid : bids) {
            Read read = read(terms, sealed.get(bid.id()), envelope, bid.id(), shares.getOrDefault(bid.id(), List.of()));
            BidContent content = read.content();
            String digest = content == null ? null : content.digest();
            rows.result(terms.tender(), envelope, bid, content, digest, read.fault());
            Map<String, @Nullable Object> entry = new HashMap<>();
            entry.put("bid", bid.id().toString());
            entry.put("content", digest);
            contents.add(entry);
        }
        return contents;
    }

    /** What the openers say that they have opened; while a bidder is hidden, a regulator signs it, too. */
    NewAct act(UUID tender, String envelope, List<Object> contents, boolean hidden, Instant at) {
        List<Party> parties = new ArrayList<>();
        rows.openersOf(tender, envelope).forEach(opener -> parties.add(new Party(opener, PartyRole.OPENER)));
        if (hidden) {
            ledger.regulators().stream().limit(1).forEach(org -> parties.add(new Party(org, PartyRole.REGULATOR)));
        }
        return new NewAct(
                "tender.opened",
                Subject.tender(tender),
                at,
                parties,
                Map.of("bids", contents, "envelope", envelope),
                List.of(),
                tender);
    }

    /** What was inside, or whose fault it is that nobody can read it. */
    private record Read(@Nullable BidContent content, SealBroken.@Nullable Fault fault) {}

    private Read read(SealTerms terms, @Nullable SealedBid sealed, String envelope, UUID bid, List<Release> releases) {
        if (sealed == null) {
            return new Read(null, SealBroken.Fault.CUSTODIAN);
        }
        SealedBid.Sealed own = sealed.envelope(envelope);
        SealContext context = sealed.context(terms, envelope);
        try {
            byte[] ciphertext = ciphertext(bid, sealed, envelope);
            BidContent content = BidContent.parse(new Envelope(own.deal(), ciphertext).open(context, releases));
            boolean whole = content.envelope().equals(envelope)
                    && content.attachments().size() == own.files().size();
            return whole ? new Read(content, null) : new Read(null, SealBroken.Fault.BIDDER);
        } catch (SealBroken e) {
            return new Read(null, e.fault());
        } catch (MalformedAct e) {
            return new Read(null, SealBroken.Fault.BIDDER);
        }
    }

    private byte[] ciphertext(UUID bid, SealedBid sealed, String envelope) {
        try {
            return rows.bytes(
                            bid,
                            sealed.version(),
                            envelope,
                            0,
                            sealed.envelope(envelope).size())
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the stored bytes of an envelope, attachments included, are those that were committed to. */
    boolean isWhole(UUID bid, SealedBid sealed, String envelope) {
        SealedBid.Sealed own = sealed.envelope(envelope);
        boolean whole = own.deal().isOver(ciphertext(bid, sealed, envelope));
        for (int i = 0; whole && i < own.files().size(); i++) {
            whole = isWhole(bid, sealed, envelope, i);
        }
        return whole;
    }

    /** @param index of an attachment, from 0 */
    boolean isWhole(UUID bid, SealedBid sealed, String envelope, int index) {
        SealedBid.File file = sealed.envelope(envelope).files().get(index);
        try (InputStream in = file(bid, sealed, envelope, index)) {
            return SealedFile.digest(in).equals(file.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sealed bytes of an attachment. */
    InputStream file(UUID bid, SealedBid sealed, String envelope, int index) {
        SealedBid.Sealed own = sealed.envelope(envelope);
        long at = own.size();
        for (SealedBid.File before : own.files().subList(0, index)) {
            at += before.size();
        }
        return rows.bytes(
                bid, sealed.version(), envelope, at, own.files().get(index).size());
    }
}
