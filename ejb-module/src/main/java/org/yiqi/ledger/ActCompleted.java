package org.yiqi.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Subject;

/**
 * The last signature that a proposed act needed is there: the business change that it stands for happens now, in the same
 * transaction. The act itself reaches the ledger a moment later.
 *
 * @param reference the business process that {@link NewAct} named
 */
public record ActCompleted(
        UUID actId, String type, Subject subject, @Nullable UUID reference) {}
