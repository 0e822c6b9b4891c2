package org.yiqi.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.yiqi.shared.Amount;

/** A spare part of the catalogue with what each station has of it. */
public record PartView(
        UUID id,
        long version,
        UUID orgId,
        String number,
        String nameZh,
        String nameEn,
        String fits,
        boolean serialised,
        Amount price,
        int onHand,
        int reserved,
        List<Stock> stock,
        List<Origin> origins) {

    /** Parts of this kind that were taken out of a unit at its end. */
    public record Origin(UUID unitId, String assetTag, int quantity, String serial, Instant at) {}

    /** What one station has; {@code low} when it is below its minimum. */
    public record Stock(UUID stationId, String stationZh, String stationEn, int onHand, int reserved, int minimum) {

        public boolean low() {
            return onHand - reserved < minimum;
        }
    }

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }

    public int available() {
        return onHand - reserved;
    }

    public boolean low() {
        return stock.stream().anyMatch(Stock::low);
    }
}
