/**
 * Talking to a Hyperledger Fabric channel: the network's description, transactions, receipts and blocks. Knows nothing of
 * the database; what is done with it is decided in {@code org.yiqi.ledger}.
 */
@NullMarked
package org.yiqi.ledger.fabric;

import org.jspecify.annotations.NullMarked;
