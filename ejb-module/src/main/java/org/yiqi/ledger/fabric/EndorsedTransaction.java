package org.yiqi.ledger.fabric;

/** A transaction that all who were asked have endorsed, signed and ready to be sent: the channel takes its id once. */
public final class EndorsedTransaction {

    private final String id;
    private final byte[] content;
    private final String answer;

    EndorsedTransaction(String id, byte[] content, String answer) {
        this.id = id;
        this.content = content.clone();
        this.answer = answer;
    }

    public String id() {
        return id;
    }

    /** What is sent, as often as needed. */
    public byte[] content() {
        return content.clone();
    }

    /** What the contract answered; it counts when a block says that the transaction is valid. */
    public String answer() {
        return answer;
    }
}
