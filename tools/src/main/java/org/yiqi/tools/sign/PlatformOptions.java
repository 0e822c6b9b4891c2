package org.yiqi.tools.sign;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yiqi.tools.Texts;
import picocli.CommandLine.Option;

/** Which platform, and who asks it. */
public final class PlatformOptions {

    private static final String VARIABLE = "YIQI_TOKEN";

    // Not required, for picocli would then want it before new-key, too.
    @Option(names = "--url", paramLabel = "URL", description = "the platform's address")
    @Nullable
    URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "a token of someone who signs for the organisation (POST /api/v1/tokens); otherwise " + VARIABLE)
    @Nullable
    Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "certificates (PEM) to trust instead of the runtime's, for a platform with one of its own making")
    @Nullable
    Path authority;

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh (default: ${DEFAULT-VALUE})")
    public String language = Texts.ownLanguage();

    @Option(names = "--json", description = "print the result as JSON")
    public boolean json;

    public PlatformClient open() throws IOException {
        if (url == null) {
            throw new IOException("name the platform with --url");
        }
        return new PlatformClient(url, token(), authority);
    }

    Texts texts() throws IOException {
        return texts("org.yiqi.tools.sign.texts");
    }

    /** Another command's sentences. */
    public Texts texts(String bundle) throws IOException {
        if (!language.equals("en") && !language.equals("zh")) {
            throw new IOException("--lang is en or zh");
        }
        return new Texts(bundle, language);
    }

    private String token() throws IOException {
        String token = tokenFile == null
                ? System.getenv(VARIABLE)
                : Files.readString(tokenFile, StandardCharsets.US_ASCII).strip();
        if (token == null || token.isBlank()) {
            throw new IOException("give a token with --token-file or " + VARIABLE);
        }
        return token;
    }
}
