package org.yiqi.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hospital takes its key into its own hands, with the command that it would use, and the platform tries to do without it. */
class HeldKeyStoryIT {

    private static final String SIGNATORY = "zhongxin.equipment";
    private static final Path JAR = Path.of("../tools/target/yiqi-tools.jar");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final Platform platform = Platform.shared();
    private String organisation = "";
    private String present = "key.pem";

    @BeforeEach
    void takeTheKey() throws Exception {
        Files.writeString(dir.resolve("token"), platform.api().tokenOf(SIGNATORY));
        Files.writeString(dir.resolve("passphrase"), "a passphrase of this test");
        organisation = platform.as(SIGNATORY).get("/me").path("organisationId");
        tool(
                "new-key",
                "--key",
                key(),
                "--passphrase-file",
                dir.resolve("passphrase").toString());
        onPlatform(List.of("register"));
        assertEquals("HELD", validCustody());
    }

    /** Other tests of the run find the hospital as it was. */
    @AfterEach
    void giveTheKeyBack() throws Exception {
        String act = platform.as(SIGNATORY)
                .body(Map.of("custody", "MANAGED"))
                .post("/ledger/keys")
                .then()
                .statusCode(201)
                .body("state", equalTo("WAITING"))
                .extract()
                .path("actId");
        onPlatform(List.of(), "--yes", "--act", act);
        assertEquals("MANAGED", validCustody());
        register(true);
    }

    @Test
    void whatTheHospitalAnswersForWaitsForItsOwnSignature() throws Exception {
        String unit = register(false);
        String act = platform.as(SIGNATORY)
                .get("/ledger/acts?state=WAITING_SIGNATURE&signer=" + organisation + "&subject=custody:" + unit)
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .extract()
                .path("items[0].id");
        // The platform's services have nothing to sign with.
        platform.as(SIGNATORY)
                .body(Map.of())
                .post("/ledger/acts/" + act + "/signatures")
                .then()
                .statusCode(409)
                .body("code", equalTo("ledger.key-held"));
        platform.as(SIGNATORY)
                .body("")
                .post("/units/" + unit + "/commission")
                .then()
                .statusCode(409)
                .body("code", equalTo("equipment.not-signed-for"));
        String said = onPlatform(List.of(), "--json", "--yes", "--act", act);
        assertTrue(said.contains("\"id\":\"" + act + "\""), said);
        assertTrue(said.contains("\"outcome\":\"signed\""), said);
        platform.as(SIGNATORY)
                .get("/units/" + unit)
                .then()
                .body("signedFor", equalTo(true))
                .body("status", equalTo("AVAILABLE"));
        Platform.await("the act on the ledger", SOON, () -> stateOf(act).equals("RECORDED"));
    }

    @Test
    void aRowThatClaimsToBeSignedIsRefusedByTheLedger() throws Exception {
        String unit = register(false);
        String act = platform.as(SIGNATORY)
                .get("/ledger/acts?subject=custody:" + unit)
                .path("items[0].id");
        // Whoever has the database says that nothing is missing, and that the platform's key counts again.
        try (Connection c = platform.administrator();
                Statement s = c.createStatement()) {
            s.executeUpdate(
                    "update ledger.act set state = 'PENDING', missing = '{}', outbox_order = nextval('ledger.act_order')"
                            + " where id = '" + act + "'");
        }
        Platform.await("the refusal", SOON, () -> stateOf(act).equals("REJECTED"));
        platform.as(SIGNATORY).get("/ledger/acts/" + act).then().body("refusal", equalTo("ledger.missing-signature"));
        platform.as(SIGNATORY).get("/units/" + unit).then().body("signedFor", equalTo(false));
    }

    @Test
    void onThePageAKeyIsPastedAndWaitsForBothProofs() throws Exception {
        String made = newKey("next.pem");
        String pem = made.substring(made.indexOf("-----BEGIN"), made.indexOf("-----END PUBLIC KEY-----") + 24);
        try (Chromium chromium = new Chromium();
                Visitor visitor = chromium.visitor(platform.base(), Visitor.CORNERS.get(0))) {
            Page page = visitor.signIn(SIGNATORY, Platform.DEMO_PASSWORD).page();
            page.navigate(platform.base() + "/ledger/keys");
            page.locator("textarea").fill("not a key");
            page.getByText("登记此密钥").click();
            assertThat(page.locator(".ui-messages, .ui-message-error").first()).containsText("不是该算法的公钥");
            page.locator("textarea").fill(pem);
            page.getByText("登记此密钥").click();
            assertThat(page.locator("#all")).containsText("正在登记密钥");
            assertThat(page.locator("#all")).containsText("密钥更换");
        }
        String act = platform.as(SIGNATORY).get("/ledger/keys").path("find { it.state == 'WAITING' }.actId");
        onPlatform(List.of(), "--yes", "--act", act);
        present = "next.pem";
        onPlatform(List.of(), "--yes", "--act", act);
        assertEquals("HELD", validCustody());
        assertTrue(onPlatform(List.of(), "--list", "--json").contains("\"keyState\":\"VALID\""));
    }

    private String register(boolean atOnce) {
        String serial = "HK-" + UUID.randomUUID().toString().substring(0, 8);
        String model = platform.as(SIGNATORY).get("/models?limit=1").path("items[0].id");
        return platform.as(SIGNATORY)
                .body(Map.of(
                        "modelId",
                        model,
                        "assetTag",
                        serial,
                        "serial",
                        serial,
                        "department",
                        "急诊科",
                        "regionCode",
                        "330102",
                        "inService",
                        true))
                .post("/units")
                .then()
                .statusCode(201)
                .body("signedFor", equalTo(atOnce))
                .body("status", equalTo(atOnce ? "AVAILABLE" : "REGISTERED"))
                .extract()
                .path("id");
    }

    private String stateOf(String act) {
        return platform.as(SIGNATORY).get("/ledger/acts/" + act).path("state");
    }

    private String validCustody() {
        return platform.as(SIGNATORY).get("/ledger/keys").path("find { it.state == 'VALID' }.custody");
    }

    private String key() {
        return dir.resolve(present).toString();
    }

    private String newKey(String file) throws IOException, InterruptedException {
        return tool(
                "new-key",
                "--key",
                dir.resolve(file).toString(),
                "--passphrase-file",
                dir.resolve("passphrase").toString());
    }

    private String onPlatform(List<String> first, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(
                "--url",
                platform.base(),
                "--token-file",
                dir.resolve("token").toString(),
                "--key",
                key(),
                "--passphrase-file",
                dir.resolve("passphrase").toString()));
        all.addAll(List.of(more));
        return tool(all.toArray(String[]::new));
    }

    /** {@code java -jar yiqi-tools.jar sign …}, as on the hospital's own machine. */
    private String tool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-jar",
                JAR.toString(),
                "sign"));
        command.addAll(List.of(arguments));
        Path log = dir.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the command hangs");
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
