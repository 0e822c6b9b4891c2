package org.yiqi.telemetry.domain;

/** Why a message cannot be taken in; it becomes a dead letter with this reason. */
public final class Unreadable extends Exception {

    /** The reasons, stable because pages and programs filter by them. */
    public enum Reason {
        /** Not the JSON that was agreed. */
        MALFORMED,
        /** A metric that is not defined. */
        UNKNOWN_METRIC,
        /** The message names another device than the one that published it. */
        SPOOFED,
        /** The broker refused a device that reached for a topic not its own. */
        REFUSED,
        /** No unit of that id has a credential. */
        UNKNOWN_DEVICE,
        /** Dated more than five minutes ahead. */
        IN_THE_FUTURE,
        /** Dated before what is kept. */
        TOO_OLD
    }

    private final Reason reason;

    public Unreadable(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Unreadable(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
