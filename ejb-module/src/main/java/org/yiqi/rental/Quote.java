package org.yiqi.rental;

import java.util.List;
import org.yiqi.shared.Money;

/** A price, line by line. The deposit is held, not charged, and stands beside the total. */
public record Quote(long hours, int uses, List<QuoteLine> lines, Money total, Money deposit) {

    public Quote {
        lines = List.copyOf(lines);
    }
}
