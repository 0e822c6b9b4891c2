package org.yiqi.rental;

/** The acts of custody in a rental. */
public enum HandoverKind {
    /** The owner offers the unit when it leaves. */
    OFFERED("custody.offered"),
    /** The lessee takes it: both sign. */
    ACCEPTED("custody.accepted"),
    /** The owner takes it back: both sign. */
    RETURNED("custody.returned");

    private final String actType;

    HandoverKind(String actType) {
        this.actType = actType;
    }

    public String actType() {
        return actType;
    }
}
