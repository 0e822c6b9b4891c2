package org.yiqi.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of many acts that were proposed together.
 *
 * @param actId the act, or null if the ledger would not take it
 * @param refusal why not, as a code; otherwise empty
 */
public record Proposed(@Nullable UUID actId, String refusal) {}
