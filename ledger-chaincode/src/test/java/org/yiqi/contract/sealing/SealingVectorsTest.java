package org.yiqi.contract.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;

/** The published vectors are what this implementation makes of the published seeds; another one is held against the same file. */
class SealingVectorsTest {

    private static final Path PUBLISHED = Path.of("../docs/sealing-vectors.json");
    private static final Path MADE = Path.of("target/sealing-vectors.json");

    @Test
    void thePublishedVectorsAreMadeAnewFromTheirSeeds() throws IOException {
        Map<String, Object> made = new TreeMap<>();
        made.put("suite", Curve.SUITE);
        made.put("secondGenerator", Curve.base64(Curve.encode(Curve.H)));
        made.put(
                "envelopes",
                List.of(
                        envelope("three of five", 3, 5, "{\"amount\":\"1284600000\",\"currency\":\"CNY\"}"),
                        envelope("two of three", 2, 3, ""),
                        envelope("all of four, two buckets", 4, 4, "医器".repeat(12_000))));
        made.put("files", List.of(file("one byte", 1), file("a chunk and a byte", SealedFile.CHUNK + 1)));
        made.put("bid", bid());
        String json = CanonicalJson.write(made);
        Files.createDirectories(MADE.getParent());
        // What to publish when the format is given a new version.
        Files.writeString(MADE, json + "\n");
        assertEquals(Files.readString(PUBLISHED).strip(), json);
    }

    @Test
    void whatWasPublishedOpensWithTheReleasesThatWerePublished() throws IOException, SealBroken {
        Fields published =
                new Fields(CanonicalJson.read(Files.readString(PUBLISHED).strip()));
        int opened = 0;
        for (Fields each : published.objects("envelopes", Fields::new)) {
            SealedTender tender =
                    tender(each.text("seed"), (int) each.number("threshold"), (int) each.number("openers"));
            byte[] content = Base64.getDecoder().decode(each.text("content"));
            byte[] ciphertext =
                    tender.seal(new String(content, StandardCharsets.UTF_8)).ciphertext();
            Envelope envelope = new Envelope(Deal.read(each.object("deal")), ciphertext);
            List<Release> releases = each.objects("releases", Release::read);
            assertTrue(releases.stream().allMatch(r -> r.holds(tender.context, envelope.deal())));
            assertEquals(
                    new String(content, StandardCharsets.UTF_8),
                    new String(envelope.open(tender.context, releases), StandardCharsets.UTF_8));
            opened++;
        }
        assertEquals(3, opened);
    }

    private static SealedTender tender(String seed, int threshold, int openers) {
        return new SealedTender(seed, threshold, openers);
    }

    private static Map<String, Object> envelope(String seed, int threshold, int openers, String content) {
        SealedTender tender = tender(seed, threshold, openers);
        Envelope envelope = tender.seal(content);
        List<Object> releases = new ArrayList<>();
        for (int i = 1; i <= openers; i++) {
            releases.add(tender.release(envelope, i).tree());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seed", seed);
        tree.put("threshold", Integer.toString(threshold));
        tree.put("openers", Integer.toString(openers));
        tree.put(
                "openersKeys",
                tender.keys.stream().map(SealingVectorsTest::text).toList());
        tree.put("context", context(tender.context));
        tree.put("contextBytes", Curve.hex(tender.context.bytes()));
        tree.put("content", Curve.base64(content.getBytes(StandardCharsets.UTF_8)));
        tree.put("deal", envelope.deal().tree());
        tree.put("releases", releases);
        return tree;
    }

    private static String text(BigInteger key) {
        return Curve.base64(Curve.encode(key));
    }

    private static Map<String, Object> context(SealContext c) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tender", c.tender().toString());
        tree.put("lot", c.lot());
        tree.put("bidderKey", c.bidderKey());
        tree.put("version", Integer.toString(c.version()));
        tree.put("envelope", c.envelope());
        tree.put("deadline", c.deadline().toString());
        tree.put("terms", c.terms());
        tree.put("threshold", Integer.toString(c.threshold()));
        tree.put(
                "openers",
                c.openers().stream()
                        .map(o -> Map.of("key", o.key(), "org", o.org().toString()))
                        .toList());
        return tree;
    }

    private static Map<String, Object> file(String seed, int size) throws IOException {
        SealedTender tender = tender(seed, 3, 5);
        byte[] key = new byte[SealedFile.KEY];
        tender.random.nextBytes(key);
        byte[] content = new byte[size];
        tender.random.nextBytes(content);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        String digest = new SealedFile(key, tender.context, 2).seal(new ByteArrayInputStream(content), sealed);
        return Map.of(
                "seed", seed,
                "context", context(tender.context),
                "index", "2",
                "key", Curve.base64(key),
                "size", Integer.toString(size),
                "sealedSize", Integer.toString(sealed.size()),
                "digest", digest);
    }

    private static Map<String, Object> bid() {
        SealedTender tender = new SealedTender("a bid");
        // The generator as a public key: whose it is does not matter here.
        String key = Curve.base64(Curve.concat(
                HexFormat.of().parseHex("3059301306072a8648ce3d020106082a811ccf5501822d034200"),
                Curve.G.getEncoded(false)));
        SealContext c = tender.context;
        SealContext context = new SealContext(
                c.tender(), c.lot(), key, 1, c.envelope(), c.deadline(), c.terms(), c.threshold(), c.openers());
        Envelope price = Envelope.seal(context, "content".getBytes(StandardCharsets.UTF_8), tender.random);
        SealedBid bid = new SealedBid(
                c.tender(),
                "1",
                key,
                1,
                c.terms(),
                List.of(new SealedBid.Sealed(
                        "PRICE",
                        price.deal(),
                        price.ciphertext().length,
                        List.of(new SealedBid.File("12".repeat(32), SealedFile.sealedSize(5))))));
        return Map.of("json", bid.json(), "commitment", bid.commitment());
    }
}
