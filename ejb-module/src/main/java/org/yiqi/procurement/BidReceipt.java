package org.yiqi.procurement;

/**
 * What a bidder has in hand: that its bid was here in time, whatever becomes of the platform.
 *
 * @param receipt canonical JSON: tender, lot, bid, version, commitment, digest of the act, time and its RFC 3161 token
 * @param signature the platform's over the receipt's bytes: DER in Base64
 */
public record BidReceipt(String receipt, String signature) {}
