package org.yiqi.procurement.redflags;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * By what a document is known again in another bid.
 *
 * @param sha256 of its bytes; empty for a text that is no file
 * @param author who is named in it as its author
 * @param made by which program at which second
 */
public record DocumentTraits(String sha256, String author, String made, TextSketch text) {

    private static final int MOST_PAGES = 300;
    private static final int MOST_TEXT = 400_000;
    private static final int MOST_PART = 8 << 20;
    private static final int LONGEST = 200;
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    /** Of what a bidder wrote into the bid itself. */
    public static DocumentTraits ofText(String text) {
        return new DocumentTraits("", "", "", TextSketch.of(text));
    }

    /** What is told of a PDF or an Office document; of anything else, and of what cannot be read, its bytes alone. */
    public static DocumentTraits of(byte[] document) {
        String sha256 = sha256(document);
        try {
            if (startsWith(document, "%PDF")) {
                return pdf(sha256, document);
            }
            if (startsWith(document, "PK")) {
                return office(sha256, document);
            }
            // What others made is read by libraries that throw whatever they like.
        } catch (IOException | RuntimeException e) {
            return new DocumentTraits(sha256, "", "", TextSketch.of(""));
        }
        return new DocumentTraits(sha256, "", "", TextSketch.of(""));
    }

    private static boolean startsWith(byte[] document, String magic) {
        return new String(document, 0, Math.min(magic.length(), document.length), StandardCharsets.ISO_8859_1)
                .equals(magic);
    }

    private static DocumentTraits pdf(String sha256, byte[] document) throws IOException {
        try (PdfReader reader = new PdfReader(document)) {
            Map<String, String> info = reader.getInfo();
            PdfTextExtractor extractor = new PdfTextExtractor(reader);
            StringBuilder text = new StringBuilder();
            for (int page = 1;
                    page <= Math.min(MOST_PAGES, reader.getNumberOfPages()) && text.length() < MOST_TEXT;
                    page++) {
                text.append(extractor.getTextFromPage(page));
            }
            String date = told(info.get("CreationDate"));
            String made = date.isEmpty() ? "" : told(info.get("Producer")) + " " + date;
            return new DocumentTraits(sha256, told(info.get("Author")), made, TextSketch.of(text.toString()));
        }
    }

    private static DocumentTraits office(String sha256, byte[] document) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(document))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                if (entry.getName().equals("docProps/core.xml")
                        || entry.getName().equals("word/document.xml")) {
                    parts.put(entry.getName(), new String(zip.readNBytes(MOST_PART), StandardCharsets.UTF_8));
                }
                entry = zip.getNextEntry();
            }
        }
        String core = parts.getOrDefault("docProps/core.xml", "");
        String body = parts.getOrDefault("word/document.xml", "");
        String text = TAG.matcher(body.substring(0, Math.min(body.length(), MOST_PART)))
                .replaceAll("");
        String created = element(core, "dcterms:created");
        return new DocumentTraits(
                sha256,
                element(core, "dc:creator"),
                created.isEmpty() ? "" : "Office " + created,
                TextSketch.of(text.substring(0, Math.min(text.length(), MOST_TEXT))));
    }

    private static String element(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + "(?: [^>]*)?>([^<]{0,1000})</" + name + ">")
                .matcher(xml);
        return found.find() ? told(found.group(1)) : "";
    }

    private static String told(@Nullable String text) {
        String bare = text == null ? "" : text.replace("\u0000", "").strip();
        return bare.substring(0, Math.min(bare.length(), LONGEST));
    }

    private static String sha256(byte[] document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
