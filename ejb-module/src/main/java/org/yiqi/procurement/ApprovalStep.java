package org.yiqi.procurement;

import org.yiqi.shared.Roles;

/** Who signs a plan, in the order of the ladder. */
public enum ApprovalStep {
    DEPARTMENT(Roles.CLINICAL),
    EQUIPMENT(Roles.EQUIPMENT),
    COMMITTEE(Roles.COMMITTEE),
    PARTY_COMMITTEE(Roles.PARTY_COMMITTEE),
    FINANCE(Roles.FINANCE);

    private final String role;

    ApprovalStep(String role) {
        this.role = role;
    }

    /** The right that the step asks for. */
    public String role() {
        return role;
    }
}
