package org.yiqi.shared.problem;

/** The caller changed an older version than the stored one. HTTP 412. */
public final class StaleVersion extends BusinessException {

    public StaleVersion() {
        super("shared.stale-version", "Someone else changed this in the meantime", null);
    }

    /** Refuses unless the version the caller saw is the stored one. */
    public static void check(long seen, long stored) {
        if (seen != stored) {
            throw new StaleVersion();
        }
    }
}
