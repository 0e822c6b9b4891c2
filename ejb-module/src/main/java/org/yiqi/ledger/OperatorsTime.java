package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.yiqi.contract.Act;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.Subject;
import org.yiqi.shared.problem.Conflict;

/**
 * RFC 3161 tokens of an authority that the platform runs itself. Where the platform is a registrar, which is on a local ledger only,
 * the authority's certificate goes onto the ledger and is marked as the operator's word.
 */
@Dependent
class OperatorsTime {

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
    private static final String SCHEME = "SM3withSM2";
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 120;

    private final KeyStore keys;
    private final ActWriter writer;
    private final Clock clock;

    @Inject
    OperatorsTime(KeyStore keys, ActWriter writer, Clock clock) {
        this.keys = keys;
        this.writer = writer;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Authority(String id, UUID org, X509CertificateHolder certificate, byte[] wrapped) {}

    /** Sees to it that there is an authority on the ledger, or on its way there. */
    void prepare(Connection c) throws SQLException {
        UUID platform = ActWriter.platform(c);
        if (find(c).isPresent()) {
            return;
        }
        ActStore.lock(c, Subject.organisation(platform));
        boolean registrar = LedgerQueries.member(platform, new JdbcLedgerState(c))
                .filter(member -> member.registrar())
                .isPresent();
        if (find(c).isPresent() || !registrar) {
            return;
        }
        KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM);
        byte[] certificate = certificate(pair);
        String id = Act.sha256(certificate);
        byte[] privateKey = pair.getPrivate().getEncoded();
        String text = Base64.getEncoder().encodeToString(certificate);
        try (PreparedStatement s = c.prepareStatement(
                "insert into ledger.time_authority(key_id, org_id, certificate, wrapped, created_at) values (?, ?, ?, ?, ?)")) {
            s.setString(1, id);
            s.setObject(2, platform);
            s.setString(3, text);
            s.setBytes(4, keys.wrap(privateKey, platform, id));
            s.setTimestamp(5, Timestamp.from(clock.instant()));
            s.executeUpdate();
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
        writer.asPlatform(
                c,
                new NewAct(
                        "org.authority-registered",
                        Subject.organisation(platform),
                        clock.instant(),
                        List.of(new Party(platform, PartyRole.ORGANISATION), new Party(platform, PartyRole.REGISTRAR)),
                        Map.of("certificate", text),
                        List.of(),
                        null));
    }

    /**
     * A token over the content, in Base64, dated to the millisecond.
     *
     * @throws Conflict {@code ledger.no-time-authority} while the ledger knows none of ours
     */
    String token(Connection c, byte[] content, Instant at) throws SQLException {
        Authority authority = find(c).filter(ours -> LedgerQueries.authorities(new JdbcLedgerState(c)).stream()
                        .anyMatch(known -> known.active() && known.id().equals(ours.id())))
                .orElseThrow(() -> new Conflict(
                        "ledger.no-time-authority", "No time authority is on the ledger yet; try again in a moment"));
        byte[] privateKey = keys.unwrap(authority.wrapped(), authority.org(), authority.id());
        try {
            PrivateKey key =
                    KeyFactory.getInstance("EC", PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(privateKey));
            TimeStampRequest request = new TimeStampRequestGenerator()
                    .generate(
                            NISTObjectIdentifiers.id_sha256,
                            MessageDigest.getInstance("SHA-256").digest(content));
            DigestCalculator sha256 = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build()
                    .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
            TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .setProvider(PROVIDER)
                            .build(SCHEME, key, authority.certificate()),
                    sha256,
                    POLICY);
            generator.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
            BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM);
            return Base64.getEncoder()
                    .encodeToString(
                            generator.generate(request, serial, Date.from(at)).getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | TSPException | IOException e) {
            throw new IllegalStateException("the time authority cannot sign", e);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    private static Optional<Authority> find(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                        "select key_id, org_id, certificate, wrapped from ledger.time_authority order by created_at desc limit 1");
                ResultSet rs = s.executeQuery()) {
            if (!rs.next()) {
                return Optional.empty();
            }
            return Optional.of(new Authority(
                    rs.getString(1),
                    rs.getObject(2, UUID.class),
                    new X509CertificateHolder(Base64.getDecoder().decode(rs.getString(3))),
                    rs.getBytes(4)));
        } catch (IOException e) {
            throw new IllegalStateException("the time authority's certificate cannot be read", e);
        }
    }

    private byte[] certificate(KeyPair pair) {
        try {
            X500Name name = new X500Name("CN=Yiqi time (run by the operator)");
            Instant now = clock.instant();
            return new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, RANDOM),
                            // A clock that is set back a little does not make the certificate one of the future.
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(LIFE)),
                            name,
                            pair.getPublic())
                    .addExtension(
                            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                    .build(new JcaContentSignerBuilder(SCHEME)
                            .setProvider(PROVIDER)
                            .build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("Bouncy Castle signs with SM2", e);
        }
    }
}
