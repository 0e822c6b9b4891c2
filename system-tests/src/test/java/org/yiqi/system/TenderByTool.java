package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.yiqi.contract.Bundle;
import org.yiqi.tools.Tools;
import picocli.CommandLine;

/** A tender of a running platform whose openers and one bidder use the tools, each with its own files. */
final class TenderByTool {

    static final String BUYER = "shengyi.equipment";
    static final String SUPPLIER = "hengying.sales";
    static final List<String> OPENERS =
            List.of("health.inspector", BUYER, "zhongxin.equipment", "qinghe.equipment", "anxin.engineer");

    private final Platform platform;
    private final Path dir;
    private final Duration patience;
    private final StringWriter said = new StringWriter();

    /** @param patience how long an act may take until it is on the ledger */
    TenderByTool(Platform platform, Path dir, Duration patience) {
        this.platform = platform;
        this.dir = dir;
        this.patience = patience;
    }

    /** A tender whose openers made their keys with the tool, published and on the ledger. */
    String published() throws IOException {
        Files.writeString(dir.resolve("passphrase"), "a long enough passphrase");
        String tender = drafted(approvedPlan());
        for (String opener : OPENERS) {
            run(
                    opener,
                    "open",
                    "--prepare",
                    "--tender",
                    tender,
                    "--keys",
                    dir.resolve(opener).toString());
        }
        publish(tender);
        return tender;
    }

    /** Seals and hands in a bid for lot B. */
    void bid(String tender) throws IOException {
        Path terms = dir.resolve("terms.zip");
        Files.write(terms, terms(tender));
        Path trust = Files.createDirectories(dir.resolve("trust"));
        // Here the test takes it from the bundle; whoever bids for real compares it with what is printed elsewhere.
        try (ZipFile zip = new ZipFile(terms.toFile())) {
            byte[] bundle = zip.getInputStream(zip.getEntry("bundle.json")).readAllBytes();
            Files.writeString(
                    trust.resolve("founding.txt"),
                    Bundle.parse(new String(bundle, StandardCharsets.UTF_8))
                            .founding()
                            .digest());
        }
        bid(tender, terms, trust);
    }

    /** What the tool takes the openers' keys from: the tender's proof bundle. */
    byte[] terms(String tender) {
        return platform.as(SUPPLIER).get("/oversight/proofs/tender:" + tender).asByteArray();
    }

    /** The same with trust anchors that came another way. */
    void bid(String tender, Path terms, Path trust) throws IOException {
        Path price = dir.resolve("price.json");
        Files.writeString(price, "{\"amount\":\"950000\",\"currency\":\"CNY\"}");
        Path technical = dir.resolve("technical.json");
        Files.writeString(technical, "{\"statement\":\"中央站\"}");
        Path folder = dir.resolve("bid");
        run(
                SUPPLIER,
                "bid",
                "--folder",
                folder.toString(),
                "--terms",
                terms.toString(),
                "--trust",
                trust.toString(),
                "--lot",
                "B",
                "--technical",
                technical.toString(),
                "--price",
                price.toString(),
                "--submit");
        assertTrue(Files.exists(folder.resolve("receipt.json")));
    }

    private void run(String account, String... command) throws IOException {
        Path token = dir.resolve("token");
        Files.writeString(token, platform.api().tokenOf(account));
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--passphrase-file", dir.resolve("passphrase").toString()));
        all.addAll(List.of("--url", platform.base(), "--token-file", token.toString(), "--lang", "en"));
        PrintWriter out = new PrintWriter(said);
        int code = new CommandLine(new Tools()).setOut(out).setErr(out).execute(all.toArray(String[]::new));
        out.flush();
        assertEquals(0, code, said.toString());
    }

    private static Map<String, Object> yuan(String amount) {
        return Map.of("amount", amount, "currency", "CNY");
    }

    private Response posted(String account, String path, Object body, int expected) {
        Response answer = platform.as(account).body(body).post(path);
        assertEquals(expected, answer.statusCode(), () -> path + ": " + answer.asString());
        return answer;
    }

    private Response step(String account, String thing, String step, Object body) {
        String tag = platform.as(account).get(thing).header("ETag");
        Response answer =
                platform.as(account).header("If-Match", tag).body(body).post(thing + step);
        assertEquals(2, answer.statusCode() / 100, () -> thing + step + ": " + answer.asString());
        return answer;
    }

