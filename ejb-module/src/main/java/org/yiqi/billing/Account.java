package org.yiqi.billing;

/** The accounts of an organisation's book, as far as rentals, what happens in them, purchases and disposals need them. */
public enum Account {
    BANK,
    RECEIVABLE,
    RENTAL_INCOME,
    PAYABLE,
    RENTAL_EXPENSE,
    /** What the owner keeps for a lessee or a bidder and owes it until it is captured. */
    DEPOSIT_HELD,
    /** What a lessee or a bidder has left with an owner. */
    DEPOSIT_GIVEN,
    /** What comes in for a damage. */
    DAMAGE_RECOVERY,
    DAMAGE_EXPENSE,
    FORFEIT_INCOME,
    FORFEIT_EXPENSE,
    DISPOSAL_INCOME,
    /** What a recycler has bought to take apart. */
    SALVAGE,
    /** What a hospital has bought under a contract. */
    EQUIPMENT,
    SALES_INCOME
}
