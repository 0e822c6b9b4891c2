package org.yiqi.rental;

/** What a package of a price list is counted in. A day is 24 hours from the start of the rental. */
public enum TimeUnit {
    HOUR(1),
    DAY(24);

    private final int hours;

    TimeUnit(int hours) {
        this.hours = hours;
    }

    public int hours() {
        return hours;
    }
}
