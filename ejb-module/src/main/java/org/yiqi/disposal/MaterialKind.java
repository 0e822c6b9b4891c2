package org.yiqi.disposal;

/** What a device is made of, for the weights of its end. */
public enum MaterialKind {
    STEEL,
    ALUMINIUM,
    COPPER,
    PLASTIC,
    GLASS,
    CIRCUIT_BOARD,
    BATTERY,
    LEAD,
    OTHER
}
