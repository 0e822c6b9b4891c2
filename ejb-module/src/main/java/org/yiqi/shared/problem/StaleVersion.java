package org.yiqi.shared.problem;

/** The caller changed an older version than the stored one. HTTP 412. */
public final class StaleVersion extends BusinessException {

    public StaleVersion() {
        super("shared.stale-version", "Someone else changed this in the meantime", null);
    }

    /** Refuses when a change that named the version the caller saw has met no row. */
    public static void checkChanged(int rows) {
        if (rows == 0) {
            throw new StaleVersion();
        }
    }

    /** Refuses unless the version the caller saw is the stored one. */
    public static void check(long seen, long stored) {
        if (seen != stored) {
            throw new StaleVersion();
        }
    }
}
