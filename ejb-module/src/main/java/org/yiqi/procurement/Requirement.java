package org.yiqi.procurement;

import org.jspecify.annotations.Nullable;

/**
 * What a bid has to meet.
 *
 * @param lot the lot that it is about; null for all
 * @param mandatory whether a bid that does not meet it is rejected
 */
public record Requirement(@Nullable String lot, String text, boolean mandatory) {}
