package org.yiqi.tools.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.Act;
import org.yiqi.contract.Head;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import picocli.CommandLine;

/** The command as a person types it, against the ledger's own rules. */
class SignTest {

    @TempDir
    Path dir;

    private LedgerDesk desk;
    private StringWriter out = new StringWriter();

    @BeforeEach
    void aHospitalThatHoldsItsKey() throws IOException {
        desk = new LedgerDesk();
        Files.writeString(dir.resolve("token"), "secret-token\n");
        Files.writeString(dir.resolve("passphrase"), "correct horse 电池 staple\n");
        assertEquals(0, newKey("own.pem", "SM2_SM3"), out::toString);
        assertEquals(0, register("own.pem"), out::toString);
        assertTrue(out.toString().contains("Fingerprint: " + key().keyId()), out::toString);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private int run(String... arguments) {
        out = new StringWriter();
        return new CommandLine(new Sign())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(arguments);
    }

    private int newKey(String file, String alg) {
        StringWriter before = out;
        int code = run(
                "new-key",
                "--key",
                dir.resolve(file).toString(),
                "--alg",
                alg,
                "--lang",
                "en",
                "--passphrase-file",
                dir.resolve("passphrase").toString());
        before.append(out.toString());
        out = before;
        return code;
    }

    private int register(String file) {
        StringWriter before = out;
        int code = run(arguments(file, List.of("register"), List.of()));
        before.append(out.toString());
        out = before;
        return code;
    }

    private int sign(String... more) {
        return run(arguments("own.pem", List.of(), List.of(more)));
    }

    private String[] arguments(String file, List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(
                "--url",
                desk.url(),
                "--token-file",
                dir.resolve("token").toString(),
                "--key",
                dir.resolve(file).toString(),
                "--passphrase-file",
                dir.resolve("passphrase").toString()));
        if (!more.contains("--lang")) {
            all.addAll(List.of("--lang", "en"));
        }
        all.addAll(more);
        return all.toArray(String[]::new);
    }

