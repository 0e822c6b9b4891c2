package org.yiqi.procurement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.procurement.SealedTender.Bidder;
import org.yiqi.procurement.SealedTender.Sealed;
import org.yiqi.shared.TestDatabase;

/** A closed tender whose technical envelopes were opened and all of whose bids qualified; the price envelopes come next. */
public final class OpeningRun implements AutoCloseable {

    private static final String PRICE = "PRICE";

    private final TestDatabase db;
    private final SealedTender tender;
    private final Map<UUID, byte[]> ciphertexts;

    /** Takes that many bids and goes as far as that. */
    public OpeningRun(Path dataDir, int bids) throws SQLException, IOException {
        db = TestDatabase.empty();
        db.organisation("PLATFORM");
        tender = new SealedTender(db, dataDir, db.organisation("REGULATOR")).publish();
        Map<UUID, byte[]> sealedPrices = new HashMap<>();
        for (int i = 0; i < bids; i++) {
            Bidder bidder = tender.bidder("1", Integer.toString(1_000_000 + i));
            Sealed sealed = tender.seal(bidder, 1);
            tender.submit(bidder, sealed);
            sealedPrices.put(bidder.bid, Objects.requireNonNull(sealed.bytes().get(PRICE)));
        }
        ciphertexts = Map.copyOf(sealedPrices);
        tender.close();
        for (UUID opener : tender.openers.subList(0, 3)) {
            tender.post(opener, "TECHNICAL");
        }
        OpeningView.Stage technical = tender.services
                .as(tender.hospital, () -> tender.openings().view(tender.tender))
                .envelopes()
                .get(0);
        tender.sign(Objects.requireNonNull(technical.actId()), tender.openers);
        tender.ledger.relayAll(dataDir);
        tender.score("TECHNICAL", List.copyOf(ciphertexts.keySet()));
        tender.post(tender.openers.get(0), PRICE);
        tender.post(tender.openers.get(1), PRICE);
    }

    /** From the arrival of the third opener's list to all prices. Seconds. */
    public double seconds() {
        var list = tender.releases(tender.openers.get(2), PRICE);
        long began = System.nanoTime();
        OpeningView view = tender.post(list);
        double seconds = (System.nanoTime() - began) / 1e9;
        long open = view.envelopes().get(1).results().stream()
                .filter(result -> result.fault() == null)
                .count();
        if (open != ciphertexts.size()) {
            throw new IllegalStateException("only " + open + " envelopes were opened");
        }
        return seconds;
    }

    /** The same envelopes opened by what the protocol needs and nothing else, by one thread. Seconds; before {@link #seconds}. */
    public double bareSeconds() throws SealBroken, IOException {
        SealTerms terms = tender.terms();
        List<Map<UUID, Release>> releases = tender.openers.subList(0, 3).stream()
                .map(opener -> tender.releases(opener, PRICE).releases())
                .toList();
        Map<UUID, SealedBid> sealed =
                tender.services.as(tender.hospital, () -> tender.openings().due(tender.tender, PRICE)).stream()
                        .collect(Collectors.toMap(DueBid::bid, due -> SealedBid.parse(due.manifest())));
        long began = System.nanoTime();
        for (Map.Entry<UUID, SealedBid> each : sealed.entrySet()) {
            SealedBid.Sealed own = each.getValue().envelope(PRICE);
            byte[] bytes = new ByteArrayInputStream(Objects.requireNonNull(ciphertexts.get(each.getKey())))
                    .readNBytes((int) own.size());
            List<Release> three = releases.stream()
                    .map(list -> Objects.requireNonNull(list.get(each.getKey())))
                    .toList();
            new Envelope(own.deal(), bytes).open(each.getValue().context(terms, PRICE), three);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() throws IOException {
        db.stop();
    }
}
