package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.contract.sealing.SealTerms;
import org.yiqi.shared.TestDatabase;
import org.yiqi.system.Chromium;
import org.yiqi.system.Visitor;

/** The tender room's worker in a real browser, under the pages' policy, against the real services, database and ledger. */
class SealingWorkerIT {

    @TempDir
    Path dir;

    private TestDatabase db;
    private SealedTender tender;
    private BidDesk desk;
    private Chromium chromium;
    private Visitor visitor;

    @BeforeEach
    void aTenderAndASupplierWithABrowser() throws SQLException, IOException {
        db = TestDatabase.empty();
        db.organisation("PLATFORM");
        tender = new SealedTender(db, dir, db.organisation("REGULATOR")).publish();
        desk = new BidDesk(tender);
        desk.supplier = db.organisation("SUPPLIER");
        chromium = new Chromium();
        visitor = chromium.visitor(desk.url(), Visitor.CORNERS.get(0));
        visitor.page().navigate(desk.url() + "/test/page.html");
    }

    @AfterEach
    void stop() throws IOException {
        visitor.close();
        chromium.close();
        desk.close();
        db.stop();
    }

    @SuppressWarnings("unchecked") // names of an object of JavaScript are texts
    private Map<String, Object> ask(Map<String, Object> task) {
        Page page = visitor.page();
        Map<String, Object> said = (Map<String, Object>) page.evaluate("""
                task => new Promise((done) => {
                  const worker = new Worker('/resources/sealing/worker.js', { type: 'module' });
                  const steps = [];
                  worker.onmessage = ({ data }) => {
                    if (data.say) { steps.push(data.say.step); return; }
                    worker.terminate();
                    done({ ...data, steps: [...new Set(steps)].join(' ') });
                  };
                  worker.onerror = (event) => done({ error: String(event.message) });
                  (task.envelopes || []).forEach((e) => { e.files = e.files.map((f) => new File([f.text.repeat(f.times)], f.name)); });
                  worker.postMessage({ ...task, id: '1' });
                })""", task);
        return said;
    }

    @SuppressWarnings("unchecked") // as above
    private Map<String, Object> answer(Map<String, Object> task) {
        Map<String, Object> said = ask(task);
        assertNull(said.get("error"));
        return (Map<String, Object>) said.get("answer");
    }

    private String base() {
        return desk.url() + "/bid-room/" + tender.tender;
    }

    private Map<String, Object> terms() {
        SealTerms terms = tender.terms();
        Map<String, Object> openers = new LinkedHashMap<>();
        terms.openers().forEach((envelope, list) -> {
            List<Object> all = new ArrayList<>();
            list.forEach(o -> all.add(Map.of("key", o.key(), "org", o.org().toString())));
            openers.put(envelope, all);
        });
        return Map.of(
                "deadline", terms.deadline().toString(),
                "envelopes", terms.envelopes(),
                "openers", openers,
                "tender", terms.tender().toString(),
                "terms", terms.terms(),
                "threshold", Integer.toString(terms.threshold()));
    }

    private Map<String, Object> submission(Map<String, Object> key, Object bid, int version, String price) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task", "submit");
        task.put("base", base());
        task.put("terms", terms());
        task.put("bid", bid);
        task.put("lot", "1");
        task.put("version", version);
        task.put("key", key.get("key"));
        task.put("publicKey", key.get("publicKey"));
        task.put(
                "envelopes",
                List.of(
                        Map.of(
                                "envelope", "TECHNICAL",
                                "values", Map.of("statement", "方案 " + price),
                                "files", List.of(Map.of("name", "方案.txt", "text", "医器", "times", 400_000))),
                        Map.of(
                                "envelope", "PRICE",
                                "values", Map.of("amount", price, "currency", "CNY"),
                                "files", List.of())));
        return task;
    }

    @Test
    void whatTheWorkerSealsAndReplacesIsTakenAndOpens() throws Exception {
        Map<String, Object> key = answer(Map.of("task", "newKey"));
        Map<String, Object> bid = answer(
                Map.of("task", "start", "base", base(), "lot", "1", "publicKey", String.valueOf(key.get("publicKey"))));
        Map<String, Object> said = ask(submission(key, bid.get("id"), 1, "100"));
        assertNull(said.get("error"));
        assertEquals("seal upload stamp", said.get("steps"));
        answer(Map.of("task", "replace", "base", base(), "bid", String.valueOf(bid.get("id"))));
        Map<String, Object> receipt = answer(submission(key, bid.get("id"), 2, "90"));
        assertTrue(String.valueOf(receipt.get("receipt")).contains("\"version\":\"2\""));
        assertEquals(receipt, answer(Map.of("task", "receipt", "base", base(), "bid", String.valueOf(bid.get("id")))));
        tender.ledger.relayAll(dir);
        tender.close();
        tender.openers.subList(0, 3).forEach(opener -> tender.post(opener, "TECHNICAL"));
        OpenedEnvelope opened = tender.services
                .as(tender.hospital, () -> tender.openings().opened(tender.tender, "TECHNICAL"))
                .get(0);
        assertEquals("方案 90", opened.content().values().get("statement"));
        assertEquals(desk.supplier, opened.bidder());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        tender.services.as(tender.hospital, () -> {
            tender.openings().attachment(tender.tender, opened.bid(), "TECHNICAL", 0, file);
            return true;
        });
        assertEquals("医器".repeat(400_000), file.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(), visitor.complaints());
    }

    @Test
    void theWorkerTakesABidBack() throws Exception {
        Map<String, Object> key = answer(Map.of("task", "newKey"));
        Map<String, Object> bid = answer(
                Map.of("task", "start", "base", base(), "lot", "1", "publicKey", String.valueOf(key.get("publicKey"))));
        answer(submission(key, bid.get("id"), 1, "100"));
        answer(Map.of(
                "task", "withdraw",
                "base", base(),
                "bid", String.valueOf(bid.get("id")),
                "tender", tender.tender.toString(),
                "key", String.valueOf(key.get("key"))));
        UUID id = UUID.fromString(String.valueOf(bid.get("id")));
        assertEquals(
                BidView.State.WITHDRAWN,
                tender.services
                        .as(SealedTender.supplier(desk.supplier), () -> tender.bids()
                                .get(id))
                        .state());
    }
}
