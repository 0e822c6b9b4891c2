package org.yiqi.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Who says what time it is, by RFC 3161.
 *
 * @param id SHA-256 of the certificate
 * @param org who runs it
 * @param certificate DER in Base64; this very certificate signs the tokens
 * @param independent false where the platform runs it, so that time is the operator's word
 * @param active false once revoked
 */
public record TimeAuthority(String id, UUID org, String certificate, boolean independent, boolean active) {

    private static final Set<String> NAMES = Set.of("active", "certificate", "id", "independent", "org");

    static TimeAuthority of(UUID org, String certificate, boolean independent) {
        byte[] der = decode(certificate);
        holder(der);
        return new TimeAuthority(Act.sha256(der), org, certificate, independent, true);
    }

    static String key(String id) {
        return "authority/" + id;
    }

    String key() {
        return key(id);
    }

    TimeAuthority revoked() {
        return new TimeAuthority(id, org, certificate, independent, false);
    }

    /** The certificate. */
    public X509CertificateHolder holder() {
        return holder(decode(certificate));
    }

    String json() {
        Map<String, Object> tree = new HashMap<>();
        tree.put("active", active);
        tree.put("certificate", certificate);
        tree.put("id", id);
        tree.put("independent", independent);
        tree.put("org", org.toString());
        return CanonicalJson.write(tree);
    }

    static TimeAuthority parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), NAMES);
        return new TimeAuthority(
                fields.text("id"),
                fields.uuid("org"),
                fields.text("certificate"),
                fields.flag("independent"),
                fields.flag("active"));
    }

    private static X509CertificateHolder holder(byte[] der) {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException e) {
            throw new MalformedAct("not a certificate", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64Text.decode(base64);
        } catch (IllegalArgumentException e) {
            throw new MalformedAct("a certificate is Base64 in its one spelling", e);
        }
    }
}
