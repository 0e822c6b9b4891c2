package org.yiqi.web.rental;

import java.util.List;
import org.yiqi.rental.Quote;
import org.yiqi.rental.QuoteLine;
import org.yiqi.shared.Amount;

/** A price, each line explained. The deposit is held beside it. */
public record QuoteJson(long hours, int uses, List<Line> lines, Amount total, Amount deposit) {

    static QuoteJson of(Quote quote) {
        return new QuoteJson(
                quote.hours(),
                quote.uses(),
                quote.lines().stream().map(Line::of).toList(),
                Amount.of(quote.total()),
                Amount.of(quote.deposit()));
    }

    /** One line of a price. {@code length} is that of a package, or the first use of a tier. */
    public record Line(
            QuoteLine.Kind kind,
            int quantity,
            int length,
            String unit,
            Amount unitPrice,
            Amount amount,
            String explanation) {

        public static Line of(QuoteLine line) {
            return new Line(
                    line.kind(),
                    line.quantity(),
                    line.length(),
                    line.unit(),
                    Amount.of(line.unitPrice()),
                    Amount.of(line.amount()),
                    line.explanation());
        }
    }
}
