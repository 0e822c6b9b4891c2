package org.yiqi.tools.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.Founding;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.contract.SubjectStatement;
import picocli.CommandLine;

class VerifyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private Path zip;
    private Bundle bundle;

    @BeforeEach
    void aPlatformThatRegisteredAUnit() throws IOException {
        SignatureAlgorithm alg = SignatureAlgorithm.SM2_SM3;
        UUID platform = new UUID(0x7000, Long.MIN_VALUE + 1);
        UUID regulator = new UUID(0x7000, Long.MIN_VALUE + 2);
        KeyPair pair = alg.newKeyPair(new SecureRandom());
        KeyPair other = alg.newKeyPair(new SecureRandom());
        OrganisationKey key =
                OrganisationKey.of(platform, alg, pair.getPublic().getEncoded(), OrganisationKey.Custody.MANAGED);
        OrganisationKey second =
                OrganisationKey.of(regulator, alg, other.getPublic().getEncoded(), OrganisationKey.Custody.HELD);
        Founding founding = new Founding(List.of(
                new Founding.Founder(platform, OrganisationKind.PLATFORM, true, List.of(key)),
                new Founding.Founder(regulator, OrganisationKind.REGULATOR, true, List.of(second))));
        Subject subject = Subject.custody(new UUID(0x7000, Long.MIN_VALUE + 3));
        Act act = new Act(
                new UUID(0x7000, Long.MIN_VALUE + 4),
                "custody.registered",
                1,
                subject,
                NOON,
                List.of(new Party(regulator, PartyRole.OWNER)),
                Map.of(),
                List.of(),
                null);
        SignedAct signed = new SignedAct(
                act,
                List.of(ActSignature.by(
                        regulator, second.keyId(), alg, other.getPrivate().getEncoded(), act)));
        JournalEntry first = JournalEntry.of(0, NOON, founding.json(), JournalEntry.ORIGIN);
        JournalEntry line = JournalEntry.of(1, NOON, signed.json(), first.hash());
        byte[] privateKey = pair.getPrivate().getEncoded();
        SignedHead head = new SignedHead(
                1, line.hash(), NOON, key.keyId(), sign(alg, privateKey, SignedHead.content(1, line.hash(), NOON)));
        List<SubjectStatement> statements = new ArrayList<>();
        for (Subject chain : List.of(subject, Subject.holds(subject.id()), Subject.organisation(regulator))) {
            String digest = chain.equals(subject) ? act.digest() : null;
            int length = chain.equals(subject) ? 1 : 0;
            byte[] said = SubjectStatement.content(chain, digest, length, 1, NOON);
            statements.add(
                    new SubjectStatement(chain, digest, length, 1, NOON, key.keyId(), sign(alg, privateKey, said)));
        }
        bundle = new Bundle(
                statements,
                founding,
                List.of(new Bundle.Line(first, founding.json()), new Bundle.Line(line, signed.json())),
                List.of(head));
        zip = zip(bundle.json());
        Files.writeString(dir.resolve("founding.txt"), founding.digest() + "\n");
    }

    private static String sign(SignatureAlgorithm alg, byte[] privateKey, byte[] content) {
        return Base64.getEncoder().encodeToString(alg.sign(privateKey, content));
    }

    private Path zip(String json, String... more) throws IOException {
        Path file = dir.resolve("bundle.zip");
        try (ZipOutputStream stream = new ZipOutputStream(Files.newOutputStream(file))) {
            stream.putNextEntry(new ZipEntry("bundle.json"));
            stream.write(json.getBytes(StandardCharsets.UTF_8));
            stream.closeEntry();
            for (String name : more) {
                stream.putNextEntry(new ZipEntry(name));
                stream.closeEntry();
            }
        }
        return file;
    }

    private int verify(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--trust";
        arguments[1] = dir.toString();
        arguments[2] = zip.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new CommandLine(new Verify())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    @Test
    void aTrueBundleHolds() {
        assertEquals(0, verify());
        assertTrue(out.toString().contains("Everything holds."), out::toString);
        assertTrue(out.toString().contains("one operator, no consensus"), out::toString);
        String unit = bundle.statements().get(0).subject().toString();
        assertTrue(out.toString().contains("It is about: " + unit), out::toString);
    }

    @Test
    void aChangedBundleNamesItsFirstBrokenLink() throws IOException {
        zip = zip(bundle.json()
                .replace("2026-03-01T12:00:00Z\",\\\"parties", "2026-03-01T12:00:01Z\",\\\"parties")
                .replace("12:00:00Z\\\"", "12:00:01Z\\\""));
        assertEquals(1, verify());
        assertTrue(out.toString().contains("journal line 1"), out::toString);
    }

    @Test
    void aMemberThatIsThereTwiceIsNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(zip(bundle.json(), "bundle.jsox"));
        String twice = new String(bytes, StandardCharsets.ISO_8859_1).replace("bundle.jsox", "bundle.json");
        Files.write(zip, twice.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(1, verify());
        assertTrue(out.toString().contains("bundle.json twice"), out::toString);
    }

    @Test
    void evidenceThatCannotBeReadIsNoProof() throws IOException {
        zip = zip(bundle.json(), "evidence/0.json");
        assertEquals(1, verify());
        assertTrue(out.toString().startsWith("Broken: this is not a bundle"), out::toString);
    }

    @Test
    void aBundleThatBringsItsOwnTrustIsRefused() throws IOException {
        zip = zip(bundle.json(), "trust/founding.txt");
        assertEquals(1, verify());
        assertTrue(out.toString().contains("brings trust/founding.txt with it"), out::toString);
    }

    @Test
    void anotherFoundingIsNotTrusted() throws IOException {
        Files.writeString(dir.resolve("founding.txt"), "a".repeat(64));
        assertEquals(1, verify("--json"));
        assertTrue(out.toString().contains("\"holds\":false"), out::toString);
    }

    @Test
    void withoutATrustFolderThereIsNoAnswer() throws IOException {
        Files.delete(dir.resolve("founding.txt"));
        assertEquals(2, verify());
    }

    @Test
    void aFileThatIsNoBundleIsBroken() throws IOException {
        zip = zip("{}");
        assertEquals(1, verify());
    }
}
