package org.yiqi.procurement;

import java.util.UUID;

/** A plan has all its signatures: it may be put out to tender. */
public record PlanApproved(UUID plan) {}
