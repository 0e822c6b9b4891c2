package org.yiqi.telemetry.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yiqi.telemetry.domain.Unreadable.Reason;

class EnvelopeTest {

    private static final UUID DEVICE = UUID.fromString("019e0000-0000-7000-8000-0000000000aa");
    private static final Instant NOW = Instant.parse("2026-03-03T10:14:30Z");
    private static final Map<String, Short> METRICS = Map.of("coolingTemperature", (short) 1, "heliumLevel", (short) 2);

    @Test
    void oneEntryIsRead() throws Exception {
        List<Envelope> entries =
                parse("{\"seq\":1,\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"coolingTemperature\":6.4}}");
        assertEquals(1, entries.size());
        assertEquals(
                List.of(new Reading(DEVICE, (short) 1, Instant.parse("2026-03-03T10:14:00Z"), 6.4)),
                readings(entries.get(0)));
    }

    @Test
    void anArrayOfEntriesIsReadInOrder() throws Exception {
        List<Envelope> entries = parse(
                "[{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":71}},{\"at\":\"2026-03-03T18:14:01.5+08:00\",\"values\":{\"heliumLevel\":7.1e1},\"quality\":\"GOOD\"}]");
        assertEquals(2, entries.size());
        assertEquals(Instant.parse("2026-03-03T10:14:01.500Z"), entries.get(1).at());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "7",
                "{}",
                "[1]",
                "[{]",
                "{\"at\":\"2026-03-03T10:14:00Z\"}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{}}",
                "{\"at\":\"yesterday\",\"values\":{\"heliumLevel\":1}}",
                "{\"at\":\"2026-03-03T10:14:00\",\"values\":{\"heliumLevel\":1}}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":\"1\"}}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":null}}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":1e999}}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":1},\"seq\":1.5}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":1},\"nobody\":1}",
                "{\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":1}}x"
            })
    void whatIsNotTheAgreedJsonIsMalformed(String payload) {
        assertEquals(
                Reason.MALFORMED,
                assertThrows(Unreadable.class, () -> parse(payload)).reason());
    }

    @Test
    void anEntryInTheNameOfAnotherDeviceIsSpoofed() {
        String payload = "{\"deviceId\":\"" + UUID.randomUUID()
                + "\",\"at\":\"2026-03-03T10:14:00Z\",\"values\":{\"heliumLevel\":1}}";
        assertEquals(
                Reason.SPOOFED,
                assertThrows(Unreadable.class, () -> parse(payload)).reason());
    }

    @Test
    void anUndefinedMetricAndImpossibleTimesAreNamed() throws Exception {
        assertEquals(Reason.UNKNOWN_METRIC, refusal("2026-03-03T10:14:00Z", "phase"));
        assertEquals(Reason.IN_THE_FUTURE, refusal("2026-03-03T10:20:00Z", "heliumLevel"));
        assertEquals(Reason.TOO_OLD, refusal("2025-03-03T10:14:00Z", "heliumLevel"));
    }

    private static Reason refusal(String at, String metric) throws Unreadable {
        Envelope entry = parse("{\"at\":\"" + at + "\",\"values\":{\"" + metric + "\":1}}")
                .get(0);
        return assertThrows(Unreadable.class, () -> readings(entry)).reason();
    }

    private static List<Envelope> parse(String payload) throws Unreadable {
        return Envelope.parse(DEVICE, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Reading> readings(Envelope entry) throws Unreadable {
        return entry.readings(DEVICE, METRICS, NOW, NOW.minus(Duration.ofDays(90)));
    }
}
