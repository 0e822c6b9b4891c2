package org.yiqi.tools.bid;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.contract.sealing.SealedBid;
import org.yiqi.contract.sealing.SealedFile;
import org.yiqi.tools.sign.KeyFile;

/**
 * A sealed bid on disk: its one-time key (encrypted), its public half, the sealed bytes of each envelope and, once submitted, the
 * receipt. What was sealed is not in it; keep that yourself.
 */
final class BidFolder {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;

    BidFolder(Path root) {
        this.root = root;
    }

    Path key() {
        return root.resolve("key.pem");
    }

    Path receipt() {
        return root.resolve("receipt.json");
    }

    private Path manifest() {
        return root.resolve("bid.json");
    }

    private Path sealed(String envelope) {
        return root.resolve(envelope + ".sealed");
    }

    boolean isSealed() {
        return Files.exists(manifest());
    }

    SealedBid bid() throws IOException {
        return SealedBid.parse(Files.readString(manifest()).strip());
    }

    /** Seals the envelopes into the folder; the public half comes last, so a folder without it was not finished. */
    SealedBid seal(
            SealTerms terms,
            String lot,
            int version,
            KeyFile key,
            Map<String, Path> values,
            Map<String, List<Path>> attachments)
            throws IOException {
        String bidderKey = Base64.getEncoder().encodeToString(key.publicKey());
        List<SealedBid.Sealed> envelopes = new ArrayList<>();
        for (String name : terms.envelopes()) {
            Path from = values.get(name);
            if (from == null) {
                throw new IOException("the tender has an envelope " + name + ", and nothing was given for it");
            }
            SealContext context = terms.context(lot, bidderKey, version, name);
            envelopes.add(seal(context, read(from), attachments.getOrDefault(name, List.of())));
        }
        SealedBid bid = new SealedBid(terms.tender(), lot, bidderKey, version, terms.terms(), envelopes);
        Files.writeString(manifest(), bid.json());
        return bid;
    }

    private SealedBid.Sealed seal(SealContext context, Map<String, String> values, List<Path> files)
            throws IOException {
        List<byte[]> keys = new ArrayList<>();
        List<BidContent.Attachment> attachments = new ArrayList<>();
        for (Path file : files) {
            byte[] key = new byte[SealedFile.KEY];
            RANDOM.nextBytes(key);
            keys.add(key);
            attachments.add(new BidContent.Attachment(
                    String.valueOf(file.getFileName()),
                    Files.size(file),
                    Base64.getEncoder().encodeToString(key)));
        }
        BidContent content = BidContent.of(context.envelope(), values, attachments, RANDOM);
        Envelope envelope = Envelope.seal(context, content.bytes(), RANDOM);
        byte[] ciphertext = envelope.ciphertext();
        List<SealedBid.File> sealedFiles = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(sealed(context.envelope())))) {
            out.write(ciphertext);
            for (int i = 0; i < files.size(); i++) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(files.get(i)))) {
                    String digest = new SealedFile(keys.get(i), context, i).seal(in, out);
                    long size = attachments.get(i).size();
                    sealedFiles.add(new SealedBid.File(digest, SealedFile.sealedSize(size)));
                }
            }
        }
        return new SealedBid.Sealed(context.envelope(), envelope.deal(), ciphertext.length, sealedFiles);
    }

    /** What is to be sealed: an object of texts, as the tender asks for them. */
    private static Map<String, String> read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonReader reader = Json.createReader(text)) {
            JsonObject object = reader.readObject();
            Map<String, String> values = new TreeMap<>();
            for (Map.Entry<String, JsonValue> each : object.entrySet()) {
                if (!(each.getValue() instanceof JsonString value)) {
                    throw new IOException(file + ": " + each.getKey() + " is not a text");
                }
                values.put(each.getKey(), value.getString());
            }
            return values;
        } catch (JsonException e) {
            throw new IOException(file + " is not a JSON object of texts: " + e.getMessage(), e);
        }
    }

    /** The sealed bytes of an envelope from one place on. */
    byte[] piece(String envelope, long from, int most) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(sealed(envelope).toFile(), "r")) {
            file.seek(from);
            byte[] piece = new byte[(int) Math.min(most, file.length() - from)];
            file.readFully(piece);
            return piece;
        }
    }
}
