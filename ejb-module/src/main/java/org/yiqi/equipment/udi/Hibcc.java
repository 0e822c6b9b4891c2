package org.yiqi.equipment.udi;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * The HIBC supplier labeling standard: primary data (labeller, product, packaging level), secondary data (lot or serial,
 * expiry, quantity) after a slash or as a second symbol, and supplements, guarded by a modulo 43 check character.
 */
record Hibcc(LocalDate today) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    private static final Pattern DEVICE_IDENTIFIER = Pattern.compile("[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]");
    private static final Pattern TWO_SYMBOLS = Pattern.compile("(\\+\\S+)\\s+(\\+\\S+)");

    static boolean recognises(String text) {
        return text.startsWith("+") || text.startsWith("*+");
    }

    Udi parse(String entered) {
        String text = withoutAsterisks(entered);
        UdiDraft draft = new UdiDraft(UdiIssuer.HIBCC);
        var symbols = TWO_SYMBOLS.matcher(text);
        if (symbols.matches()) {
            String primary = symbols.group(1);
            String secondary = symbols.group(2);
            char link = primary.charAt(primary.length() - 1);
            if (secondary.length() < 4 || secondary.charAt(secondary.length() - 2) != link) {
                throw UdiRefused.checkDigit("The second symbol's link character is not the first symbol's check.");
            }
            primary(checked(primary), draft);
            String body = checked(secondary);
            segment(body.substring(0, body.length() - 1), draft);
        } else {
            String[] segments = checked(text).split("/", -1);
            primary(segments[0], draft);
            for (int i = 1; i < segments.length; i++) {
                segment(segments[i], draft);
            }
        }
        return draft.finish();
    }

    private static String withoutAsterisks(String text) {
        String bare = text.startsWith("*") ? text.substring(1) : text;
        return bare.length() > 1 && bare.endsWith("*") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** What stands between the leading plus sign and the check character, once that has been found right. */
    private static String checked(String symbol) {
        if (symbol.endsWith(" ") && checkCharacter(symbol.substring(0, symbol.length() - 1)) != ' ') {
            return checked(symbol.stripTrailing());
        }
        if (symbol.length() < 4) {
            throw UdiRefused.format("A HIBC symbol is longer than \"" + symbol + "\".");
        }
        // A check character that is a space is printed as an underscore.
        char given = symbol.charAt(symbol.length() - 1) == '_' ? ' ' : symbol.charAt(symbol.length() - 1);
        String guarded = symbol.substring(0, symbol.length() - 1);
        char expected = checkCharacter(guarded);
        if (given != expected) {
            throw UdiRefused.checkDigit("The check character is " + given + " and should be " + expected + ".");
        }
        return guarded.substring(1);
    }

    static char checkCharacter(String guarded) {
        int sum = 0;
        for (int i = 0; i < guarded.length(); i++) {
            int value = ALPHABET.indexOf(guarded.charAt(i));
            if (value < 0) {
                throw UdiRefused.format("HIBC has no character \"" + guarded.charAt(i) + "\".");
            }
            sum += value;
        }
        return ALPHABET.charAt(sum % ALPHABET.length());
    }

    static void checkDeviceIdentifier(String identifier) {
        if (!DEVICE_IDENTIFIER.matcher(identifier).matches()) {
            throw UdiRefused.format("A HIBC device identifier is a labeller code (a letter and three characters), "
                    + "a product code and a packaging level: \"" + identifier + "\" is not.");
        }
    }

    private static void primary(String data, UdiDraft draft) {
        checkDeviceIdentifier(data);
        draft.deviceIdentifier(data);
    }

    private void segment(String data, UdiDraft draft) {
        if (data.startsWith("$$+")) {
            afterExpiry(data.substring(3), true, draft);
        } else if (data.startsWith("$$")) {
            afterExpiry(withoutQuantity(data.substring(2), draft), false, draft);
        } else if (data.startsWith("$+")) {
            draft.serial(data.substring(2));
        } else if (data.startsWith("$")) {
            draft.lot(data.substring(1));
        } else if (data.startsWith("16D")) {
            draft.manufactured(CarrierDates.full(data.substring(3)));
        } else if (data.startsWith("14D")) {
            draft.expires(CarrierDates.full(data.substring(3)));
        } else if (data.startsWith("S")) {
            draft.serial(data.substring(1));
        } else if (data.startsWith("Q")) {
            draft.other("Q", data.substring(1));
        } else if (data.length() >= 5 && Character.isDigit(data.charAt(0))) {
            draft.expires(new CarrierDates(today).dayOfYear(data.substring(0, 2), data.substring(2, 5)));
            lotOrSerial(data.substring(5), false, draft);
        } else {
            throw UdiRefused.format("\"" + data + "\" is not HIBC secondary data.");
        }
    }

    private static String withoutQuantity(String data, UdiDraft draft) {
        int digits = data.startsWith("8") ? 2 : data.startsWith("9") ? 5 : 0;
        if (digits == 0) {
            return data;
        }
        if (data.length() <= digits) {
            throw UdiRefused.format("The quantity is cut off.");
        }
        draft.other("Q", data.substring(1, 1 + digits));
        return data.substring(1 + digits);
    }

    /** The first character says how the expiry date is written; 7 says that there is none. */
    private void afterExpiry(String data, boolean serial, UdiDraft draft) {
        if (data.isEmpty()) {
            throw UdiRefused.format("The secondary data is empty.");
        }
        CarrierDates dates = new CarrierDates(today);
        int length =
                switch (data.charAt(0)) {
                    case '0', '1' -> 4;
                    case '2', '3' -> 7;
                    case '4' -> 9;
                    case '5' -> 6;
                    case '6' -> 8;
                    case '7' -> 1;
                    default -> throw UdiRefused.format("HIBC has no date format " + data.charAt(0) + ".");
                };
        if (data.length() < length) {
            throw UdiRefused.format("The expiry date is cut off.");
        }
        switch (data.charAt(0)) {
            case '0', '1' -> draft.expires(dates.monthAndDay(data.substring(2, 4), data.substring(0, 2), "00"));
            case '2' ->
                draft.expires(dates.monthAndDay(data.substring(5, 7), data.substring(1, 3), data.substring(3, 5)));
            case '3', '4' ->
                draft.expires(dates.monthAndDay(data.substring(1, 3), data.substring(3, 5), data.substring(5, 7)));
            case '5', '6' -> draft.expires(dates.dayOfYear(data.substring(1, 3), data.substring(3, 6)));
            default -> {}
        }
        lotOrSerial(data.substring(length), serial, draft);
    }

    private static void lotOrSerial(String value, boolean serial, UdiDraft draft) {
        if (value.isEmpty()) {
            return;
        }
        if (serial) {
            draft.serial(value);
        } else {
            draft.lot(value);
        }
    }
}
