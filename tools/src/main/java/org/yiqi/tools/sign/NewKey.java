package org.yiqi.tools.sign;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.tools.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key that only the organisation has. Nothing is sent anywhere. */
@Command(
        name = "new-key",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a key in a file, encrypted with a passphrase. Nothing is sent anywhere.")
final class NewKey implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "the file to write")
    Path file;

    @Option(
            names = "--alg",
            paramLabel = "ALG",
            description = "SM2_SM3 or ECDSA_P256_SHA256 (default: ${DEFAULT-VALUE})")
    SignatureAlgorithm alg = SignatureAlgorithm.SM2_SM3;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "what encrypts it, 12 characters or more")
    @Nullable
    Path passphraseFile;

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh (default: ${DEFAULT-VALUE})")
    String language = Texts.ownLanguage();

    @Option(names = "--json", description = "print the result as JSON")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            PlatformOptions shown = new PlatformOptions();
            shown.language = language;
            Texts texts = shown.texts();
            KeyOptions secret = new KeyOptions();
            secret.passphraseFile = passphraseFile;
            char[] passphrase = secret.passphrase(true);
            KeyFile key = KeyFile.create(file, alg, passphrase);
            Arrays.fill(passphrase, ' ');
            String publicKey = Base64.getEncoder().encodeToString(key.publicKey());
            if (json) {
                out.println(
                        CanonicalJson.write(Map.of("alg", alg.name(), "keyId", key.keyId(), "publicKey", publicKey)));
            } else {
                out.println(texts.format("made", file.toString(), key.keyId()));
                out.println("-----BEGIN PUBLIC KEY-----");
                out.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.publicKey()));
                out.println("-----END PUBLIC KEY-----");
                out.println(texts.text("made.next"));
            }
            return Sign.DONE;
        } catch (IOException | GeneralSecurityException e) {
            spec.commandLine().getErr().println("yiqi: " + e.getMessage());
            return Sign.UNANSWERED;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }
}
