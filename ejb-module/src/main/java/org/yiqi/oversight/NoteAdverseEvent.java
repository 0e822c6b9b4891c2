package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;

/**
 * An adverse event to note.
 *
 * @param knownAt when the organisation got to know of it: the clocks run from then
 * @param what what the device did; nothing about the patient that could name one
 */
public record NoteAdverseEvent(
        UUID unitId, AdverseEventView.Harm harm, Instant happenedAt, Instant knownAt, String what) {}
