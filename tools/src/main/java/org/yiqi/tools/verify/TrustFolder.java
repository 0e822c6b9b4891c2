package org.yiqi.tools.verify;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.BundleCheck;
import org.yiqi.contract.Constitution;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.NetworkBundleCheck;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.receipt.TrustedChannel;
import org.yiqi.contract.receipt.TrustedOrderers;

/** What the verifier trusts, obtained out of band: nothing of it comes from a bundle. */
final class TrustFolder {

    private final Path root;

    TrustFolder(Path root) {
        this.root = root;
    }

    /** For a bundle of a local ledger: the founding's digest, and signed heads if there are some. */
    BundleCheck.Trust local() throws IOException {
        String founding = digest(Files.readString(root.resolve("founding.txt")).strip(), "founding.txt");
        List<SignedHead> heads = new ArrayList<>();
        Path file = root.resolve("heads.jsonl");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    heads.add(SignedHead.parse(line));
                }
            }
        }
        return new BundleCheck.Trust(founding, heads);
    }

    /** For a bundle of a channel: {@code trust.json} and the members' certificates beside it. */
    NetworkBundleCheck.Trust channel(@Nullable String nonce) throws IOException {
        return read(json -> {
            Path own = root.resolve("founding.txt");
            // Who wrote down the founding's digest by hand trusts that one.
            String founding = Files.exists(own)
                    ? digest(Files.readString(own).strip(), "founding.txt")
                    : digest(json.getString("foundingDigest", ""), "trust.json, foundingDigest,");
            List<TrustedChannel.Organisation> members = new ArrayList<>();
            for (JsonObject member : json.getJsonArray("members").getValuesAs(JsonObject.class)) {
                members.add(member(member));
            }
            TrustedChannel channel = new TrustedChannel(
                    json.getString("channel"),
                    json.getString("contract"),
                    json.getJsonArray("contractVersions").getValuesAs(JsonString.class).stream()
                            .map(JsonString::getString)
                            .collect(Collectors.toSet()),
                    members,
                    json.containsKey("constitution")
                            ? Constitution.parse(
                                    json.getJsonObject("constitution").toString())
                            : null);
            return new NetworkBundleCheck.Trust(founding, channel, nonce);
        });
    }

    /** Who orders the channel's blocks, by {@code trust.json}. */
    TrustedOrderers orderers() throws IOException {
        return read(json -> {
            List<TrustedOrderers.Orderer> orderers = new ArrayList<>();
            for (JsonObject orderer : json.getJsonArray("orderers").getValuesAs(JsonObject.class)) {
                for (X509Certificate certificate : certificates(orderer.getString("certificate"))) {
                    orderers.add(
                            new TrustedOrderers.Orderer(orderer.getInt("id"), orderer.getString("msp"), certificate));
                }
            }
            return new TrustedOrderers(json.getBoolean("byzantine"), orderers);
        });
    }

    private interface Reading<T> {
        T of(JsonObject json) throws IOException, CertificateException, CRLException;
    }

    private <T> T read(Reading<T> reading) throws IOException {
        try (Reader text = Files.newBufferedReader(root.resolve("trust.json"));
                JsonReader reader = Json.createReader(text)) {
            return reading.of(reader.readObject());
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new IOException("trust.json is not as it should be: " + e.getMessage(), e);
        } catch (CertificateException | CRLException e) {
            throw new IOException("a certificate or a list of revoked ones cannot be read: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> certificates(String name) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(inside(name))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private TrustedChannel.Organisation member(JsonObject member)
            throws IOException, CertificateException, CRLException {
        List<X509Certificate> authorities = new ArrayList<>();
        for (JsonString name : member.getJsonArray("ca").getValuesAs(JsonString.class)) {
            authorities.addAll(certificates(name.getString()));
        }
        List<X509CRL> revoked = new ArrayList<>();
        if (member.containsKey("revoked")) {
            try (InputStream pem = Files.newInputStream(inside(member.getString("revoked")))) {
                CertificateFactory.getInstance("X.509").generateCRLs(pem).forEach(list -> revoked.add((X509CRL) list));
            }
        }
        return new TrustedChannel.Organisation(
                member.getString("msp"),
                member.getString("operator"),
                member.getBoolean("platform"),
                authorities,
                revoked);
    }

    private Path inside(String name) throws IOException {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root.normalize())) {
            throw new IOException("trust.json names a file outside the folder: " + name);
        }
        return file;
    }

    private static String digest(String text, String where) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new MalformedAct(where + " does not hold a digest of 64 hexadecimal digits");
        }
        return text;
    }
}
