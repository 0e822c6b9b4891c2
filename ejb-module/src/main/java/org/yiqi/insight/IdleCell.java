package org.yiqi.insight;

import java.time.Instant;

/** Two hours of this week: how many of the organisation's usable devices nobody has booked. */
public record IdleCell(Instant from, int idle, int usable) {

    /** How idle, as a percentage. */
    public int share() {
        return usable == 0 ? 0 : Math.round(100f * idle / usable);
    }
}
