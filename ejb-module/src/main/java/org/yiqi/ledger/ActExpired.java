package org.yiqi.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Subject;

/**
 * A proposed act ran out of time before everybody had signed: what waited for it will not happen, and its place in the
 * subject's chain is free again.
 *
 * @param reference the business process that {@link NewAct} named
 */
public record ActExpired(
        UUID actId, String type, Subject subject, @Nullable UUID reference) {}
