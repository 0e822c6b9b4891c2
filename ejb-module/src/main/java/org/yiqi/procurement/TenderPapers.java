package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Act;
import org.yiqi.contract.Fields;
import org.yiqi.contract.TenderStanding;
import org.yiqi.contract.evaluation.PublishedTerms;
import org.yiqi.contract.sealing.OpeningRecord;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.ledger.TenderActs;
import org.yiqi.shared.tenancy.Secured;

/**
 * From what a tender was opened and judged, to lie beside its acts in a proof: so that whoever has the proof opens and judges it again.
 * Nothing is in it before the ledger has the opening.
 */
@Stateless
@Secured
public class TenderPapers {

    private static final String PRICE = Envelope.PRICE.name();

    /** Of ciphertext in one proof, for some two hundred bids. Of the others the shares are there and the content is the openers' word. */
    private static final long MOST_CIPHERTEXT = 16L * 1024 * 1024;

    @Inject
    TenderActs ledger;

    @Inject
    SealedRows rows;

    @Inject
    Evaluations evaluations;

    /**
     * By name, what is public for the caller. Of what the panel alone reads, the technical envelopes, there are the shares and never the
     * ciphertext.
     */
    @RolesAllowed("**")
    public Map<String, byte[]> of(UUID tender) {
        Map<String, byte[]> papers = new LinkedHashMap<>();
        List<Act> chain = ledger.chain(tender);
        Map<String, List<Act>> openings = new LinkedHashMap<>();
        chain.stream().filter(act -> act.type().equals("tender.opened")).forEach(act -> openings.computeIfAbsent(
                        new Fields(act.body()).text("envelope"), any -> new ArrayList<>())
                .add(act));
        openings.forEach((envelope, acts) -> opening(tender, envelope, acts, papers));
        if (papers.isEmpty()) {
            return papers;
        }
        List<String> scored =
                ledger.standing(tender).map(TenderStanding::scored).orElse(List.of());
        for (Envelope envelope : Envelope.values()) {
            if (scored.contains(envelope.name())) {
                evaluations
                        .published(tender, envelope)
                        .ifPresent(json -> papers.put("evaluation/" + envelope + ".json", bytes(json)));
            }
        }
        // A change of the terms that was never signed leaves others behind than those that hold.
        Optional<String> digest = PublishedTerms.digest(chain);
        rows.terms(tender).stream()
                .filter(terms -> digest.filter(terms::isOf).isPresent())
                .forEach(terms -> papers.put("evaluation/terms.json", bytes(terms.json())));
        return papers;
    }

    /** @param acts the opening, and what was opened later of bytes that had been missing */
    private void opening(UUID tender, String envelope, List<Act> acts, Map<String, byte[]> papers) {
        Map<UUID, Boolean> readable = new LinkedHashMap<>();
        for (Act act : acts) {
            new Fields(act.body()).objects("bids", tree -> {
                Fields bid = new Fields(tree);
                return readable.put(bid.uuid("bid"), bid.textOrNull("content") != null);
            });
        }
        // Of bytes that were missing, or are back and not on the ledger yet, nobody can open what the openers signed.
        Set<UUID> faulty = Set.copyOf(rows.faulty(tender, envelope));
        List<OpeningRecord.Bid> sealed = new ArrayList<>();
        Map<String, byte[]> ciphertexts = new LinkedHashMap<>();
        long size = 0;
        for (DueBid bid : rows.manifests(List.copyOf(readable.keySet()))) {
            sealed.add(new OpeningRecord.Bid(bid.bid(), bid.manifest()));
            boolean told = Boolean.TRUE.equals(readable.get(bid.bid())) || faulty.contains(bid.bid());
            if (envelope.equals(PRICE) && told) {
                SealedBid own = SealedBid.parse(bid.manifest());
                long length = own.envelope(envelope).size();
                if (size + length <= MOST_CIPHERTEXT) {
                    size += length;
                    ciphertexts.put(
                            "opening/" + envelope + "/" + bid.bid() + ".sealed",
                            ciphertext(bid.bid(), own.version(), envelope, length));
                }
            }
        }
        OpeningRecord record = new OpeningRecord(tender, envelope, sealed, rows.posted(tender, envelope));
        papers.put("opening/" + envelope + ".json", bytes(record.json()));
        papers.putAll(ciphertexts);
    }

    private byte[] ciphertext(UUID bid, int version, String envelope, long length) {
        try {
            return rows.bytes(bid, version, envelope, 0, length).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
