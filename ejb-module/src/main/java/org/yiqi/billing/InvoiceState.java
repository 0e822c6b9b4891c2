package org.yiqi.billing;

/** How much of an invoice is paid. */
public enum InvoiceState {
    OPEN,
    PARTIALLY_PAID,
    PAID,
    /** The claim fell; only one for a damage can. */
    CANCELLED
}
