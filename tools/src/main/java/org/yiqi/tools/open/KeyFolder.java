package org.yiqi.tools.open;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.tools.sign.KeyFile;
import org.yiqi.tools.sign.KeyOptions;

/** An opener's single-use keys: one encrypted file for each envelope of each tender, destroyed when it was used. */
final class KeyFolder {

    private final Path root;
    private final @Nullable Path passphraseFile;

    KeyFolder(Path root, @Nullable Path passphraseFile) {
        this.root = root;
        this.passphraseFile = passphraseFile;
    }

    Path file(UUID tender, String envelope) {
        return root.resolve(tender + "-" + envelope + ".pem");
    }

    /** The key for an envelope; made if there is none. */
    KeyFile prepare(UUID tender, String envelope) throws IOException, GeneralSecurityException {
        Files.createDirectories(root);
        Path file = file(tender, envelope);
        char[] passphrase = passphrase(!Files.exists(file));
        try {
            return Files.exists(file)
                    ? KeyFile.open(file, passphrase)
                    : KeyFile.create(file, SignatureAlgorithm.SM2_SM3, passphrase);
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }

    KeyFile open(UUID tender, String envelope) throws IOException, GeneralSecurityException {
        char[] passphrase = passphrase(false);
        try {
            return KeyFile.open(file(tender, envelope), passphrase);
        } finally {
            Arrays.fill(passphrase, ' ');
        }
    }

    private char[] passphrase(boolean fresh) throws IOException {
        KeyOptions secret = new KeyOptions();
        secret.passphraseFile = passphraseFile;
        return secret.passphrase(fresh);
    }

    /** Overwritten before it is deleted, as far as the disk obeys. */
    void destroy(UUID tender, String envelope) throws IOException {
        Path file = file(tender, envelope);
        byte[] noise = new byte[(int) Files.size(file)];
        new SecureRandom().nextBytes(noise);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rwd")) {
            open.write(noise);
        }
        Files.delete(file);
    }
}
