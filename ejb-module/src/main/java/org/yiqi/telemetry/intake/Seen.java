package org.yiqi.telemetry.intake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.yiqi.telemetry.domain.Envelope;

/** What one batch tells of a device's rhythm: its first and last entry and how many there were. */
record Seen(
        Instant first, Instant last, int entries, @Nullable Long seq) {

    static Seen by(Envelope entry) {
        return new Seen(entry.at(), entry.at(), 1, entry.seq());
    }

    Seen with(Seen other) {
        boolean later = !other.last.isBefore(last);
        return new Seen(
                other.first.isBefore(first) ? other.first : first,
                later ? other.last : last,
                entries + other.entries,
                later ? other.seq : seq);
    }

    double spanSeconds() {
        return Duration.between(first, last).toMillis() / 1000.0;
    }
}
