package org.yiqi.procurement;

/** A part of a bid that is opened by itself, in this order. */
public enum Envelope {
    TECHNICAL,
    PRICE
}
