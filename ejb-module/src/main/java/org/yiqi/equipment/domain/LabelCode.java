package org.yiqi.equipment.domain;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What a label says: twelve random characters and a check character, and nothing about the device. Random, because the
 * code opens the page that reports a fault without a login; without I, L, O and U, because people read it aloud.
 */
public final class LabelCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_CHARACTERS = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private LabelCode() {}

    public static String random() {
        StringBuilder code = new StringBuilder(RANDOM_CHARACTERS + 1);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.append(check(code)).toString();
    }

    /** The code as stored, from what a person typed or a scanner read; empty when its check character is wrong. */
    public static Optional<String> read(String entered) {
        String code = entered.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace(" ", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean wellFormed = code.length() == RANDOM_CHARACTERS + 1
                && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && code.charAt(RANDOM_CHARACTERS) == check(code.substring(0, RANDOM_CHARACTERS));
        return wellFormed ? Optional.of(code) : Optional.empty();
    }

    /** In groups of four, with the check character apart: as printed. */
    public static String printed(String code) {
        return code.substring(0, 4) + "-" + code.substring(4, 8) + "-" + code.substring(8, 12) + "-"
                + code.substring(12);
    }

    /** Luhn's sum over 32 characters: finds every single wrong character and nearly every swapped pair. */
    private static char check(CharSequence code) {
        int size = ALPHABET.length();
        int sum = 0;
        for (int i = 0; i < code.length(); i++) {
            int factor = (code.length() - i) % 2 == 1 ? 2 : 1;
            int product = factor * ALPHABET.indexOf(code.charAt(i));
            sum += product / size + product % size;
        }
        return ALPHABET.charAt((size - sum % size) % size);
    }
}
