package org.yiqi.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What every act on a bid reads and every closing writes. So a bid that was endorsed in time and held back is
 * invalidated when it is submitted after the closing, and a bid that races the closing fails one of the two.
 *
 * @param open whether bids are taken
 * @param terms digest of the act that published or last amended the tender: a bid for other terms is none
 */
record Gate(boolean open, Instant deadline, String terms, List<String> lots) {

    Gate {
        lots = List.copyOf(lots);
    }

    static final String PREFIX = "gate/";

    static String key(UUID tender) {
        return PREFIX + tender;
    }

    Gate shut() {
        return new Gate(false, deadline, terms, lots);
    }

    String json() {
        return CanonicalJson.write(Map.of("deadline", deadline.toString(), "lots", lots, "open", open, "terms", terms));
    }

    static Gate parse(String json) {
        Fields fields = Fields.of(CanonicalJson.read(json), Set.of("deadline", "lots", "open", "terms"));
        return new Gate(fields.flag("open"), fields.instant("deadline"), fields.text("terms"), fields.texts("lots"));
    }
}
