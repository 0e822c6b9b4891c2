package org.yiqi.procurement;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
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
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.yiqi.contract.SignatureAlgorithm;

/** A time authority that answers over HTTP with whatever time a test sets. */
final class StampingAuthority implements AutoCloseable {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private final KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
    private final HttpServer server;
    private final X509CertificateHolder certificate;
    private volatile Instant now;

    /** @param purpose what its certificate is for */
    StampingAuthority(Instant now, KeyPurposeId purpose) throws Exception {
        this.now = now;
        X500Name name = new X500Name("CN=Bureau of time");
        certificate = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(64, new SecureRandom()),
                        Date.from(now.minus(Duration.ofDays(30))),
                        Date.from(now.plus(Duration.ofDays(30))),
                        name,
                        pair.getPublic())
                .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
                .build(signer());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] answer = answer(exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    private ContentSigner signer() throws Exception {
        return new JcaContentSignerBuilder("SM3withSM2").setProvider(PROVIDER).build(pair.getPrivate());
    }

    private byte[] answer(byte[] request) throws IOException {
        try {
            ASN1ObjectIdentifier sha256 = NISTObjectIdentifiers.id_sha256;
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .setProvider(PROVIDER)
                            .build("SM3withSM2", pair.getPrivate(), certificate),
                    new JcaDigestCalculatorProviderBuilder()
                            .setProvider(PROVIDER)
                            .build()
                            .get(new AlgorithmIdentifier(sha256)),
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"));
            tokens.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
            tokens.addCertificates(new JcaCertStore(List.of(certificate)));
            return new TimeStampResponseGenerator(tokens, Set.of(sha256))
                    .generate(new TimeStampRequest(request), BigInteger.TEN, Date.from(now))
                    .getEncoded();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    void says(Instant time) {
        now = time;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    String certificate() throws IOException {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
