package org.yiqi.maintenance;

/** What a technician waits for. Only waiting for ordered parts stops the clock of the repair. */
public enum WaitReason {
    PARTS,
    SITE
}
