package org.yiqi.rental;

import org.jspecify.annotations.Nullable;

/** Distances on the globe. */
final class Geo {

    private static final double EARTH_KM = 6371.0088;

    private Geo() {}

    /** Kilometres as the crow flies to one decimal, or null where a coordinate is missing. */
    static @Nullable Double km(
            @Nullable Double lat1, @Nullable Double lon1, @Nullable Double lat2, @Nullable Double lon2) {
        if (lat1 == null || lon1 == null || lat2 == null || lon2 == null) {
            return null;
        }
        double dLat = Math.toRadians(lat2 - lat1) / 2;
        double dLon = Math.toRadians(lon2 - lon1) / 2;
        double a = Math.pow(Math.sin(dLat), 2)
                + Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * Math.pow(Math.sin(dLon), 2);
        double km = 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(a)));
        return Math.round(km * 10) / 10.0;
    }
}
