package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.yiqi.contract.TimeAuthority;
import org.yiqi.shared.problem.Conflict;

/**
 * RFC 3161 tokens of authorities that others run, asked over HTTP (RFC 3161, section 3.4): the first of the configured
 * ones that answers in time with the key of an authority that is on the ledger.
 */
@Dependent
class RemoteTime {

    private static final Logger LOG = Logger.getLogger(RemoteTime.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST_ANSWER = 16 * 1024;
    private static final int NONCE_BITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final List<URI> addresses;

    @Inject
    RemoteTime(@ConfigProperty(name = "yiqi.time.authorities") Optional<String> addresses) {
        // Payara injects no lists into an Optional.
        this.addresses = Stream.of(addresses.orElse("").split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(URI::create)
                .toList();
    }

    boolean configured() {
        return !addresses.isEmpty();
    }

    /**
     * A token over the content, in Base64, with the authority's own time.
     *
     * @param known the ledger's authorities
     * @throws Conflict {@code ledger.time-authority-silent} when none answers; {@code ledger.no-time-authority} when those that
     *     answer are not on the ledger
     */
    String token(byte[] content, Collection<TimeAuthority> known) {
        boolean answered = false;
        for (URI address : addresses) {
            try {
                TimeStampToken token = ask(address, content, false);
                answered = true;
                boolean counts = known.stream()
                        .anyMatch(a -> a.active() && token.getSID().match(a.holder()));
                if (counts) {
                    return Base64.getEncoder().encodeToString(token.getEncoded());
                }
                LOG.log(Level.WARNING, "The time authority at {0} is not on the ledger", address);
            } catch (IOException | TSPException e) {
                LOG.log(Level.WARNING, "The time authority at " + address + " does not answer", e);
            }
        }
        throw answered
                ? new Conflict("ledger.no-time-authority", "No time authority that answers is on the ledger yet")
                : new Conflict("ledger.time-authority-silent", "No time authority answers; try again in a moment");
    }

    /** The certificates under which the configured authorities answer now, DER in Base64; silent ones are left out. */
    List<String> certificates() {
        List<String> shown = new ArrayList<>();
        for (URI address : addresses) {
            try {
                TimeStampToken token = ask(address, new byte[0], true);
                for (X509CertificateHolder certificate : token.getCertificates().getMatches(null)) {
                    if (token.getSID().match(certificate)) {
                        shown.add(Base64.getEncoder().encodeToString(certificate.getEncoded()));
                    }
                }
            } catch (IOException | TSPException e) {
                LOG.log(Level.WARNING, "The time authority at " + address + " does not answer", e);
            }
        }
        return shown;
    }

    private static TimeStampToken ask(URI address, byte[] content, boolean withCertificate)
            throws IOException, TSPException {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(withCertificate);
        TimeStampRequest request = generator.generate(
                NISTObjectIdentifiers.id_sha256, sha256(content), new BigInteger(NONCE_BITS, RANDOM));
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
                .build();
        try {
            HttpResponse<InputStream> answer = HTTP.send(post, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("HTTP " + answer.statusCode());
                }
                TimeStampResponse response = new TimeStampResponse(body.readNBytes(LARGEST_ANSWER));
                response.validate(request);
                TimeStampToken token = response.getTimeStampToken();
                if (token == null) {
                    throw new IOException("it refuses: " + response.getStatusString());
                }
                return token;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every runtime has SHA-256", e);
        }
    }
}
