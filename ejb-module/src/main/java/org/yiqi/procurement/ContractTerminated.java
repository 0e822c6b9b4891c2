package org.yiqi.procurement;

import java.util.UUID;

/** A buyer has ended a contract, signed or not. */
public record ContractTerminated(UUID contract) {}
