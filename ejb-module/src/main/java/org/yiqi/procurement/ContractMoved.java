package org.yiqi.procurement;

import java.util.UUID;

/** A milestone of a contract was reported, decided or paid, or is expected on another day. */
public record ContractMoved(UUID contract) {}
