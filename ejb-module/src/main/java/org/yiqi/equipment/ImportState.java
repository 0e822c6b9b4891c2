package org.yiqi.equipment;

/** How far an import is. */
public enum ImportState {
    QUEUED,
    RUNNING,
    DONE,
    /** The file could not be read to its end; what was read before is in. */
    FAILED,
    /** The server stopped meanwhile; start it again, what is in already stays unchanged. */
    INTERRUPTED
}
