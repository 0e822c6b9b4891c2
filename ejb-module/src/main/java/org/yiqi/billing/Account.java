package org.yiqi.billing;

/** The accounts of an organisation's book, as far as rentals and what happens in them need them. */
public enum Account {
    BANK,
    RECEIVABLE,
    RENTAL_INCOME,
    PAYABLE,
    RENTAL_EXPENSE,
    /** What the owner keeps for a lessee and owes it until it is captured. */
    DEPOSIT_HELD,
    /** What a lessee has left with an owner. */
    DEPOSIT_GIVEN,
    /** What comes in for a damage. */
    DAMAGE_RECOVERY,
    DAMAGE_EXPENSE
}
