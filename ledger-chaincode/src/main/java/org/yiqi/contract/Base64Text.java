package org.yiqi.contract;

import java.util.Base64;

/** Base64 has several spellings of the same bytes; only the one that the encoder writes counts, so that no bit of a proof is free. */
public final class Base64Text {

    private Base64Text() {}

    /** @throws IllegalArgumentException if it is not the plain Base64 of any bytes */
    public static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the plain Base64 of any bytes");
        }
        return bytes;
    }
}
