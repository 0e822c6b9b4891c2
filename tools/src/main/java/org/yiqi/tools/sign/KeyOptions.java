package org.yiqi.tools.sign;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the key is, and what opens it. */
public final class KeyOptions {

    private static final String VARIABLE = "YIQI_KEY_PASSPHRASE";

    @Option(names = "--key", paramLabel = "FILE", description = "a key file, as new-key or openssl wrote it")
    @Nullable
    Path file;

    @Option(
            names = "--pkcs11",
            paramLabel = "CONF",
            description = "a key in an HSM: the configuration of SunPKCS11 for its library")
    @Nullable
    Path pkcs11;

    @Option(
            names = "--provider",
            paramLabel = "CONF",
            description = "a key in an HSM by its maker's Java provider (SM2 too): provider, keystore, file")
    @Nullable
    Path provider;

    @Option(names = "--alias", paramLabel = "NAME", description = "which key of the HSM, when it has several")
    @Nullable
    String alias;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "the key file's passphrase, or the HSM's PIN; otherwise " + VARIABLE
                    + ", otherwise it is asked for")
    @Nullable
    public Path passphraseFile;

    public SigningKey open() throws IOException, GeneralSecurityException {
        if (Stream.of(file, pkcs11, provider).filter(Objects::nonNull).count() != 1) {
            throw new IOException("name the key with one of --key FILE, --pkcs11 CONF and --provider CONF");
        }
        char[] secret = passphrase(false);
        try {
            if (file != null) {
                return KeyFile.open(file, secret);
            }
            return pkcs11 != null
                    ? HsmKey.byPkcs11(pkcs11, alias, secret)
                    : HsmKey.byProvider(Objects.requireNonNull(provider), alias, secret);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    /** @param fresh whether it is being chosen, and therefore asked for twice */
    // Newer runtimes hand out a console without a terminal, which answers null when it is asked: that is caught below.
    @SuppressWarnings("SystemConsoleNull")
    public char[] passphrase(boolean fresh) throws IOException {
        if (passphraseFile != null) {
            return Files.readString(passphraseFile, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .toCharArray();
        }
        String variable = System.getenv(VARIABLE);
        if (variable != null) {
            return variable.toCharArray();
        }
        Console console = System.console();
        if (console == null) {
            throw new IOException("give the passphrase with --passphrase-file or " + VARIABLE);
        }
        char[] first = ask(console, pkcs11 == null && provider == null ? "Passphrase: " : "PIN: ");
        if (fresh && !Arrays.equals(first, ask(console, "Once more: "))) {
            throw new IOException("the two passphrases differ");
        }
        return first;
    }

    private static char[] ask(Console console, String prompt) throws IOException {
        char[] given = console.readPassword(prompt);
        if (given == null) {
            throw new IOException("no passphrase was given");
        }
        return given;
    }
}
