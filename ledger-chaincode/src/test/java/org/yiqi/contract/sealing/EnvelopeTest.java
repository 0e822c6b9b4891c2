package org.yiqi.contract.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.MalformedAct;

class EnvelopeTest {

    private static final String PRICE = "{\"amount\":\"1284600000\",\"currency\":\"CNY\"}";

    private final SealedTender tender = new SealedTender("envelope");
    private final Envelope envelope = tender.seal(PRICE);

    private String opened(SealContext context, Envelope sealed, List<Release> releases) throws SealBroken {
        return new String(sealed.open(context, releases), StandardCharsets.UTF_8);
    }

    private SealBroken broken(SealContext context, Envelope sealed, List<Release> releases) {
        return assertThrows(SealBroken.class, () -> sealed.open(context, releases));
    }

    @Test
    void anyThreeOfFiveOpenersOpenIt() throws SealBroken {
        for (int a = 1; a <= 5; a++) {
            for (int b = a + 1; b <= 5; b++) {
                for (int c = b + 1; c <= 5; c++) {
                    assertEquals(PRICE, opened(tender.context, envelope, tender.releases(envelope, c, a, b)));
                }
            }
        }
    }

    @Test
    void allFiveOpenIt() throws SealBroken {
        assertEquals(PRICE, opened(tender.context, envelope, tender.releases(envelope, 5, 4, 3, 2, 1)));
    }

    @Test
    void twoOpenersDoNot() {
        assertThrows(
                IllegalArgumentException.class, () -> envelope.open(tender.context, tender.releases(envelope, 1, 2)));
    }

    @Test
    void oneOpenersShareCountsOnceHoweverOftenItComes() {
        assertThrows(
                IllegalArgumentException.class,
                () -> envelope.open(tender.context, tender.releases(envelope, 1, 2, 2, 1)));
    }

    @Test
    void theLengthTellsOnlyItsBucket() {
        assertEquals(64 * 1024 + 16, envelope.ciphertext().length);
        assertEquals(64 * 1024 + 16, tender.seal("").ciphertext().length);
        assertEquals(64 * 1024 + 16, tender.seal("x".repeat(64 * 1024 - 8)).ciphertext().length);
        assertEquals(128 * 1024 + 16, tender.seal("x".repeat(64 * 1024 - 7)).ciphertext().length);
    }

    @Test
    void theSameContentNeverLooksTheSame() {
        assertNotEquals(
                HexFormat.of().formatHex(envelope.ciphertext()),
                HexFormat.of().formatHex(tender.seal(PRICE).ciphertext()));
    }

    @Test
    void aFlippedBitOfTheBytesIsTheCustodiansFault() {
        byte[] bytes = envelope.ciphertext().clone();
        bytes[1000] ^= 1;
        SealBroken broken =
                broken(tender.context, new Envelope(envelope.deal(), bytes), tender.releases(envelope, 1, 2, 3));
        assertEquals(SealBroken.Fault.CUSTODIAN, broken.fault());
    }

    @Test
    void whatDoesNotDecryptUnderTheKeyThatWasDealtIsTheBiddersFault() {
        // A bidder who commits to noise: every proof holds, but there is nothing inside.
        Deal.Secret secret = Deal.Secret.random(3, tender.random);
        byte[] noise = new byte[64 * 1024 + 16];
        tender.random.nextBytes(noise);
        Envelope sealed =
                new Envelope(Deal.of(tender.context, secret, Curve.hex(Curve.sm3(noise)), tender.random), noise);
        assertTrue(sealed.deal().holds(tender.context));
        SealBroken broken = broken(tender.context, sealed, tender.releases(sealed, 1, 2, 3));
        assertEquals(SealBroken.Fault.BIDDER, broken.fault());
    }

    @Test
    void aForgedShareIsItsOpenersFault() {
        Release forged = new Release(
                2, Curve.G.multiply(BigInteger.TEN), tender.release(envelope, 2).proof());
        List<Release> releases = new ArrayList<>(tender.releases(envelope, 1, 3));
        releases.add(forged);
        SealBroken broken = broken(tender.context, envelope, releases);
        assertEquals(SealBroken.Fault.OPENER, broken.fault());
        assertEquals(tender.context.openers().get(1).org(), broken.opener());
    }

    @Test
    void anotherOpenersShareIsRefused() {
        Release own = tender.release(envelope, 1);
        assertFalse(new Release(2, own.point(), own.proof()).holds(tender.context, envelope.deal()));
    }

    @Test
    void aShareOfAnotherBidIsRefused() {
        Envelope other = tender.seal(PRICE);
        assertFalse(tender.release(other, 1).holds(tender.context, envelope.deal()));
    }

    @Test
    void anOpenerOutsideTheListHasNoShare() {
        Release own = tender.release(envelope, 1);
        assertFalse(new Release(6, own.point(), own.proof()).holds(tender.context, envelope.deal()));
        assertFalse(new Release(0, own.point(), own.proof()).holds(tender.context, envelope.deal()));
    }

    @Test
    void aRivalCannotCopyADealIntoItsOwnBid() {
        SealContext rival = with(tender.context, "the rival's one-time key", 1);
        assertFalse(envelope.deal().holds(rival));
    }

