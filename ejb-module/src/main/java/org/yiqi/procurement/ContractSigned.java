package org.yiqi.procurement;

import java.util.UUID;

/** Both sides have signed a contract. */
public record ContractSigned(UUID contract) {}
