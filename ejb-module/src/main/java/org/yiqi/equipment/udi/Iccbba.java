package org.yiqi.equipment.udi;

import java.time.LocalDate;
import java.util.regex.Pattern;

/** ISBT 128 data structures of ICCBBA, for devices that contain human tissue and for blood bags. */
final class Iccbba {

    private static final Pattern PRODUCT = Pattern.compile("[A-Z0-9]{16}");
    private static final Pattern CONTAINER = Pattern.compile("[A-Z0-9]{10}");
    private static final Pattern DONATION = Pattern.compile("[A-Z0-9]{15}");

    private Iccbba() {}

    static boolean recognises(String text) {
        return text.startsWith("=") || text.startsWith("&");
    }

    static void checkDeviceIdentifier(String identifier) {
        if (!PRODUCT.matcher(identifier).matches()
                && !CONTAINER.matcher(identifier).matches()) {
            throw UdiRefused.format(
                    "An ICCBBA device identifier has 16 capitals and digits (tissue) or 10 (blood bags): \""
                            + identifier + "\" has not.");
        }
    }

    static Udi parse(String text) {
        UdiDraft draft = new UdiDraft(UdiIssuer.ICCBBA);
        int at = 0;
        while (at < text.length()) {
            at = structure(text, at, draft);
        }
        return draft.finish();
    }

    private static int structure(String text, int at, UdiDraft draft) {
        String identifier = text.substring(at, Math.min(at + 2, text.length()));
        switch (identifier) {
            case "=/" -> draft.deviceIdentifier(product(value(text, at + 2, 16)));
            case "=)" -> draft.deviceIdentifier(product(value(text, at + 2, 10)));
            case "=," -> draft.serial(value(text, at + 2, 6));
            case "=>" -> draft.expires(date(value(text, at + 2, 6)));
            case "=}" -> draft.manufactured(date(value(text, at + 2, 6)));
            case "&)" -> draft.lot(value(text, at + 2, 10));
            case "&," -> draft.lot(lot(value(text, at + 2, 19)));
            case "=<" -> draft.other("=<", value(text, at + 2, 8));
            default -> {
                return donation(text, at, draft);
            }
        }
        return at + 2 + lengthOf(identifier);
    }

    private static int lengthOf(String identifier) {
        return switch (identifier) {
            case "=/" -> 16;
            case "=)", "&)" -> 10;
            case "&," -> 19;
            case "=<" -> 8;
            default -> 6;
        };
    }

    /** A donation identification number has the one-character identifier "=", followed by a letter or digit. */
    private static int donation(String text, int at, UdiDraft draft) {
        if (text.charAt(at) != '=') {
            throw UdiRefused.format("ICCBBA has no data identifier at character " + (at + 1) + ".");
        }
        String number = value(text, at + 1, 15);
        if (!DONATION.matcher(number).matches()) {
            throw UdiRefused.format("\"" + number + "\" is not a donation identification number.");
        }
        draft.other("=", number);
        return at + 1 + 15;
    }

    private static String product(String identifier) {
        checkDeviceIdentifier(identifier);
        return identifier;
    }

    /** The first character says which lot structure follows; 1 is the only one in use. */
    private static String lot(String value) {
        if (value.charAt(0) != '1') {
            throw UdiRefused.format("ICCBBA has no lot structure " + value.charAt(0) + ".");
        }
        return value.substring(1);
    }

    /** cYYJJJ: the third digit of the year's century, year, day of the year. */
    private static LocalDate date(String value) {
        int century = CarrierDates.number(value.substring(0, 1));
        int year = (century >= 9 ? 1000 : 2000) + century * 100 + CarrierDates.number(value.substring(1, 3));
        return CarrierDates.dayOfYear(year, value.substring(3));
    }

    private static String value(String text, int from, int length) {
        if (text.length() < from + length) {
            throw UdiRefused.format("The text ends within a data structure.");
        }
        return text.substring(from, from + length);
    }
}
