package org.yiqi.oversight;

import java.util.EnumSet;
import java.util.Set;

/** How far a case has come. */
public enum CaseStage {
    /** A regulator means to look into something. */
    PLANNED,
    /** The watch or a report has raised it. */
    ALERTED,
    /** Who looks into what, and by which remit, is decided. */
    SCOPED,
    /** The organisation concerned is asked for evidence. */
    QUERY,
    /** What was found is written down. */
    FINDING,
    /** The organisation concerned may say what it has to say. */
    RESPONSE,
    /** Rectification or a sanction is in force. */
    DECISION,
    /** Somebody has looked whether the decision was followed. */
    FOLLOW_UP,
    CLOSED;

    /** Whether a case may go from this stage to another by {@link CaseWork#advance}. */
    boolean leadsTo(CaseStage next) {
        return switch (this) {
            case PLANNED, ALERTED -> next == SCOPED;
            case SCOPED, QUERY -> next == QUERY || next == FINDING;
            case FINDING -> next == RESPONSE;
            case DECISION -> next == FOLLOW_UP;
            case RESPONSE, FOLLOW_UP, CLOSED -> false;
        };
    }

    /** Stages in which it may simply be closed: before somebody was asked, and after the decision was followed up. */
    static Set<CaseStage> closable() {
        return EnumSet.of(PLANNED, ALERTED, SCOPED, FOLLOW_UP);
    }

    /** Whether the organisation concerned is to answer. */
    public boolean asks() {
        return this == QUERY || this == RESPONSE;
    }
}
