package org.yiqi.tools.time;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;
import org.bouncycastle.util.Store;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.tools.sign.SigningKey;

/** Answers RFC 3161 requests with tokens under one key, dated by this machine's clock to the millisecond. */
final class TimeStamper {

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, GMObjectIdentifiers.sm3);
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final int SERIAL_BITS = 120;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509CertificateHolder certificate;
    private final TimeStampTokenGenerator tokens;
    private final Clock clock;

    private TimeStamper(SigningKey key, X509CertificateHolder certificate, Clock clock)
            throws GeneralSecurityException {
        this.certificate = certificate;
        this.clock = clock;
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build();
            tokens = new TimeStampTokenGenerator(
                    new SignerInfoGeneratorBuilder(digests).build(signer(key), certificate),
                    digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    POLICY);
            tokens.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
            Store<X509CertificateHolder> own = new CollectionStore<>(List.of(certificate));
            tokens.addCertificates(own);
        } catch (OperatorCreationException | TSPException e) {
            throw new GeneralSecurityException("the key and its certificate make no time stamps", e);
        }
    }

    /**
     * A stamper whose certificate is in that file; where there is none yet, one that the key signs itself is written.
     *
     * @param name what the new certificate calls the authority
     */
    static TimeStamper open(SigningKey key, Path file, String name, Clock clock)
            throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            String pem = pem(certificate(key, name, clock.instant()));
            Files.writeString(file, pem, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
        }
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(file + " holds no certificate (PEM)");
        }
        X509CertificateHolder certificate =
                new X509CertificateHolder(Base64.getMimeDecoder().decode(pem.group(1)));
        if (!MessageDigest.isEqual(certificate.getSubjectPublicKeyInfo().getEncoded(), key.publicKey())) {
            throw new IOException(file + " is the certificate of another key");
        }
        return new TimeStamper(key, certificate, clock);
    }

    private static X509CertificateHolder certificate(SigningKey key, String name, Instant now) throws IOException {
        X500Name subject =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
        return new X509v3CertificateBuilder(
                        subject,
                        serial(),
                        // A clock that is set back a little does not make the certificate one of the future.
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFE)),
                        Locale.ROOT,
                        subject,
                        SubjectPublicKeyInfo.getInstance(key.publicKey()))
                .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                .build(signer(key));
    }

    /**
     * The answer to a request, which may be a refusal; both are DER.
     *
     * @throws IOException if it is no request
     */
    byte[] answer(byte[] der) throws IOException, TSPException {
        TimeStampRequest request = request(der);
        // The clock goes on while one thread waits for another: each answer reads it inside.
        synchronized (tokens) {
            return new TimeStampResponseGenerator(tokens, DIGESTS)
                    .generate(request, serial(), Date.from(clock.instant()))
                    .getEncoded();
        }
    }

    private static TimeStampRequest request(byte[] der) throws IOException {
        try {
            return new TimeStampRequest(TimeStampReq.getInstance(ASN1Sequence.getInstance(der)));
        } catch (RuntimeException e) {
            // The parser meets malformed bytes with whatever it stumbles over.
            throw new IOException("not a request of RFC 3161", e);
        }
    }

    String pem() throws IOException {
        return pem(certificate);
    }

    /** By which people compare the certificate: SHA-256 over it. */
    String fingerprint() throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every runtime has SHA-256", e);
        }
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
    }

    private static ContentSigner signer(SigningKey key) {
        AlgorithmIdentifier algorithm = new DefaultSignatureAlgorithmIdentifierFinder()
                .find(key.alg() == SignatureAlgorithm.SM2_SM3 ? "SM3withSM2" : "SHA256withECDSA");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return algorithm;
            }

            @Override
            public OutputStream getOutputStream() {
                content.reset();
                return content;
            }

            @Override
            public byte[] getSignature() {
                try {
                    return key.sign(content.toByteArray());
                } catch (GeneralSecurityException e) {
                    throw new RuntimeOperatorException("the key does not sign", e);
                }
            }
        };
    }
}
