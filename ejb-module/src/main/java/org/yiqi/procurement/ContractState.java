package org.yiqi.procurement;

/** Where a contract is: a draft, terms that the supplier reads, a document that waits for signatures, in force, changing, ended. */
public enum ContractState {
    DRAFTED,
    OFFERED,
    SIGNING,
    EFFECTIVE,
    AMENDING,
    TERMINATED
}
