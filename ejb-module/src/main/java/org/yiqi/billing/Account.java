package org.yiqi.billing;

/** The accounts of an organisation's book, as far as rentals and disposals need them. */
public enum Account {
    BANK,
    RECEIVABLE,
    RENTAL_INCOME,
    PAYABLE,
    RENTAL_EXPENSE,
    /** What a bidder has lying with an owner. */
    DEPOSIT_PAID,
    /** What an owner owes bidders. */
    DEPOSIT_HELD,
    FORFEIT_INCOME,
    FORFEIT_EXPENSE,
    DISPOSAL_INCOME,
    /** What a recycler has bought to take apart. */
    SALVAGE
}
