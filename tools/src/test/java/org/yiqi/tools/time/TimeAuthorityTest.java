package org.yiqi.tools.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.tools.sign.KeyFile;

/** An authority as it answers over HTTP. */
class TimeAuthorityTest {

    private static final Instant NOW = Instant.parse("2026-11-27T01:02:03.456Z");
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    @TempDir
    Path dir;

    private TimeStamper stamper;
    private HttpServer server;

    @BeforeEach
    void anAuthority() throws Exception {
        serve(SignatureAlgorithm.SM2_SM3);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(SignatureAlgorithm alg) throws Exception {
        KeyFile key = KeyFile.create(dir.resolve(alg + ".pem"), alg, PASSPHRASE);
        stamper =
                TimeStamper.open(key, dir.resolve(alg + ".crt"), "Regulator's time", Clock.fixed(NOW, ZoneOffset.UTC));
        server = TimeAuthority.serve(stamper, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        request.uri(URI.create("http://127.0.0.1:"
                                        + server.getAddress().getPort() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static TimeStampRequest request(ASN1ObjectIdentifier alg, String name) throws Exception {
        byte[] digest = MessageDigest.getInstance(name, PROVIDER).digest("a bid".getBytes(StandardCharsets.UTF_8));
        return new TimeStampRequestGenerator().generate(alg, digest, BigInteger.valueOf(42));
    }

    private X509CertificateHolder certificate() throws Exception {
        String pem = new String(send(HttpRequest.newBuilder().GET()).body(), StandardCharsets.US_ASCII);
        return new X509CertificateHolder(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void aTokenIsDatedByTheAuthoritysClockAndSignedByTheCertificateThatItShows(SignatureAlgorithm alg)
            throws Exception {
        if (alg != SignatureAlgorithm.SM2_SM3) {
            stop();
            serve(alg);
        }
        TimeStampRequest request = request(GMObjectIdentifiers.sm3, "SM3");
        TimeStampResponse answer =
                new TimeStampResponse(post(request.getEncoded()).body());
        answer.validate(request);
        assertEquals(
                NOW, answer.getTimeStampToken().getTimeStampInfo().getGenTime().toInstant());
        answer.getTimeStampToken()
                .validate(new JcaSimpleSignerInfoVerifierBuilder()
                        .setProvider(PROVIDER)
                        .build(certificate()));
    }

    @Test
    void theCertificateStaysWhenTheAuthorityStartsAgain() throws Exception {
        KeyFile key = KeyFile.open(dir.resolve("SM2_SM3.pem"), PASSPHRASE);
        TimeStamper again = TimeStamper.open(key, dir.resolve("SM2_SM3.crt"), "Another name", Clock.systemUTC());
        assertEquals(stamper.fingerprint(), again.fingerprint());
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("SM2_SM3.crt")), again.pem().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aCertificateOfAnotherKeyIsRefused() throws Exception {
        KeyFile other = KeyFile.create(dir.resolve("other.pem"), SignatureAlgorithm.SM2_SM3, PASSPHRASE);
        IOException refusal = assertThrows(
                IOException.class,
                () -> TimeStamper.open(other, dir.resolve("SM2_SM3.crt"), "Other", Clock.systemUTC()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("another key"), refusal::toString);
    }

    @Test
    void aDigestThatIsBrokenIsRejected() throws Exception {
        TimeStampRequest request = request(OIWObjectIdentifiers.idSHA1, "SHA-1");
        TimeStampResponse answer =
                new TimeStampResponse(post(request.getEncoded()).body());
        assertEquals(PKIStatus.REJECTION, answer.getStatus());
        TimeStampRequest good = request(NISTObjectIdentifiers.id_sha256, "SHA-256");
        assertEquals(
                PKIStatus.GRANTED, new TimeStampResponse(post(good.getEncoded()).body()).getStatus());
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        assertEquals(400, post("hello".getBytes(StandardCharsets.US_ASCII)).statusCode());
        assertEquals(400, post(new byte[0]).statusCode());
        assertEquals(413, post(new byte[10_000]).statusCode());
        assertEquals(405, send(HttpRequest.newBuilder().DELETE()).statusCode());
    }
}
