package org.yiqi.ledger;

/** An act is complete: the relay need not wait for its next look. */
record ActQueued() {}
