package org.yiqi.ledger.fabric;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.gateway.PreparedTransaction;
import org.yiqi.contract.receipt.Receipt;

/** Takes receipts out of what the gateway client prepared. */
final class Receipts {

    private Receipts() {}

    static Receipt of(byte[] prepared) {
        try {
            return Receipt.of(PreparedTransaction.parseFrom(prepared).getEnvelope());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the gateway client prepares what it can read", e);
        }
    }
}
