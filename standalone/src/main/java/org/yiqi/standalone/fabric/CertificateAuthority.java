package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * An organisation's own certificate authority, as a folder with {@code ca.pem} and {@code ca.key}. Fabric identities are
 * ECDSA on P-256; the acts' signatures are another matter.
 */
final class CertificateAuthority {

    private static final Duration OWN_LIFE = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(1825);
    private static final BigInteger HALF =
            SECNamedCurves.getByName("secp256r1").getN().shiftRight(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509CertificateHolder certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509CertificateHolder certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** A certificate and its private key, both as PEM. */
    record Issued(String certificate, String key) {

        /** Only this user may read the key. */
        void write(Path certificateFile, Path keyFile) throws IOException {
            Files.createDirectories(certificateFile.getParent());
            Files.createDirectories(keyFile.getParent());
            Files.writeString(certificateFile, certificate);
            Files.deleteIfExists(keyFile);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(keyFile, key);
        }
    }

    static CertificateAuthority create(Path folder, String organisation, String name) throws IOException {
        try {
            KeyPair pair = newKeyPair();
            X500Name self = name(organisation, name, null);
            JcaX509v3CertificateBuilder builder = builder(self, self, pair, OWN_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            X509CertificateHolder certificate = sign(builder, pair.getPrivate());
            new Issued(pem(certificate), pem(pair.getPrivate()))
                    .write(folder.resolve("ca.pem"), folder.resolve("ca.key"));
            return new CertificateAuthority(certificate, pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a Java without P-256", e);
        }
    }

    static CertificateAuthority load(Path folder) throws IOException {
        try (Reader certificate = Files.newBufferedReader(folder.resolve("ca.pem"));
                Reader key = Files.newBufferedReader(folder.resolve("ca.key"));
                PEMParser certificates = new PEMParser(certificate);
                PEMParser keys = new PEMParser(key)) {
            return new CertificateAuthority(
                    (X509CertificateHolder) certificates.readObject(),
                    new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) keys.readObject()));
        }
    }

    /** An identity that signs: what it is (peer, orderer, client, admin) stands in its organisational unit. */
    Issued identity(String organisation, String name, String unit) {
        return issue(organisation, name, unit, new KeyUsage(KeyUsage.digitalSignature), false);
    }

    /** A certificate for both ends of a TLS connection on this machine. */
    Issued tls(String organisation, String name) {
        return issue(
                organisation, name, null, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment), true);
    }

    private Issued issue(String organisation, String name, @Nullable String unit, KeyUsage usage, boolean tls) {
        try {
            KeyPair pair = newKeyPair();
            X509v3CertificateBuilder builder =
                    builder(certificate.getSubject(), name(organisation, name, unit), pair, LIFE);
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, usage);
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
            if (tls) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }));
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, name),
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            }
            return new Issued(pem(sign(builder, key)), pem(pair.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a Java without P-256", e);
        }
    }

    /** What this authority has taken back: nothing so far, but signed by it and dated. */
    String revocations() {
        try {
            Instant now = Instant.now();
            X509v2CRLBuilder builder = new X509v2CRLBuilder(certificate.getSubject(), Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(LIFE)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
            X509CRLHolder list = builder.build(signer(key));
            return pem(new PemObject("X509 CRL", list.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a Java without P-256", e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair, Duration life)
            throws GeneralSecurityException, IOException {
        // Clocks differ: valid from a little before.
        Instant from = Instant.now().minus(Duration.ofMinutes(10));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM).setBit(119),
                Date.from(from),
                Date.from(from.plus(life)),
                subject,
                pair.getPublic());
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return builder;
    }

    /** Fabric rewrites certificates whose signature has a high S, and then no longer finds them. */
    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException {
        X509CertificateHolder certificate;
        do {
            certificate = builder.build(signer(key));
        } while (s(certificate).compareTo(HALF) > 0);
        return certificate;
    }

    private static BigInteger s(X509CertificateHolder certificate) {
        return ASN1Integer.getInstance(
                        ASN1Sequence.getInstance(certificate.getSignature()).getObjectAt(1))
                .getValue();
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X500Name name(String organisation, String name, @Nullable String unit) {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, organisation);
        if (unit != null) {
            builder.addRDN(BCStyle.OU, unit);
        }
        return builder.addRDN(BCStyle.CN, name).build();
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        return pem(new PemObject("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(PrivateKey key) throws IOException {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(PemObject object) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
