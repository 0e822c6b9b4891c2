package org.yiqi.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.sealing.BidContent;
import org.yiqi.contract.sealing.Deal;
import org.yiqi.contract.sealing.Envelope;
import org.yiqi.contract.sealing.Release;
import org.yiqi.contract.sealing.SealBroken;
import org.yiqi.contract.sealing.SealContext;
import org.yiqi.contract.sealing.SealTerms;

/**
 * Two implementations of the sealing protocol in two languages: what one seals the other opens, and both make the published vectors of
 * the published seeds. The browser's runs in a worker, under the policy that the platform's pages have.
 */
class SealingInTheBrowserIT {

    private static final String POLICY = "default-src 'self'; connect-src 'self'; object-src 'none'; script-src 'self'";
    private static final Map<String, Path> FOLDERS = Map.of(
            "/resources/", Path.of("../web-module/src/main/webapp/resources"),
            "/docs/", Path.of("../docs"),
            "/test/", Path.of("src/test/resources/org/yiqi/system"));
    private static final SecureRandom RANDOM = new SecureRandom();

    private static Chromium chromium;
    private static HttpServer server;
    private static Visitor visitor;

    private final List<KeyPair> openers = IntStream.range(0, 5)
            .mapToObj(i -> SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM))
            .toList();

    @BeforeAll
    static void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", SealingInTheBrowserIT::serve);
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        chromium = new Chromium();
        visitor = chromium.visitor(base, Visitor.CORNERS.get(0));
        visitor.page().navigate(base + "/test/page.html");
    }

    @AfterAll
    static void close() {
        visitor.close();
        chromium.close();
        server.stop(0);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] answer = new byte[0];
        String type = "text/html";
        for (Map.Entry<String, Path> folder : FOLDERS.entrySet()) {
            Path file = folder.getValue().resolve(path.replaceFirst(folder.getKey(), ""));
            if (path.startsWith(folder.getKey()) && Files.exists(file)) {
                answer = Files.readAllBytes(file);
                type = path.endsWith(".js") ? "text/javascript" : "application/json";
            }
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What the worker answers, while the page goes on counting. */
    @SuppressWarnings("unchecked") // names of an object of JavaScript are texts
    private static Map<String, Object> ask(Map<String, Object> task) {
        Page page = visitor.page();
        Object said = page.evaluate("""
                task => new Promise((done) => {
                  const worker = new Worker('/test/sealing-check.js', { type: 'module' });
                  let turns = 0;
                  const turn = setInterval(() => { turns += 1; }, 5);
                  const end = (said) => { clearInterval(turn); worker.terminate(); done({ ...said, turns }); };
                  worker.onmessage = (event) => end(event.data);
                  worker.onerror = (event) => end({ error: String(event.message) });
                  worker.postMessage(task);
                })""", task);
        Map<String, Object> result = (Map<String, Object>) said;
        assertNull(result.get("error"));
        return result;
    }

    private SealContext context(String bidderKey) {
        List<SealContext.Opener> list = openers.stream()
                .map(pair -> new SealContext.Opener(
                        UUID.randomUUID(),
                        SealTerms.point(base64(pair.getPublic().getEncoded()))))
                .toList();
        return new SealContext(
                UUID.randomUUID(),
                "2",
                bidderKey,
                3,
                "PRICE",
                Instant.parse("2026-12-18T01:00:00Z"),
                "ab".repeat(32),
                3,
                list);
    }

    private static Map<String, Object> tree(SealContext c) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tender", c.tender().toString());
        tree.put("lot", c.lot());
        tree.put("bidderKey", c.bidderKey());
        tree.put("version", Integer.toString(c.version()));
        tree.put("envelope", c.envelope());
        tree.put("deadline", c.deadline().toString());
        tree.put("terms", c.terms());
        tree.put("threshold", Integer.toString(c.threshold()));
        tree.put(
                "openers",
                c.openers().stream()
                        .map(o -> Map.of("key", o.key(), "org", o.org().toString()))
                        .toList());
        return tree;
    }

    private List<Release> releases(SealContext context, Deal deal, int... indexes) {
        return IntStream.of(indexes)
                .mapToObj(i -> Release.of(
                        context, deal, i, ((ECPrivateKey) openers.get(i - 1).getPrivate()).getS(), RANDOM))
                .toList();
    }

    @Test
    void theBrowserMakesThePublishedVectorsWhileThePageStaysAlive() {
        Map<String, Object> said = ask(Map.of("task", "vectors"));
        assertEquals(Map.of("envelopes", 3, "files", 2), said.get("answer"));
        assertTrue((Integer) said.get("turns") > 20, "the page was held up: " + said.get("turns"));
    }

    @Test
    @SuppressWarnings("unchecked") // as above
    void whatTheBrowserSealsAndSignsJavaOpensAndVerifies() throws SealBroken {
        SealContext without = context("");
        Map<String, Object> values = Map.of("amount", "1284600000", "currency", "CNY", "brand", "联影 𠮷");
        Map<String, Object> answer =
                (Map<String, Object>) ask(Map.of("task", "seal", "context", tree(without), "values", values))
                        .get("answer");
        String key = (String) answer.get("bidderKey");
        SealContext context = new SealContext(
                without.tender(),
                without.lot(),
                key,
                without.version(),
                without.envelope(),
                without.deadline(),
                without.terms(),
                without.threshold(),
                without.openers());
        assertEquals(answer.get("point"), SealTerms.point(key));
        Deal deal = Deal.read(CanonicalJson.read((String) answer.get("deal")));
        assertTrue(deal.holds(context));
        Envelope envelope = new Envelope(deal, bytes((String) answer.get("ciphertext")));
        byte[] content = envelope.open(context, releases(context, deal, 5, 2, 3));
        assertEquals(values, BidContent.parse(content).values());
        assertTrue(SignatureAlgorithm.SM2_SM3.verifies(bytes(key), content, bytes((String) answer.get("signature"))));
    }

    @Test
    void whatJavaSealsTheBrowserOpens() {
        SealContext context = context(
                base64(SignatureAlgorithm.SM2_SM3.newKeyPair(RANDOM).getPublic().getEncoded()));
        byte[] content = "人民币壹仟贰佰捌拾肆万陆仟元整".getBytes(StandardCharsets.UTF_8);
        Envelope envelope = Envelope.seal(context, content, RANDOM);
        List<Object> releases = new ArrayList<>();
        releases(context, envelope.deal(), 1, 4, 5).forEach(release -> releases.add(release.tree()));
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task", "open");
        task.put("context", tree(context));
        task.put("deal", envelope.deal().tree());
        task.put("ciphertext", base64(envelope.ciphertext()));
        task.put("releases", releases);
        assertEquals(base64(content), ask(task).get("answer"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
