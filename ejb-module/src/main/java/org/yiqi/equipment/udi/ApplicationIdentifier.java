package org.yiqi.equipment.udi;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GS1 application identifier that stands on medical devices, and how long its value is.
 *
 * @param separated whether a raw string ends the value with FNC1 (the General Specifications' table of predefined
 *     lengths says for which identifiers it does not)
 */
record ApplicationIdentifier(String digits, int shortest, int longest, boolean numeric, boolean separated) {

    private static final Map<String, ApplicationIdentifier> KNOWN = new HashMap<>();

    static {
        fixed("00", 18);
        fixed("01", 14);
        fixed("02", 14);
        for (String date : new String[] {"11", "12", "13", "15", "16", "17"}) {
            fixed(date, 6);
        }
        fixed("20", 2);
        text("10", 20);
        text("21", 20);
        text("22", 20);
        text("235", 28);
        text("240", 30);
        text("241", 30);
        number("242", 1, 6);
        text("243", 20);
        text("250", 30);
        text("251", 30);
        text("253", 30);
        text("254", 20);
        number("30", 1, 8);
        number("37", 1, 8);
        text("400", 30);
        number("410", 13, 13);
        number("414", 13, 13);
        number("422", 3, 3);
        number("7003", 10, 10);
        for (int country = 710; country <= 717; country++) {
            text(Integer.toString(country), 20);
        }
        text("8004", 30);
        number("8008", 8, 12);
        text("8012", 20);
        text("8013", 25);
        text("90", 30);
        for (int internal = 91; internal <= 99; internal++) {
            text(Integer.toString(internal), 90);
        }
    }

    static boolean knows(String digits) {
        return KNOWN.containsKey(digits);
    }

    static ApplicationIdentifier of(String digits) {
        ApplicationIdentifier known = KNOWN.get(digits);
        if (known == null) {
            throw UdiRefused.format("The application identifier (" + digits + ") is not one of medical devices.");
        }
        return known;
    }

    /** The identifier that a raw string goes on with; no known one is the beginning of another. */
    static ApplicationIdentifier startOf(String rest) {
        for (int length = 2; length <= Math.min(4, rest.length()); length++) {
            @Nullable ApplicationIdentifier known = KNOWN.get(rest.substring(0, length));
            if (known != null) {
                return known;
            }
        }
        throw UdiRefused.format("No application identifier of medical devices at \""
                + rest.substring(0, Math.min(4, rest.length())) + "\".");
    }

    void check(String value) {
        if (value.length() < shortest || value.length() > longest) {
            throw UdiRefused.format("(" + digits + ") takes "
                    + (shortest == longest ? longest : shortest + " to " + longest) + " characters, not "
                    + value.length() + ".");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (numeric ? c < '0' || c > '9' : c < '!' || c > 'z' || "#$@[\\]^`".indexOf(c) >= 0) {
                throw UdiRefused.format("(" + digits + ") has a character that GS1 does not allow there.");
            }
        }
    }

    private static void fixed(String digits, int length) {
        KNOWN.put(digits, new ApplicationIdentifier(digits, length, length, true, false));
    }

    private static void number(String digits, int shortest, int longest) {
        KNOWN.put(digits, new ApplicationIdentifier(digits, shortest, longest, true, !digits.startsWith("41")));
    }

    private static void text(String digits, int longest) {
        KNOWN.put(digits, new ApplicationIdentifier(digits, 1, longest, false, true));
    }
}
