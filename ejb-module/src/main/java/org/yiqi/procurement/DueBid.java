package org.yiqi.procurement;

import java.util.UUID;

/**
 * A bid whose envelope is to be opened.
 *
 * @param manifest its public half; the ledger has its digest
 */
public record DueBid(UUID bid, String manifest) {}
