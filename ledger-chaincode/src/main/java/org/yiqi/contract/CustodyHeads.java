package org.yiqi.contract;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The keys that say who answers for a unit: no change of them without the organisation that answers for it now. */
public final class CustodyHeads {

    private static final String UNIT = "unit/";

    private CustodyHeads() {}

    /** Those among the written keys, each with the organisation that answers for the unit after the writing. */
    public static SortedMap<String, UUID> among(Map<String, String> written) {
        SortedMap<String, UUID> guarded = new TreeMap<>();
        written.forEach((key, value) -> {
            if (key.startsWith(UNIT)) {
                UUID custodian = UnitStanding.parse(value).custodian();
                guarded.put(key, custodian);
                guarded.put("head/custody:" + key.substring(UNIT.length()), custodian);
            }
        });
        return guarded;
    }
}
