package org.yiqi.rental;

import org.yiqi.shared.Money;

/** A span of time at one price, such as 7 days for 500. */
public record PricePackage(int length, TimeUnit unit, Money price) {

    public int hours() {
        return Math.multiplyExact(length, unit.hours());
    }
}
