package org.yiqi.shared;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;

/** Money as the API writes it: {@code {"amount":"68160.00","currency":"CNY"}}. */
public record Amount(String amount, String currency) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,16}(\\.[0-9]{1,2})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public static Amount of(Money money) {
        return new Amount(money.amount().toPlainString(), money.currency());
    }

    public static @Nullable Amount ofNullable(@Nullable Money money) {
        return money == null ? null : of(money);
    }

    /** @throws RuleViolation {@code shared.money-invalid} when it is no amount of money */
    public Money toMoney() {
        if (amount == null || !NUMBER.matcher(amount).matches()) {
            throw new RuleViolation("shared.money-invalid", "An amount is a decimal such as \"68160.00\"")
                    .at("/amount", "decimal with at most two places");
        }
        String code = currency == null ? "CNY" : currency;
        if (!CURRENCY.matcher(code).matches()) {
            throw new RuleViolation("shared.money-invalid", "A currency is three capitals, such as CNY")
                    .at("/currency", "ISO 4217");
        }
        return Money.of(new BigDecimal(amount), code);
    }
}
