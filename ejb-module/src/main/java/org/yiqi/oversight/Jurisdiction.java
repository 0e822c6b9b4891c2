package org.yiqi.oversight;

import java.util.Map;

/** Whose law a place is under: ISO 3166-2 of a region of GB/T 2260, of which the first two digits name the province. */
final class Jurisdiction {

    private static final Map<String, String> PROVINCES = Map.ofEntries(
            Map.entry("11", "CN-BJ"),
            Map.entry("12", "CN-TJ"),
            Map.entry("13", "CN-HE"),
            Map.entry("14", "CN-SX"),
            Map.entry("15", "CN-NM"),
            Map.entry("21", "CN-LN"),
            Map.entry("22", "CN-JL"),
            Map.entry("23", "CN-HL"),
            Map.entry("31", "CN-SH"),
            Map.entry("32", "CN-JS"),
            Map.entry("33", "CN-ZJ"),
            Map.entry("34", "CN-AH"),
            Map.entry("35", "CN-FJ"),
            Map.entry("36", "CN-JX"),
            Map.entry("37", "CN-SD"),
            Map.entry("41", "CN-HA"),
            Map.entry("42", "CN-HB"),
            Map.entry("43", "CN-HN"),
            Map.entry("44", "CN-GD"),
            Map.entry("45", "CN-GX"),
            Map.entry("46", "CN-HI"),
            Map.entry("50", "CN-CQ"),
            Map.entry("51", "CN-SC"),
            Map.entry("52", "CN-GZ"),
            Map.entry("53", "CN-YN"),
            Map.entry("54", "CN-XZ"),
            Map.entry("61", "CN-SN"),
            Map.entry("62", "CN-GS"),
            Map.entry("63", "CN-QH"),
            Map.entry("64", "CN-NX"),
            Map.entry("65", "CN-XJ"),
            Map.entry("71", "CN-TW"),
            Map.entry("81", "CN-HK"),
            Map.entry("82", "CN-MO"));

    private Jurisdiction() {}

    /** Empty for a region that is not known. */
    static String of(String region) {
        return region.length() < 2 ? "" : PROVINCES.getOrDefault(region.substring(0, 2), "");
    }
}
