package org.yiqi.organisation;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Ten codes for the day when the telephone is lost: fifty random bits each, stored as hashes, each good once. */
final class RecoveryCodes {

    static final int NUMBER = 10;

    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveryCodes() {}

    static List<String> fresh() {
        List<String> codes = new ArrayList<>();
        while (codes.size() < NUMBER) {
            StringBuilder code = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                code.append(i == LENGTH / 2 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
            }
            codes.add(code.toString());
        }
        return codes;
    }

    /** The code as it is stored, however it was typed. */
    static String hash(UUID person, String typed) {
        String code = typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return HexFormat.of().formatHex(Logins.hash(person + "|" + code));
    }
}
