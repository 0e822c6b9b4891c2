package org.yiqi.organisation;

import java.util.UUID;

/** A review found the organisation qualified; fired for the first approval and each renewal. */
public record OrganisationApproved(UUID orgId, OrganisationKind kind, UUID decidedBy) {}
