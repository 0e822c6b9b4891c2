package org.yiqi.standalone.fabric;

import java.util.List;
import java.util.Locale;

/** Who puts transactions into an order, and what that withstands. */
public enum Ordering {
    /** One orderer: when it stops, nothing is ordered. */
    RAFT1(List.of("regulator")),
    /** Three orderers: one may stop. */
    RAFT3(List.of("regulator", "hospital", "supplier")),
    /** Four orderers that agree among themselves: one may stop, or lie. */
    BFT(List.of("regulator", "hospital", "supplier", "platform"));

    private final List<String> organisations;

    Ordering(List<String> organisations) {
        this.organisations = organisations;
    }

    /** The organisations that run an orderer each; never the platform alone. */
    List<String> organisations() {
        return organisations;
    }

    /** As it is written on the command line and in files. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
