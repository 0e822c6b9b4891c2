package org.yiqi.organisation;

import java.util.UUID;

/** A regulator ended the qualification for good. */
public record OrganisationRevoked(UUID orgId, UUID regulatorId, String reason) {}
