package org.yiqi.contract.sealing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yiqi.contract.Act;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Fields;
import org.yiqi.contract.MalformedAct;

/**
 * What is inside an envelope: the bidder's answers and the keys of the attachments.
 *
 * @param salt 32 random bytes, so that nobody guesses the content from its digest on the ledger
 * @param values by name: in the price envelope {@code amount} in minor units and {@code currency}, in both what the tender asks for
 */
public record BidContent(String envelope, String salt, Map<String, String> values, List<Attachment> attachments) {

    private static final int SALT = 32;

    /**
     * The key and the true length of a sealed file, which has the same place in the bid's list of files.
     *
     * @param key of {@link SealedFile}, in Base64
     */
    public record Attachment(String name, long size, String key) {

        public byte[] keyBytes() {
            return Curve.base64(key);
        }
    }

    public BidContent {
        values = Map.copyOf(values);
        attachments = List.copyOf(attachments);
    }

    /** Content with a salt of its own. */
    public static BidContent of(
            String envelope, Map<String, String> values, List<Attachment> attachments, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return new BidContent(envelope, Curve.hex(salt), values, attachments);
    }

    /** What is sealed: canonical UTF-8. */
    public byte[] bytes() {
        return CanonicalJson.write(Map.of(
                        "attachments",
                        attachments.stream()
                                .map(a -> Map.of("key", a.key(), "name", a.name(), "size", Long.toString(a.size())))
                                .toList(),
                        "envelope",
                        envelope,
                        "salt",
                        salt,
                        "values",
                        values))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What {@code tender.opened} says of it: SHA-256 of {@link #bytes}. */
    public String digest() {
        return Act.sha256(bytes());
    }

    /** @throws MalformedAct for content that no bid tool writes */
    public static BidContent parse(byte[] bytes) {
        Fields fields = Fields.of(CanonicalJson.read(bytes), Set.of("attachments", "envelope", "salt", "values"));
        if (!fields.text("salt").matches("[0-9a-f]{64}")) {
            throw new MalformedAct("a salt is 32 bytes");
        }
        Map<String, Object> raw = fields.object("values");
        Map<String, String> values = new TreeMap<>();
        raw.keySet().forEach(name -> values.put(name, new Fields(raw).text(name)));
        return new BidContent(
                fields.text("envelope"), fields.text("salt"), values, fields.objects("attachments", each -> {
                    Fields file = Fields.of(each, Set.of("key", "name", "size"));
                    if (Curve.base64(file.text("key")).length != SealedFile.KEY) {
                        throw new MalformedAct("no key of a file");
                    }
                    return new Attachment(file.text("name"), file.number("size"), file.text("key"));
                }));
    }
}
