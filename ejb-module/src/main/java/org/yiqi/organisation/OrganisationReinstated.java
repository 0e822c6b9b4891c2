package org.yiqi.organisation;

import java.util.UUID;

/** A regulator lifted a suspension. */
public record OrganisationReinstated(UUID orgId, UUID regulatorId, String reason) {}