    @Test
    void movedToAnotherTenderLotBidderVersionEnvelopeDeadlineOrOpenersItIsNone() {
        SealContext c = tender.context;
        List<SealContext.Opener> reversed = new ArrayList<>(c.openers());
        Collections.reverse(reversed);
        List<SealContext> moved = List.of(
                new SealContext(
                        UUID.randomUUID(), c.lot(), c.bidderKey(), 1, "PRICE", c.deadline(), c.terms(), 3, c.openers()),
                new SealContext(c.tender(), "2", c.bidderKey(), 1, "PRICE", c.deadline(), c.terms(), 3, c.openers()),
                with(c, "somebody else's key", 1),
                with(c, "the bidder's one-time key", 2),
                new SealContext(
                        c.tender(), "1", c.bidderKey(), 1, "TECHNICAL", c.deadline(), c.terms(), 3, c.openers()),
                new SealContext(
                        c.tender(),
                        "1",
                        c.bidderKey(),
                        1,
                        "PRICE",
                        c.deadline().plusSeconds(1),
                        c.terms(),
                        3,
                        c.openers()),
                new SealContext(
                        c.tender(), "1", c.bidderKey(), 1, "PRICE", c.deadline(), "cd".repeat(32), 3, c.openers()),
                new SealContext(c.tender(), "1", c.bidderKey(), 1, "PRICE", c.deadline(), c.terms(), 3, reversed));
        for (SealContext other : moved) {
            assertFalse(envelope.deal().holds(other), other.toString());
            assertEquals(
                    SealBroken.Fault.BIDDER,
                    broken(other, envelope, tender.releases(envelope, 1, 2, 3)).fault());
        }
    }

    @Test
    void aDealOverOtherBytesHoldsForNothing() {
        String other = Curve.hex(Curve.sm3(new byte[1]));
        Deal moved = new Deal(envelope.deal().commitments(), envelope.deal().shares(), other);
        assertFalse(moved.holds(tender.context));
    }

    @Test
    void aDealWithAShareOffThePolynomialDoesNotHold() {
        List<Deal.Share> shares = new ArrayList<>(envelope.deal().shares());
        Collections.swap(shares, 0, 1);
        assertFalse(
                new Deal(envelope.deal().commitments(), shares, envelope.deal().digest()).holds(tender.context));
    }

    @Test
    void aDealForFewerOpenersOrAnotherThresholdDoesNotHold() {
        Deal deal = envelope.deal();
        assertFalse(new Deal(deal.commitments(), deal.shares().subList(0, 4), deal.digest()).holds(tender.context));
        assertFalse(new Deal(deal.commitments().subList(0, 2), deal.shares(), deal.digest()).holds(tender.context));
    }

    @Test
    void aKeyThatIsNotTheOpenersReleasesNothing() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Release.of(tender.context, envelope.deal(), 1, BigInteger.TWO, tender.random));
    }

    @Test
    void theRandomPointsBehindTheSecondGeneratorAreReproducible() {
        // x = SM3 of the framed name and the counter; the first that is a point's, with its even y.
        assertEquals(
                "02" + HexFormat.of().formatHex(Curve.sm3("second generator", new byte[] {counterOfH()})),
                HexFormat.of().formatHex(Curve.encode(Curve.H)));
        assertNotEquals(Curve.G, Curve.H);
    }

    private static byte counterOfH() {
        for (byte counter = 0; ; counter++) {
            byte[] candidate = Curve.concat(new byte[] {2}, Curve.sm3("second generator", new byte[] {counter}));
            try {
                Curve.decode(candidate);
                return counter;
            } catch (MalformedAct e) {
                assertTrue(counter < 100);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBackAndHolds() {
        assertTrue(Deal.read(envelope.deal().tree()).holds(tender.context));
        Release release = tender.release(envelope, 4);
        assertTrue(Release.read(release.tree()).holds(tender.context, envelope.deal()));
    }

    @Test
    void pointsAndScalarsHaveOneSpelling() {
        byte[] point = Curve.encode(Curve.G);
        assertThrows(MalformedAct.class, () -> Curve.decode(Curve.G.getEncoded(false)));
        assertThrows(MalformedAct.class, () -> Curve.decode(new byte[] {0}));
        assertThrows(MalformedAct.class, () -> Curve.decode(new byte[33]));
        byte[] wrong = point.clone();
        wrong[0] = 4;
        assertThrows(MalformedAct.class, () -> Curve.decode(wrong));
        byte[] beyond = new byte[33];
        java.util.Arrays.fill(beyond, (byte) 0xff);
        beyond[0] = 2;
        assertThrows(MalformedAct.class, () -> Curve.decode(beyond));
        assertThrows(MalformedAct.class, () -> Curve.scalar(Curve.encode(Curve.N)));
        assertThrows(MalformedAct.class, () -> Curve.scalar(new byte[31]));
        assertThrows(MalformedAct.class, () -> Curve.base64("AB=="));
        assertThrows(MalformedAct.class, () -> Curve.base64("AA"));
        assertThrows(MalformedAct.class, () -> Release.read(Map.of("index", "200", "point", "", "proof", Map.of())));
    }

    private static SealContext with(SealContext c, String key, int version) {
        return new SealContext(
                c.tender(),
                c.lot(),
                Curve.base64(key.getBytes(StandardCharsets.UTF_8)),
                version,
                c.envelope(),
                c.deadline(),
                c.terms(),
                c.threshold(),
                c.openers());
    }
}
