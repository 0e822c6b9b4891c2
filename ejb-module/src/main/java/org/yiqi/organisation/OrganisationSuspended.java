package org.yiqi.organisation;

import java.util.UUID;

/** A regulator stopped the organisation's new business. */
public record OrganisationSuspended(UUID orgId, UUID regulatorId, String reason) {}
