package org.yiqi.procurement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.Evidence;

/**
 * All that a tender says, as one canonical document. Its salted digest stands as evidence in the act that publishes or amends
 * the tender, so nobody can say later that the terms were others: SHA-256 over the salt's bytes and the document's.
 */
public final class TermsDocument {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TermsDocument() {}

    /** The document, the salt of its digest in hexadecimal digits, and the digest as an act names it. */
    public record Terms(String text, String salt, Evidence evidence) {}

    /** @param deadline the one that holds with this document: an amendment may move the tender's */
    public static Terms of(
            TenderView tender, List<TenderDocument> files, List<AmendmentView> amendments, Instant deadline) {
        TenderTerms t = tender.terms();
        Map<String, Object> document = new TreeMap<>();
        document.put("tender", tender.id().toString());
        document.put("ocid", tender.ocid());
        document.put("buyer", tender.buyerId().toString());
        document.put("title", t.title());
        document.put("description", t.description());
        document.put("currency", tender.currency());
        document.put("envelopes", t.envelopes().stream().map(Enum::name).toList());
        document.put("enquiryUntil", t.enquiryUntil().toString());
        document.put("deadline", deadline.toString());
        List<Object> lots = new ArrayList<>();
        t.lots()
                .forEach(lot -> lots.add(Map.of(
                        "code", lot.code(),
                        "title", lot.title(),
                        "category", lot.category(),
                        "quantity", Integer.toString(lot.quantity()),
                        "ceiling", lot.ceiling().amount().toPlainString())));
        document.put("lots", lots);
        List<Object> requirements = new ArrayList<>();
        t.requirements()
                .forEach(r -> requirements.add(Map.of(
                        "lot",
                        r.lot() == null ? "" : r.lot(),
                        "text",
                        r.text(),
                        "mandatory",
                        Boolean.toString(r.mandatory()))));
        document.put("requirements", requirements);
        List<Object> criteria = new ArrayList<>();
        t.criteria()
                .forEach(c -> criteria.add(
                        Map.of("kind", c.kind().name(), "title", c.title(), "weight", Integer.toString(c.weight()))));
        document.put("criteria", criteria);
        List<Object> documents = new ArrayList<>();
        files.forEach(d -> documents.add(Map.of("name", d.name(), "sha256", d.sha256())));
        document.put("documents", documents);
        List<Object> changes = new ArrayList<>();
        amendments.forEach(a -> changes.add(Map.of("number", Integer.toString(a.number()), "text", a.text())));
        document.put("amendments", changes);
        String text = CanonicalJson.write(document);
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return new Terms(text, HexFormat.of().formatHex(salt), new Evidence("terms", "SHA-256", digest(salt, text)));
    }

    private static String digest(byte[] salt, String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
