package org.yiqi.web.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.telemetry.LiveReading;

/**
 * The last minutes of what went to open pages, numbered, so that a page whose connection broke hears what it missed. Not
 * thread-safe: its hub takes turns.
 */
final class LiveLog {

    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int MOST = 50_000;

    /** One numbered event: readings, or the units whose alerts moved. */
    record Entry(long seq, Instant at, List<LiveReading> readings, Set<UUID> alerted) {

        int size() {
            return readings.size() + alerted.size();
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long last;
    private int size;

    long last() {
        return last;
    }

    Entry add(List<LiveReading> readings, Set<UUID> alerted, Instant now) {
        Entry entry = new Entry(++last, now, readings, alerted);
        entries.addLast(entry);
        size += entry.size();
        while (!entries.isEmpty() && (size > MOST || entries.peekFirst().at().isBefore(now.minus(KEPT)))) {
            size -= entries.removeFirst().size();
        }
        return entry;
    }

    /** Nobody listens and nobody will come back: what happens is counted and not kept. */
    void skip() {
        last++;
        entries.clear();
        size = 0;
    }

    /** What came after {@code seq}; empty when that is not known any more, and whoever asks has to read anew. */
    Optional<List<Entry>> after(long seq) {
        if (seq < 0 || seq > last) {
            return Optional.empty();
        }
        long firstKept = entries.isEmpty() ? last + 1 : entries.peekFirst().seq();
        return seq + 1 < firstKept
                ? Optional.empty()
                : Optional.of(entries.stream().filter(e -> e.seq() > seq).toList());
    }
}
