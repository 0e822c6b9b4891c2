package org.yiqi.standalone.fabric;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What an organisation installs on its peers. The contract runs as a service outside of the peer, so the package holds no
 * code but the hash of the jar that the organisation agreed to; peers know the package by an id that carries that hash.
 *
 * <p>The bytes depend on nothing but that hash: every organisation that packs the same jar comes to the same id.
 */
final class ContractPackage {

    /** The name under which the channel knows the contract. */
    static final String NAME = "yiqi";
    /** What the external builder, {@code config/fabric/builder}, looks for. */
    static final String TYPE = "yiqi-contract";

    private static final int BLOCK = 512;

    private final Path jar;
    private final String hash;
    private final String id;
    private final byte[] content;

    private ContractPackage(Path jar, String hash, String id, byte[] content) {
        this.jar = jar;
        this.hash = hash;
        this.id = id;
        this.content = content;
    }

    static ContractPackage of(Path jar) throws IOException {
        String hash = sha256(Files.readAllBytes(jar));
        String label = NAME + "_" + hash;
        byte[] code = archive(Map.of("contract.json", "{\"sha256\":\"" + hash + "\"}\n"));
        byte[] bytes = archive(Map.of(
                "code.tar.gz",
                new String(code, StandardCharsets.ISO_8859_1),
                "metadata.json",
                "{\"type\":\"" + TYPE + "\",\"label\":\"" + label + "\"}\n"));
        return new ContractPackage(jar, hash, label + ":" + sha256(bytes), bytes);
    }

    /** The contract itself. */
    Path jar() {
        return jar;
    }

    /** SHA-256 of the jar. */
    String hash() {
        return hash;
    }

    /** {@code label:hash of the package}, as peers know it. */
    String id() {
        return id;
    }

    void write(Path file) throws IOException {
        Files.write(file, content);
    }

    /** For people and receipts: short enough to read, long enough to be this jar. */
    String version() {
        return hash.substring(0, 16);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] archive(Map<String, String> files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
            entry(tar, file.getKey(), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
        tar.write(new byte[2 * BLOCK]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new Uncompressed(packed)) {
            tar.writeTo(gzip);
        }
        return packed.toByteArray();
    }

    /** Another Java may compress the same bytes differently. */
    private static final class Uncompressed extends GZIPOutputStream {

        Uncompressed(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    private static void entry(OutputStream tar, String name, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", content.length));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        tar.write(header);
        tar.write(content);
        tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
