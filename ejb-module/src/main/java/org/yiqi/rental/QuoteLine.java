package org.yiqi.rental;

import org.yiqi.shared.Money;

/**
 * One line of a price.
 *
 * @param quantity how many packages, or uses
 * @param length of a package; the first use of the tier; 0 elsewhere
 * @param unit of a package's length, else USE, KM or RENTAL
 */
public record QuoteLine(Kind kind, int quantity, int length, String unit, Money unitPrice, Money amount) {

    public enum Kind {
        BASE,
        PACKAGE,
        USE,
        TRANSPORT
    }

    /** Why this line, in English; pages say it in the reader's language from the same parts. */
    public String explanation() {
        return switch (kind) {
            case BASE -> "Base rent for the rental";
            case PACKAGE ->
                quantity + " × " + length + " " + (unit.equals("DAY") ? "d" : "h") + " at " + unitPrice
                        + ": part of the cheapest combination that covers the time";
            case USE -> quantity + " uses from use " + length + " at " + unitPrice;
            case TRANSPORT -> "Transport to the place of use and back";
        };
    }
}
