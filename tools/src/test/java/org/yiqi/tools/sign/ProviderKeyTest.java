package org.yiqi.tools.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.Act;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;
import picocli.CommandLine;

/** The command with an SM2 key behind a Java provider, as makers of HSMs deliver one; Bouncy Castle's stands for it. */
class ProviderKeyTest {

    private static final String PIN = "482913";
    private static final Provider MAKERS = new BouncyCastleProvider();

    @TempDir
    Path dir;

    @BeforeEach
    void aTokenWithOneKey() throws Exception {
        KeyPair pair = SignatureAlgorithm.SM2_SM3.newKeyPair(new SecureRandom());
        KeyStore store = KeyStore.getInstance("PKCS12", MAKERS);
        store.load(null, null);
        store.setKeyEntry("acts", pair.getPrivate(), PIN.toCharArray(), new Certificate[] {certificate(pair)});
        try (OutputStream out = Files.newOutputStream(dir.resolve("token.p12"))) {
            store.store(out, PIN.toCharArray());
        }
        Files.writeString(dir.resolve("pin"), PIN);
        Files.writeString(dir.resolve("token"), "secret-token");
        configure(BouncyCastleProvider.class.getName(), "PKCS12");
    }

    private void configure(String provider, String type) throws Exception {
        Files.writeString(
                dir.resolve("hsm.conf"), "provider = " + provider + "\nkeystore = " + type + "\nfile = token.p12\n");
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=People's Hospital");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new JcaX509CertificateConverter()
                .setProvider(MAKERS)
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(86_400L * 3_650)),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SM3withSM2")
                                .setProvider(MAKERS)
                                .build(pair.getPrivate())));
    }

    @Test
    void anSm2KeyBehindItsMakersProviderSigns() throws Exception {
        try (LedgerDesk desk = new LedgerDesk()) {
            run(0, desk, "register");
            OrganisationKey key = LedgerQueries.keys(desk.org, desk.state).get(0);
            assertEquals(SignatureAlgorithm.SM2_SM3, key.alg());
            assertEquals(OrganisationKey.Custody.HELD, key.custody());
            Act act = desk.await(desk.registration(desk.org, LedgerDesk.NOON));
            String said = run(0, desk, "--yes");
            assertTrue(said.contains("→ signed"), said);
            assertEquals("RECORDED", desk.outcomes.get(act.id()));
        }
    }

    @Test
    void aWrongPinAnUnknownProviderAndAnUnknownTypeAreSaidInASentence() throws Exception {
        try (LedgerDesk desk = new LedgerDesk()) {
            Files.writeString(dir.resolve("pin"), "000000");
            run(2, desk, "--list");
            Files.writeString(dir.resolve("pin"), PIN);
            configure("java.lang.String", "PKCS12");
            String said = run(2, desk, "--list");
            assertTrue(said.contains("java.lang.String is no security provider on the class path"), said);
            configure(BouncyCastleProvider.class.getName(), "NONE-SUCH");
            run(2, desk, "--list");
            Files.writeString(dir.resolve("hsm.conf"), "provider = \n");
            said = run(2, desk, "--list");
            assertTrue(said.contains("does not say provider"), said);
        }
    }

    private String run(int expected, LedgerDesk desk, String what) {
        List<String> arguments = new ArrayList<>();
        if (what.equals("register")) {
            arguments.add(what);
        }
        arguments.addAll(List.of(
                "--url",
                desk.url(),
                "--token-file",
                dir.resolve("token").toString(),
                "--provider",
                dir.resolve("hsm.conf").toString(),
                "--passphrase-file",
                dir.resolve("pin").toString(),
                "--lang",
                "en"));
        if (!what.equals("register")) {
            arguments.add(what);
        }
        StringWriter said = new StringWriter();
        int code = new CommandLine(new Sign())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
        assertEquals(expected, code, said.toString());
        assertTrue(!said.toString().contains("\tat "), said.toString());
        return said.toString();
    }
}
