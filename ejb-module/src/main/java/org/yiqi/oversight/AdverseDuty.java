package org.yiqi.oversight;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the law demands after an adverse event: NOTICE or REPORT, until when, and how it was answered. */
public record AdverseDuty(
        String duty, Instant dueAt, Instant redAt, @Nullable Instant doneAt, String answer) {}
