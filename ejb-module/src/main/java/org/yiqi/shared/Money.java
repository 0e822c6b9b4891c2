package org.yiqi.shared;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.yiqi.shared.problem.RuleViolation;

/** An amount in minor units (fen, cents) with its ISO 4217 currency. Never a double. */
@Embeddable
@Access(AccessType.FIELD)
public class Money {

    private static final int MINOR_DIGITS = 2;

    private long minor;
    private String currency;

    protected Money() {}

    private Money(long minor, String currency) {
        this.minor = minor;
        this.currency = currency;
    }

    public static Money ofMinor(long minor, String currency) {
        return new Money(minor, currency);
    }

    public static Money cny(String amount) {
        return of(new BigDecimal(amount), "CNY");
    }

    /** @throws RuleViolation {@code shared.money-precision} when the amount has more than two decimals or does not fit */
    public static Money of(BigDecimal amount, String currency) {
        try {
            long minor = amount.setScale(MINOR_DIGITS, RoundingMode.UNNECESSARY)
                    .movePointRight(MINOR_DIGITS)
                    .longValueExact();
            return new Money(minor, currency);
        } catch (ArithmeticException e) {
            throw new RuleViolation("shared.money-precision", "An amount has at most two decimals and 16 digits", e);
        }
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, sameCurrency(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, sameCurrency(other).minor), currency);
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public long minor() {
        return minor;
    }

    public String currency() {
        return currency;
    }

    public BigDecimal amount() {
        return BigDecimal.valueOf(minor, MINOR_DIGITS);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new RuleViolation("shared.money-currency", "Amounts of different currencies do not add");
        }
        return other;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object o) {
        return o instanceof Money m && m.minor == minor && Objects.equals(m.currency, currency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minor, currency);
    }

    @Override
    public String toString() {
        return amount().toPlainString() + " " + currency;
    }
}
