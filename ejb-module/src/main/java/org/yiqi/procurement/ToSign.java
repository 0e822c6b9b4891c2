package org.yiqi.procurement;

import java.util.Base64;
import org.yiqi.contract.Act;

/**
 * An act that the bid's one-time key has to sign.
 *
 * @param bytes what the signature covers, in Base64
 * @param digest SHA-256 of them
 */
public record ToSign(String bytes, String digest) {

    static ToSign of(Act act) {
        return new ToSign(Base64.getEncoder().encodeToString(act.bytes()), act.digest());
    }
}
