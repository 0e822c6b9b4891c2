package org.yiqi.disposal;

import org.yiqi.shared.Roles;

/** Who signs a disposal in the owner's house, in the order of the ladder. */
public enum ApprovalStep {
    /** The technical committee: is it really at its end? */
    COMMITTEE(Roles.COMMITTEE),
    FINANCE(Roles.FINANCE),
    PARTY_COMMITTEE(Roles.PARTY_COMMITTEE);

    private final String role;

    ApprovalStep(String role) {
        this.role = role;
    }

    /** The right that the step asks for. */
    public String role() {
        return role;
    }
}
