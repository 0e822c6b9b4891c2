package org.yiqi.contract;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** An authority that stamps whatever it is asked to, with whatever time. */
final class TimeStamping {

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private final KeyPair pair;
    private final String scheme;
    private final X509CertificateHolder certificate;

    TimeStamping(SignatureAlgorithm alg) {
        try {
            pair = alg.newKeyPair(new SecureRandom());
            scheme = alg == SignatureAlgorithm.SM2_SM3 ? "SM3withSM2" : "SHA256withECDSA";
            X500Name name = new X500Name("CN=Time");
            Date from = Date.from(Consortium.START.minus(Duration.ofDays(10)));
            Date to = Date.from(Consortium.START.plus(Duration.ofDays(400)));
            certificate = new JcaX509v3CertificateBuilder(name, BigInteger.valueOf(7), from, to, name, pair.getPublic())
                    .addExtension(
                            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                    .build(signer());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder(scheme).setProvider(PROVIDER).build(pair.getPrivate());
    }

    String certificate() {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String token(byte[] content, Instant at) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            TimeStampRequest request =
                    new TimeStampRequestGenerator().generate(NISTObjectIdentifiers.id_sha256, digest);
            DigestCalculator sha256 = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build()
                    .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
            TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .setProvider(PROVIDER)
                            .build(scheme, pair.getPrivate(), certificate),
                    sha256,
                    POLICY);
            generator.addCertificates(new JcaCertStore(List.of()));
            return Base64.getEncoder()
                    .encodeToString(generator
                            .generate(request, BigInteger.ONE, Date.from(at))
                            .getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