    private OrganisationKey key() {
        return LedgerQueries.keys(desk.org, desk.state).stream()
                .filter(OrganisationKey::active)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWaitsIsShownInWordsSignedAndTakenByTheLedger() {
        Act act = desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        assertEquals(0, sign("--yes"), out::toString);
        String said = out.toString();
        assertTrue(said.contains("Unit registered (custody.registered)"), said);
        assertTrue(said.contains("Owner: People’s�[2J Hospital (" + desk.org + ")"), said);
        assertTrue(said.contains("(2026-03-01T12:00:00Z)"), said);
        assertTrue(said.contains("Digest (computed here): " + act.digest()), said);
        assertTrue(said.contains("signed: complete, on its way to the ledger"), said);
        assertEquals(
                act.digest(),
                LedgerQueries.head(act.subject(), desk.state).map(Head::digest).orElse(""));
    }

    @Test
    void inChineseItSaysTheSame() {
        desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        assertEquals(0, sign("--yes", "--lang", "zh"), out::toString);
        assertTrue(out.toString().contains("签名的含义: 贵机构拥有该设备"), out::toString);
        assertTrue(out.toString().contains("已签名"), out::toString);
    }

    @Test
    void lookingSignsNothingAndMachinesReadIt() {
        Act act = desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        assertEquals(2, sign("--json"), out::toString);
        assertEquals(0, sign("--json", "--list"), out::toString);
        assertTrue(out.toString().contains("\"outcome\":\"waiting\""), out::toString);
        assertTrue(desk.outcomes.get(act.id()) == null);
        assertEquals(0, sign("--json", "--yes", "--act", act.id().toString()), out::toString);
        assertTrue(out.toString().contains("\"outcome\":\"signed\",\"reason\":\"PENDING\""), out::toString);
        assertEquals("RECORDED", desk.outcomes.get(act.id()));
    }

    @Test
    void aKeyTakesThePlaceOfAnotherOnceBothHaveSigned() {
        OrganisationKey before = key();
        newKey("next.pem", "ECDSA_P256_SHA256");
        assertEquals(0, register("next.pem"), out::toString);
        assertTrue(out.toString().contains("is still missing"), out::toString);
        assertEquals(before, key());
        // Not unattended: the platform could have proposed a key of its own.
        assertEquals(1, sign("--yes"), out::toString);
        assertTrue(out.toString().contains("REFUSED: changes of keys are not signed unattended"), out::toString);
        assertEquals(before, key());
        String change = desk.waiting.keySet().iterator().next().toString();
        assertEquals(0, sign("--yes", "--act", change), out::toString);
        assertTrue(out.toString().contains("Key replaced (org.key-rotated)"), out::toString);
        assertFalse(before.keyId().equals(key().keyId()));
        desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        assertEquals(0, run(arguments("next.pem", List.of(), List.of("--yes"))), out::toString);
        assertTrue(out.toString().contains("→ signed"), out::toString);
        desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        assertEquals(0, sign("--yes"), out::toString);
        assertTrue(out.toString().contains("not signed: this key is not your organisation’s valid one"), out::toString);
    }

    @Test
    void whatThePlatformSaysOfAnActIsNotBelieved() {
        Act shown = desk.await(desk.registration(desk.org, LedgerDesk.NOON));
        Act meant = desk.registration(desk.org, LedgerDesk.NOON);
        // Harmless words beside other bytes: the bytes are what is read.
        desk.bytesTold = bytes -> meant.bytes();
        refuses(shown, "the bytes are those of another act");
        desk.bytesTold = bytes -> bytes;
        desk.digestTold = digest -> meant.digest();
        refuses(shown, "another digest than that of the bytes");
        desk.digestTold = digest -> digest;
        // Bytes that are no canonical act, such as a bare digest or a text with a space more.
        desk.bytesTold = bytes -> Act.sha256(bytes).getBytes(StandardCharsets.US_ASCII);
        refuses(shown, "not an act in its canonical form");
        desk.bytesTold = bytes -> (new String(bytes, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        refuses(shown, "not an act in its canonical form");
    }

    private void refuses(Act act, String why) {
        assertEquals(1, sign("--yes"), out::toString);
        assertTrue(out.toString().contains("REFUSED: ") && out.toString().contains(why), out::toString);
        assertTrue(desk.outcomes.get(act.id()) == null);
    }

    @Test
    void anActOfAnotherOrganisationOrOfTomorrowIsNotSigned() {
        refuses(desk.await(desk.registration(desk.stranger, LedgerDesk.NOON)), "does not bind your organisation");
        desk.waiting.clear();
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        refuses(desk.await(desk.registration(desk.org, tomorrow)), "dated in the future");
        desk.waiting.clear();
        Act unknown = desk.act(
                "custody.given-away",
                Subject.custody(LedgerDesk.id(9)),
                LedgerDesk.NOON,
                Map.of(),
                new Party(desk.org, PartyRole.OWNER));
        refuses(desk.await(unknown), "know no such act");
    }

    @Test
    void aKeyFileOpensWithItsPassphraseAloneAndIsNeverOverwritten() throws IOException {
        Path file = dir.resolve("own.pem");
        byte[] kept = Files.readAllBytes(file);
        assertEquals(2, newKey("own.pem", "SM2_SM3"));
        assertTrue(out.toString().contains("never overwritten"), out::toString);
        assertEquals(new String(kept, StandardCharsets.US_ASCII), Files.readString(file));
        assertTrue(Files.readString(file).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertEquals(2, Files.getPosixFilePermissions(file).size());
        }
        Files.writeString(dir.resolve("passphrase"), "another passphrase");
        assertEquals(2, sign("--list"));
        assertTrue(out.toString().contains("does not open"), out::toString);
        Files.writeString(dir.resolve("passphrase"), "short");
        assertEquals(2, newKey("short.pem", "SM2_SM3"));
        assertFalse(Files.exists(dir.resolve("short.pem")));
    }

    @Test
    void aTokenIsNotSentInClearToAnotherMachine() {
        assertEquals(
                2,
                run(
                        "--url",
                        "http://192.0.2.1",
                        "--token-file",
                        dir.resolve("token").toString(),
                        "--key",
                        dir.resolve("own.pem").toString(),
                        "--lang",
                        "en"));
        assertTrue(out.toString().contains("https only"), out::toString);
    }
}
