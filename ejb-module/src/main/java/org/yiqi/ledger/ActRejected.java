package org.yiqi.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Subject;

/**
 * The ledger refused an act that the business had already acted on. Its subject is stopped until a person has looked;
 * the area that caused the act compensates.
 *
 * @param refusal code such as {@code ledger.chain-break}
 * @param reference the business process that {@link NewAct} named
 */
public record ActRejected(
        UUID actId,
        String type,
        Subject subject,
        String refusal,
        @Nullable UUID reference) {}
