package org.yiqi.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Passwords and keys of this instance: made once, kept in a file that only its owner can read. */
final class Secrets {

    private static final List<String> PASSWORDS = List.of(
            "db.superuser",
            "db.owner",
            "db.app",
            "db.worker",
            "db.auditor",
            "db.broker",
            "broker.application",
            "tls.keystore");
    private static final List<String> KEYS = List.of("key-encryption-key", "device-secret-key");

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    static Secrets loadOrCreate(Path file) throws IOException {
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                values.load(in);
            }
        }
        SecureRandom random = new SecureRandom();
        boolean changed = false;
        for (String name : PASSWORDS) {
            changed |= values.putIfAbsent(
                            name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 24)))
                    == null;
        }
        for (String name : KEYS) {
            changed |= values.putIfAbsent(name, Base64.getEncoder().encodeToString(bytes(random, 32))) == null;
        }
        if (changed) {
            store(values, file);
        }
        return new Secrets(values);
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void store(Properties values, Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(partial);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (OutputStream out = Files.newOutputStream(partial)) {
            values.store(
                    out, "Secrets of this Yiqi instance. Losing the keys loses what they protect: back this file up.");
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What an operator may have written into the file. */
    Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name)).filter(value -> !value.isBlank());
    }

    String get(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret named " + name);
        }
        return value;
    }
}
