package org.yiqi.contract.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Act;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;

class SealedBidTest {

    private final SealedTender.Seeded random = new SealedTender.Seeded("bid");
    private final Act published = published(3);
    private final SealTerms terms = SealTerms.of(List.of(published));
    private final String key = key(SignatureAlgorithm.SM2_SM3.newKeyPair(random));
    private final SealedBid bid = bid(terms, "1", 1);

    private static String key(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private Act published(int openers) {
        List<Object> keys = new ArrayList<>();
        List<Party> parties = new ArrayList<>();
        for (int i = 0; i < openers; i++) {
            var org = new java.util.UUID(0x0192000000007000L, 0x8000000000000001L + i);
            parties.add(new Party(org, PartyRole.OPENER));
            for (String envelope : List.of("TECHNICAL", "PRICE")) {
                keys.add(Map.of(
                        "envelope",
                        envelope,
                        "key",
                        key(SignatureAlgorithm.SM2_SM3.newKeyPair(random)),
                        "opener",
                        org.toString(),
                        "proof",
                        ""));
            }
        }
        return act(
                "tender.published",
                parties,
                Map.of(
                        "deadline", SealedTender.DEADLINE.toString(),
                        "envelopes", List.of("TECHNICAL", "PRICE"),
                        "lots", List.of("1", "2"),
                        "openers", keys,
                        "threshold", "2"),
                null);
    }

    private static Act act(String type, List<Party> parties, Map<String, Object> body, String previous) {
        return new Act(
                SealedTender.TENDER,
                type,
                1,
                Subject.tender(SealedTender.TENDER),
                SealedTender.DEADLINE.minusSeconds(1_000_000),
                parties,
                body,
                List.of(),
                previous);
    }

    private SealedBid bid(SealTerms wanted, String lot, int version) {
        List<SealedBid.Sealed> sealed = new ArrayList<>();
        for (String name : wanted.envelopes()) {
            Envelope envelope = Envelope.seal(
                    wanted.context(lot, key, version, name), name.getBytes(StandardCharsets.UTF_8), random);
            sealed.add(new SealedBid.Sealed(name, envelope.deal(), envelope.ciphertext().length, List.of()));
        }
        return new SealedBid(wanted.tender(), lot, key, version, wanted.terms(), sealed);
    }

    @Test
    void aBidForTheseTermsIsReadBackWithAllItsProofs() {
        SealedBid read = SealedBid.parse(bid.json());
        assertEquals(bid, read);
        assertEquals(bid.commitment(), read.commitment());
        assertEquals(Optional.empty(), read.objection(terms));
    }

    @Test
    void anAmendmentMakesItABidForOtherTerms() {
        Act amended = act(
                "tender.amended",
                List.of(),
                Map.of("deadline", SealedTender.DEADLINE.plusSeconds(3600).toString()),
                published.digest());
        SealTerms after = SealTerms.of(List.of(published, amended));
        assertEquals(SealedTender.DEADLINE.plusSeconds(3600), after.deadline());
        assertEquals(Optional.of("other-terms"), bid.objection(after));
        assertEquals(Optional.empty(), bid(after, "1", 1).objection(after));
    }

    @Test
    void envelopesCannotBeLeftOutSwappedOrTakenFromAnotherVersionOrLot() {
        SealedBid other = bid(terms, "1", 2);
        List<SealedBid.Sealed> own = bid.envelopes();
        assertEquals(
                Optional.of("wrong-envelopes"), with("1", own.subList(0, 1)).objection(terms));
        assertEquals(
                Optional.of("wrong-envelopes"),
                with("1", List.of(own.get(1), own.get(0))).objection(terms));
        assertEquals(
                Optional.of("wrong-proof"),
                with("1", List.of(own.get(0), other.envelopes().get(1))).objection(terms));
        assertEquals(Optional.of("wrong-proof"), with("2", own).objection(terms));
        assertEquals(Optional.of("unknown-lot"), with("3", own).objection(terms));
        SealedBid.Sealed technicalAsPrice =
                new SealedBid.Sealed("PRICE", own.get(0).deal(), own.get(0).size(), List.of());
        assertEquals(
                Optional.of("wrong-proof"),
                with("1", List.of(own.get(0), technicalAsPrice)).objection(terms));
    }

    private SealedBid with(String lot, List<SealedBid.Sealed> envelopes) {
        return new SealedBid(terms.tender(), lot, key, 1, terms.terms(), envelopes);
    }

    @Test
    void aLengthBetweenBucketsIsRefused() {
        SealedBid.Sealed price = bid.envelopes().get(1);
        SealedBid.Sealed odd = new SealedBid.Sealed("PRICE", price.deal(), price.size() + 1, List.of());
        assertEquals(
                Optional.of("wrong-size"),
                with("1", List.of(bid.envelopes().get(0), odd)).objection(terms));
    }

    @Test
    void aKeyOfAnotherCurveOrInAnotherSpellingIsRefused() {
        KeyPair p256 = SignatureAlgorithm.ECDSA_P256_SHA256.newKeyPair(random);
        assertThrows(MalformedAct.class, () -> SealTerms.point(key(p256)));
        assertThrows(MalformedAct.class, () -> SealTerms.point("AAAA"));
        assertThrows(MalformedAct.class, () -> SealedBid.parse(bid.json().replace(key, key(p256))));
        assertThrows(MalformedAct.class, () -> SealedBid.parse(bid.json().replace("yiqi-seal/1", "yiqi-seal/2")));
        assertThrows(MalformedAct.class, () -> SealedBid.parse(" " + bid.json()));
    }

    @Test
    void contentIsReadBackWithItsSalt() {
        BidContent content = BidContent.of(
                "PRICE",
                Map.of("amount", "1284600000", "currency", "CNY"),
                List.of(new BidContent.Attachment("报价表.pdf", 123, Curve.base64(new byte[16]))),
                random);
        assertEquals(content, BidContent.parse(content.bytes()));
        assertThrows(MalformedAct.class, () -> BidContent.parse("{}".getBytes(StandardCharsets.UTF_8)));
    }
}
