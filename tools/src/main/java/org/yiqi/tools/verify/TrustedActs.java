package org.yiqi.tools.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundle;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedAct;

/** The acts of a bundle of which everything holds, by what the user trusts; of any other bundle nothing is believed. */
public final class TrustedActs {

    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private TrustedActs() {}

    /**
     * Checks a bundle as {@code verify} does.
     *
     * @param trust the folder of what is trusted
     * @param zip as the platform hands it out
     * @param nonce what a channel's peers were asked with, or null
     * @throws IOException naming the first broken link
     */
    public static List<SignedAct> of(Path trust, byte[] zip, @Nullable String nonce) throws IOException {
        TrustFolder folder = new TrustFolder(trust);
        String document = document(zip);
        try {
            if (NetworkBundle.is(document)) {
                NetworkBundle bundle = NetworkBundle.parse(document);
                for (NetworkBundleCheck.Step step :
                        NetworkBundleCheck.run(bundle, folder.channel(nonce)).steps()) {
                    refuse(step.check(), step.broken());
                }
                return bundle.acts().stream().map(SignedAct::parse).toList();
            }
            Bundle bundle = Bundle.parse(document);
            for (BundleCheck.Step step : BundleCheck.run(bundle, folder.local())) {
                refuse(step.check().name(), step.broken());
            }
            return bundle.lines().stream()
                    .map(Bundle.Line::document)
                    .filter(Objects::nonNull)
                    .filter(text -> text.startsWith("{\"act\":"))
                    .map(SignedAct::parse)
                    .toList();
        } catch (MalformedAct e) {
            throw new IOException("not a bundle as the platform writes them: " + e.getMessage(), e);
        }
    }

    private static void refuse(String check, String broken) throws IOException {
        if (!broken.isEmpty()) {
            throw new IOException("the bundle does not hold (" + check + "): " + broken);
        }
    }

    private static String document(byte[] bytes) throws IOException {
        if (bytes.length > 0 && bytes[0] == '{') {
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("bundle.json")) {
                    return new String(limited(zip), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException("there is no bundle.json in it");
    }

    private static byte[] limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it unpacks to more than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }
}