    private String approvedPlan() {
        Map<String, Object> plan = new HashMap<>();
        plan.put("title", "床旁监护仪");
        plan.put("category", "MONITOR");
        plan.put("quantity", 2);
        plan.put("unitPrice", yuan("30000"));
        plan.put("budgetLine", "2027-118");
        plan.put("budget", yuan("60000"));
        plan.put("specification", "床旁监护，联网。");
        plan.put(
                "parameters",
                List.of(Map.of("name", "质保期", "value", "3 年"), Map.of("name", "监测参数", "value", "心电、血氧、无创血压、体温")));
        plan.put("lifeYears", 8);
        plan.put("justification", "全院统一型号，无可共享设备。");
        String id = posted("shengyi.doctor", "/purchase-plans", plan, 201).path("id");
        step("shengyi.doctor", "/purchase-plans/" + id, "/submit", Map.of());
        for (String signer : List.of("shengyi.chief", BUYER, "shengyi.finance")) {
            step(signer, "/purchase-plans/" + id, "/sign", Map.of("note", ""));
        }
        assertEquals("APPROVED", platform.as(BUYER).get("/purchase-plans/" + id).path("state"));
        return id;
    }

    private Map<String, Object> terms(String plan, Instant deadline) {
        List<Object> openers = new ArrayList<>();
        OPENERS.forEach(opener -> openers.add(platform.as(opener).get("/me").path("organisationId")));
        Map<String, Object> terms = new HashMap<>();
        terms.put("planId", plan);
        terms.put("title", "床旁监护仪采购");
        terms.put("description", "六床位监护仪及中央站。");
        terms.put("twoEnvelopes", true);
        terms.put("threshold", 3);
        terms.put("enquiryUntil", deadline.minus(10, ChronoUnit.DAYS).toString());
        terms.put("deadline", deadline.toString());
        terms.put(
                "lots",
                List.of(
                        Map.of(
                                "code",
                                "A",
                                "title",
                                "监护仪",
                                "category",
                                "MONITOR",
                                "quantity",
                                1,
                                "ceiling",
                                yuan("50000")),
                        Map.of(
                                "code",
                                "B",
                                "title",
                                "中央站",
                                "category",
                                "MONITOR",
                                "quantity",
                                1,
                                "ceiling",
                                yuan("10000"))));
        terms.put("requirements", List.of(Map.of("text", "电池续航两小时", "mandatory", true)));
        terms.put(
                "criteria",
                List.of(
                        Map.of("kind", "PRICE", "title", "价格", "weight", 40),
                        Map.of("kind", "QUALITY", "title", "性能", "weight", 60)));
        terms.put("openers", openers);
        return terms;
    }

    private static Instant inDays(int days) {
        return Instant.now().truncatedTo(ChronoUnit.HOURS).plus(days, ChronoUnit.DAYS);
    }

    private String drafted(String plan) {
        return posted(BUYER, "/tenders", terms(plan, inDays(30)), 201).path("id");
    }

    private void publish(String tender) {
        // Whatever day this runs on, one of the next is no day of rest.
        Response answer = null;
        for (int days = 30; days < 45 && (answer == null || answer.statusCode() / 100 != 2); days++) {
            String plan = platform.as(BUYER).get("/tenders/" + tender).path("terms.planId");
            String tag = platform.as(BUYER).get("/tenders/" + tender).header("ETag");
            platform.as(BUYER)
                    .header("If-Match", tag)
                    .body(terms(plan, inDays(days)))
                    .put("/tenders/" + tender);
            String fresh = platform.as(BUYER).get("/tenders/" + tender).header("ETag");
            answer = platform.as(BUYER).header("If-Match", fresh).post("/tenders/" + tender + "/publish");
        }
        String said = answer == null ? "" : answer.asString();
        String act = platform.as(BUYER).get("/tenders/" + tender).path("pendingAct");
        assertTrue(act != null, said);
        for (String opener : OPENERS) {
            if (!opener.equals(BUYER)) {
                posted(opener, "/ledger/acts/" + act + "/signatures", Map.of(), 200);
            }
        }
        Platform.await(
                "the publication on the ledger",
                patience,
                () -> platform.as(SUPPLIER)
                                .get("/oversight/proofs/tender:" + tender)
                                .statusCode()
                        == 200);
    }
}
