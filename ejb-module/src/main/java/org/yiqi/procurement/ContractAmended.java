package org.yiqi.procurement;

import java.util.UUID;

/** Both sides have signed a change of a contract. */
public record ContractAmended(UUID contract) {}
