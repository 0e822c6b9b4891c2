package org.yiqi.billing;

/** The accounts of an organisation's book, as far as rentals need them. */
public enum Account {
    BANK,
    RECEIVABLE,
    RENTAL_INCOME,
    PAYABLE,
    RENTAL_EXPENSE
}
