package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adverse event.
 *
 * @param state OPEN until everything that is due is answered, then REPORTED, at last ASSESSED by a regulator
 * @param knownAt from when the clocks run
 * @param duty what is due next: NOTICE or REPORT; empty when all is answered
 * @param red whether that is near its end or beyond
 */
public record AdverseEventView(
        UUID id,
        long version,
        String number,
        UUID orgId,
        String orgZh,
        String orgEn,
        UUID unitId,
        String nameZh,
        String nameEn,
        String serial,
        Harm harm,
        Instant happenedAt,
        Instant knownAt,
        String what,
        String state,
        String duty,
        @Nullable Instant dueAt,
        boolean red,
        String assessment,
        @Nullable Instant assessedAt) {

    /** What happened to people. */
    public enum Harm {
        DEATH,
        INJURY,
        /** Several people at one place by one product. */
        GROUP
    }
}
