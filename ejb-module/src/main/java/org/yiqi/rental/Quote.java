package org.yiqi.rental;

import java.time.Duration;
import java.util.List;
import org.yiqi.rental.domain.Pricing;
import org.yiqi.shared.Money;

/** A price, line by line. The deposit is held, not charged, and stands beside the total. */
public record Quote(long hours, int uses, List<QuoteLine> lines, Money total, Money deposit) {

    public Quote {
        lines = List.copyOf(lines);
    }

    /** What a price list asks for the time and the uses. */
    public static Quote of(TariffTerms terms, Duration time, int uses, Money transport) {
        return Pricing.quote(terms, time, uses, transport);
    }
}
