package org.yiqi.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActTest {

    private static final Act ACT = new Act(
            UUID.fromString("01920000-0000-7000-8000-000000000001"),
            "custody.accepted",
            1,
            Subject.custody(UUID.fromString("01920000-0000-7000-8000-000000000002")),
            Instant.parse("2026-03-01T08:00:00.120Z"),
            List.of(
                    new Party(UUID.fromString("01920000-0000-7000-8000-00000000000a"), PartyRole.GIVER),
                    new Party(UUID.fromString("01920000-0000-7000-8000-00000000000b"), PartyRole.TAKER)),
            Map.of("condition", "完好 \"A\""),
            List.of(new Evidence("photo", "SM3", "ab".repeat(32))),
            "0f".repeat(32));

    private static final String CANONICAL = """
            {"body":{"condition":"完好 \\"A\\""},\
            "evidence":[{"algorithm":"SM3","digest":"%s","name":"photo"}],\
            "id":"01920000-0000-7000-8000-000000000001","occurredAt":"2026-03-01T08:00:00.120Z",\
            "parties":[{"org":"01920000-0000-7000-8000-00000000000a","role":"GIVER"},\
            {"org":"01920000-0000-7000-8000-00000000000b","role":"TAKER"}],\
            "previous":"%s","subject":"custody:01920000-0000-7000-8000-000000000002",\
            "type":"custody.accepted","version":"1"}""".formatted("ab".repeat(32), "0f".repeat(32));

    @Test
    void itsBytesAreTheCanonicalForm() {
        assertEquals(CANONICAL, new String(ACT.bytes(), StandardCharsets.UTF_8));
        assertEquals("fe3a2427fc0b91852110c0e3c783519aa6c2afcd535625dbe3abf16b18fc1e39", ACT.digest());
    }

    @Test
    void readingItsBytesGivesItBack() {
        assertEquals(ACT, Act.parse(ACT.bytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"version\":\"1\"|\"version\":1",
                "\"version\":\"1\"|\"version\":\"01\"",
                "\"version\":\"1\"}|\"version\":\"1\",\"version\":\"1\"}",
                "\"version\":\"1\"}|\"version\":\"1\",\"zeal\":\"x\"}",
                "\"version\":\"1\"}|\"version\":\"1\"} ",
                "\"version\":\"1\"}|\"version\":\"1\"}{}",
                "\"type\":|\"type\" :",
                "custody.accepted|custody\\u002eaccepted",
                "08:00:00.120Z|08:00:00.12Z",
                "08:00:00.120Z|08:00:00.120001Z",
                "08:00:00.120Z|16:00:00.120+08:00",
                "GIVER|DONOR",
                "000000000001\"|00000000001\"",
                "00000000000a|00000000000A",
                "\"SM3\"|\"MD5\"",
                "custody:|lease:",
                "完好|\\ud800"
            })
    void anythingButTheCanonicalFormIsRefused(String change) {
        String[] parts = change.split("\\|");
        String changed = CANONICAL.replace(parts[0], parts[1]);
        assertThrows(MalformedAct.class, () -> Act.parse(changed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = ACT.bytes();
        bytes[20] = (byte) 0xC3;
        assertThrows(MalformedAct.class, () -> Act.parse(bytes));
    }

    @Test
    void aNumberHasNoPlaceInABody() {
        assertThrows(MalformedAct.class, () -> CanonicalJson.write(Map.of("amount", 12)));
    }

    @Test
    void nestingWithoutEndIsRefusedAndNotAStackOverflow() {
        String deep = "{\"a\":".repeat(900) + "null" + "}".repeat(900);
        assertThrows(MalformedAct.class, () -> CanonicalJson.read(deep));
    }

    @Test
    void itsBodyCannotBeChangedAfterwards() {
        Map<String, Object> body = new HashMap<>(Map.of("reason", "RECALL"));
        Act act = new Act(
                ACT.id(),
                "hold.placed",
                1,
                Subject.holds(ACT.subject().id()),
                ACT.occurredAt(),
                List.of(),
                body,
                List.of(),
                null);
        byte[] before = act.bytes();
        body.put("reason", "OTHER");
        assertArrayEquals(before, act.bytes());
        assertThrows(UnsupportedOperationException.class, () -> act.body().put("a", "b"));
    }

    @Test
    void namesAreSortedByTheirUtf16CodeUnits() {
        assertEquals(
                "{\"\\r\":\"1\",\"1\":\"2\",\"é\":\"3\",\"€\":\"4\",\"😀\":\"5\",\"\uFB33\":\"6\"}",
                CanonicalJson.write(Map.of("€", "4", "\r", "1", "\uFB33", "6", "1", "2", "😀", "5", "é", "3")));
    }
}
