package org.yiqi.equipment.udi;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GS1 element strings: with parentheses as people read them, or raw with FNC1 as a scanner transmits them. */
record Gs1(LocalDate today) {

    private static final char FNC1 = '\u001d';
    private static final Pattern SYMBOLOGY = Pattern.compile("^](?:C1|d2|Q3|e0|J1)");
    private static final Pattern PARENTHESES = Pattern.compile("\\(([0-9]{2,4})\\)");
    private static final Pattern BARE_GTIN = Pattern.compile("[0-9]{8}|[0-9]{12,14}");
    private static final Pattern GTIN = Pattern.compile("[0-9]{14}");

    Udi parse(String text) {
        String bare = SYMBOLOGY.matcher(text).replaceFirst("").replace("<GS>", String.valueOf(FNC1));
        UdiDraft draft = new UdiDraft(UdiIssuer.GS1);
        if (bare.startsWith("(")) {
            readable(bare, draft);
        } else if (BARE_GTIN.matcher(bare).matches()) {
            deviceIdentifier("0".repeat(14 - bare.length()) + bare, draft);
        } else {
            raw(bare, draft);
        }
        return draft.finish();
    }

    private void readable(String text, UdiDraft draft) {
        Matcher identifier = PARENTHESES.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!identifier.find(at) || identifier.start() != at) {
                throw UdiRefused.format("Character " + (at + 1) + " should begin an application identifier.");
            }
            ApplicationIdentifier ai = ApplicationIdentifier.of(identifier.group(1));
            int from = identifier.end();
            int to = endOfValue(text, from);
            accept(ai, text.substring(from, to).strip(), draft);
            at = to;
        }
    }

    /** Parentheses may stand inside a lot, so only those around a known identifier end a value. */
    private static int endOfValue(String text, int from) {
        Matcher next = PARENTHESES.matcher(text);
        int at = from;
        while (next.find(at)) {
            if (ApplicationIdentifier.knows(next.group(1))) {
                return next.start();
            }
            at = next.end();
        }
        return text.length();
    }

    private void raw(String text, UdiDraft draft) {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == FNC1) {
                at++;
                continue;
            }
            ApplicationIdentifier ai = ApplicationIdentifier.startOf(text.substring(at));
            int from = at + ai.digits().length();
            int to = ai.separated() ? text.indexOf(FNC1, from) : Math.min(from + ai.longest(), text.length());
            to = to < 0 ? text.length() : to;
            accept(ai, text.substring(from, to), draft);
            at = to;
        }
    }

    private void accept(ApplicationIdentifier ai, String value, UdiDraft draft) {
        ai.check(value);
        switch (ai.digits()) {
            case "01" -> deviceIdentifier(value, draft);
            case "10" -> draft.lot(value);
            case "21" -> draft.serial(value);
            case "11" -> draft.manufactured(date(value));
            case "17" -> draft.expires(date(value));
            case "12", "13", "15", "16" -> {
                date(value);
                draft.other(ai.digits(), value);
            }
            default -> draft.other(ai.digits(), value);
        }
    }

    private static void deviceIdentifier(String gtin, UdiDraft draft) {
        checkGtin(gtin);
        draft.deviceIdentifier(gtin);
    }

    private LocalDate date(String yymmdd) {
        return new CarrierDates(today)
                .monthAndDay(yymmdd.substring(0, 2), yymmdd.substring(2, 4), yymmdd.substring(4, 6));
    }

    static void checkGtin(String gtin) {
        if (!GTIN.matcher(gtin).matches()) {
            throw UdiRefused.format("A GTIN has 14 digits: \"" + gtin + "\" has not.");
        }
        int expected = checkDigit(gtin.substring(0, 13));
        if (gtin.charAt(13) - '0' != expected) {
            throw UdiRefused.checkDigit(
                    "The check digit of " + gtin + " is " + gtin.charAt(13) + " and should be " + expected + ".");
        }
    }

    /** Modulo 10, weights 3 and 1 from the right. */
    static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int weight = (digits.length() - i) % 2 == 1 ? 3 : 1;
            sum += weight * (digits.charAt(i) - '0');
        }
        return (10 - sum % 10) % 10;
    }
}
