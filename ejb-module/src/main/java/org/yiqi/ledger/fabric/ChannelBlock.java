package org.yiqi.ledger.fabric;

import java.util.List;
import java.util.Map;

/**
 * A block of the channel, as far as one contract is concerned.
 *
 * @param hash of its header: what the next block names as its previous
 */
public record ChannelBlock(long number, String previousHash, String hash, List<Transaction> transactions) {

    public ChannelBlock {
        transactions = List.copyOf(transactions);
    }

    /**
     * A transaction of the block.
     *
     * @param index its place in the block
     * @param code {@code VALID}, or why the peers did not take it
     * @param function of the contract, empty for what is not about it
     * @param answer what the contract answered, as the endorsers signed it
     * @param writes what it set in the contract's state
     */
    public record Transaction(
            int index, String id, String code, String function, String answer, Map<String, String> writes) {

        public Transaction {
            writes = Map.copyOf(writes);
        }

        /** Whether the peers took it. */
        public boolean valid() {
            return code.equals("VALID");
        }
    }
}
