package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.shared.TestDatabase;
import org.yiqi.tools.Tools;
import picocli.CommandLine;

/**
 * A tender as its people live it away from the platform: five openers prepare their keys, suppliers seal with the offline tool from the
 * ledger's proof alone, three openers release at the hour, and the prices stand.
 */
class SealedBidStoryIT {

    @TempDir
    Path dir;

    private TestDatabase db;
    private SealedTender tender;
    private BidDesk desk;
    private final StringWriter said = new StringWriter();

    @BeforeEach
    void fiveOpenersPrepareTheirKeys() throws SQLException, IOException {
        db = TestDatabase.empty();
        db.organisation("PLATFORM");
        tender = new SealedTender(db, dir.resolve("ledger"), db.organisation("REGULATOR"));
        desk = new BidDesk(tender);
        Files.writeString(dir.resolve("passphrase"), "a long enough passphrase");
        for (UUID opener : tender.openers) {
            run(0, opener, "open", "--prepare", "--tender", tender.tender.toString(), "--keys", keys(opener));
        }
        tender.publish(desk.openersKeys);
        Files.createDirectories(dir.resolve("trust"));
        Files.writeString(
                dir.resolve("trust/founding.txt"), desk.bundle().founding().digest());
    }

    @AfterEach
    void stop() throws IOException {
        desk.close();
        db.stop();
    }

    private String keys(UUID opener) {
        return dir.resolve("keys-" + opener).toString();
    }

    private void run(int expected, UUID org, String... command) throws IOException {
        Path token = dir.resolve("token-" + org);
        Files.writeString(token, org.toString());
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--passphrase-file", dir.resolve("passphrase").toString()));
        all.addAll(List.of("--url", desk.url(), "--token-file", token.toString(), "--lang", "en"));
        PrintWriter out = new PrintWriter(said);
        int code = new CommandLine(new Tools()).setOut(out).setErr(out).execute(all.toArray(String[]::new));
        out.flush();
        assertEquals(expected, code, said.toString());
    }

    private Path sealed(UUID org, String lot, String price) throws IOException {
        return sealed(org, dir.resolve("bid-" + org), lot, price);
    }

    private Path sealed(UUID org, Path folder, String lot, String price, String... more) throws IOException {
        Path terms = dir.resolve("terms.zip");
        Files.write(terms, desk.proof());
        Path values = dir.resolve("values.json");
        Files.writeString(values, "{\"amount\":\"" + price + "\",\"currency\":\"CNY\"}");
        Path technical = dir.resolve("technical.json");
        Files.writeString(technical, "{\"statement\":\"联影 3.0T\"}");
        Path attachment = dir.resolve("方案.pdf");
        Files.write(attachment, new byte[6 * 1024 * 1024]);
        List<String> command = new ArrayList<>(List.of(
                "bid", "--folder", folder.toString(), "--terms", terms.toString(), "--trust", trust(), "--lot", lot));
        command.addAll(List.of("--technical", technical.toString(), "--price", values.toString()));
        command.addAll(List.of("--attach", "TECHNICAL=" + attachment));
        command.addAll(List.of(more));
        run(0, org, command.toArray(String[]::new));
        return folder;
    }

    private String trust() {
        return dir.resolve("trust").toString();
    }

    private void submit(int expected, UUID org, Path folder) throws IOException {
        run(expected, org, "bid", "--folder", folder.toString(), "--submit");
    }

    private void release(int expected, UUID opener) throws IOException {
        run(expected, opener, "open", "--tender", tender.tender.toString(), "--keys", keys(opener), "--trust", trust());
    }

    @Test
    void bidsAreSealedOfflineAndOpenedByThreeMachinesAtTheHour() throws Exception {
        UUID first = db.organisation("SUPPLIER");
        UUID second = db.organisation("SUPPLIER");
        Path folder = sealed(first, "1", "1284600000");
        // The line breaks in the middle of the upload; the same command goes on where it was cut.
        desk.uploadsUntilCut = 1;
        submit(2, first, folder);
        desk.uploadsUntilCut = Integer.MAX_VALUE;
        submit(0, first, folder);
        submit(0, first, folder);
        assertTrue(Files.exists(folder.resolve("receipt.json")));
        Path other = sealed(second, "1", "1400000000");
        submit(0, second, other);
        Path cheaper =
                sealed(second, dir.resolve("cheaper"), "1", "1190000000", "--replaces", other.toString(), "--submit");
        assertTrue(Files.exists(cheaper.resolve("receipt.json")));
        tender.ledger.relayAll(tender.dataDir);
        release(2, tender.openers.get(0));
        assertTrue(said.toString().contains("not closed on the ledger yet"));
        tender.close();
        for (UUID opener : tender.openers.subList(1, 4)) {
            release(0, opener);
            assertFalse(Files.exists(Path.of(keys(opener), tender.tender + "-TECHNICAL.pem")), "the key is destroyed");
            assertTrue(Files.exists(Path.of(keys(opener), tender.tender + "-PRICE.pem")));
        }
        OpeningView view =
                tender.services.as(tender.hospital, () -> tender.openings().view(tender.tender));
        assertEquals(2, view.envelopes().get(0).results().size());
        assertEquals(
                Map.of(first, "联影 3.0T", second, "联影 3.0T"),
                tender.services.as(tender.hospital, () -> tender.openings().opened(tender.tender, "TECHNICAL")).stream()
                        .collect(Collectors.toMap(
                                OpenedEnvelope::bidder,
                                e -> String.valueOf(e.content().values().get("statement")))));
        assertTrue(said.toString().contains("All envelopes that were due are open."), said::toString);
    }

    @Test
    void aBidIsTakenBackByTheToolThatMadeIt() throws Exception {
        UUID supplier = db.organisation("SUPPLIER");
        Path folder = sealed(supplier, "2", "100");
        submit(0, supplier, folder);
        run(0, supplier, "bid", "--folder", folder.toString(), "--withdraw");
        tender.ledger.relayAll(tender.dataDir);
        tender.close();
        assertEquals(
                0,
                tender.services
                        .as(tender.hospital, () -> tender.openings().view(tender.tender))
                        .envelopes()
                        .get(0)
                        .due());
    }

    @Test
    void nothingIsSealedForATenderWhoseProofIsNotThatOfTheTrustedLedger() throws Exception {
        Files.writeString(dir.resolve("trust/founding.txt"), "a".repeat(64));
        Path terms = dir.resolve("terms.zip");
        Files.write(terms, desk.proof());
        run(
                2,
                db.organisation("SUPPLIER"),
                "bid",
                "--folder",
                dir.resolve("none").toString(),
                "--terms",
                terms.toString(),
                "--trust",
                trust(),
                "--lot",
                "1");
        assertTrue(said.toString().contains("the bundle does not hold (FOUNDING)"), said::toString);
        assertFalse(Files.exists(dir.resolve("none/bid.json")));
    }
}
