package org.yiqi.contract.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.yiqi.contract.MalformedAct;

/** Points, figures and names as text, in one spelling. */
final class Decimals {

    /** Points have two decimals; half a hundredth goes up. */
    static final int PLACES = 2;

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,4})?");

    private Decimals() {}

    static BigDecimal of(String text) {
        if (!PLAIN.matcher(text).matches()) {
            throw new MalformedAct(text + " is not a plain decimal");
        }
        return new BigDecimal(text);
    }

    static BigDecimal points(BigDecimal exact) {
        return exact.setScale(PLACES, RoundingMode.HALF_UP);
    }

    static BigDecimal quotient(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, PLACES, RoundingMode.HALF_UP);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findAny()
                .orElseThrow(() -> new MalformedAct(name + " is no " + type.getSimpleName()));
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedAct(text + " is not a day", e);
        }
    }
}
