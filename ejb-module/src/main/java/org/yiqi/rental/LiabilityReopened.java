package org.yiqi.rental;

import java.util.UUID;

/** The ledger refused the act on which charges stood: they are taken back. */
public record LiabilityReopened(UUID liabilityId, UUID proposalId) {}
