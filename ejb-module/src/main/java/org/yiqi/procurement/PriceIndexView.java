package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;

/**
 * What one piece of something is bought for. All figures are null where they would be made of too few prices or too few buyers.
 *
 * @param subject the id of a model, the code of a device class, or a classification's scheme and code
 * @param nameZh of a model; empty for others
 * @param low a tenth of all prices is below it
 * @param high a tenth of all prices is above it
 * @param trend the median of the last twelve months that have prices against the twelve before: 0.05 is five per cent more; null when
 *     either has too few
 * @param quarters those that have enough prices, the earliest first; empty in lists
 */
public record PriceIndexView(
        UUID id,
        Kind kind,
        String subject,
        String currency,
        String nameZh,
        String nameEn,
        int prices,
        int buyers,
        int fewestPrices,
        int fewestBuyers,
        @Nullable Amount low,
        @Nullable Amount firstQuartile,
        @Nullable Amount median,
        @Nullable Amount thirdQuartile,
        @Nullable Amount high,
        @Nullable LocalDate firstDay,
        @Nullable LocalDate lastDay,
        @Nullable Double trend,
        Instant refreshedAt,
        List<Quarter> quarters) {

    public PriceIndexView {
        quarters = List.copyOf(quarters);
    }

    /** What prices are compared of. */
    public enum Kind {
        MODEL,
        CATEGORY,
        CLASSIFICATION
    }

    /**
     * Three months.
     *
     * @param from their first day
     */
    public record Quarter(LocalDate from, int prices, Amount firstQuartile, Amount median, Amount thirdQuartile) {}

    /** Whether there are figures. */
    public boolean enough() {
        return median != null;
    }

    public String name(String language) {
        return ProductRow.name(language, nameZh, nameEn);
    }

    PriceIndexView with(List<Quarter> all) {
        return new PriceIndexView(
                id,
                kind,
                subject,
                currency,
                nameZh,
                nameEn,
                prices,
                buyers,
                fewestPrices,
                fewestBuyers,
                low,
                firstQuartile,
                median,
                thirdQuartile,
                high,
                firstDay,
                lastDay,
                trend,
                refreshedAt,
                all);
    }

    static PriceIndexView read(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        return new PriceIndexView(
                rs.getObject("id", UUID.class),
                Kind.valueOf(rs.getString("kind")),
                rs.getString("subject"),
                currency,
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getInt("prices"),
                rs.getInt("buyers"),
                rs.getInt("fewest_prices"),
                rs.getInt("fewest_buyers"),
                amount(rs, "low_minor", currency),
                amount(rs, "first_quartile_minor", currency),
                amount(rs, "median_minor", currency),
                amount(rs, "third_quartile_minor", currency),
                amount(rs, "high_minor", currency),
                Sql.day(rs, "first_day"),
                Sql.day(rs, "last_day"),
                rs.getObject("trend", Double.class),
                rs.getTimestamp("refreshed_at").toInstant(),
                List.of());
    }

    private static @Nullable Amount amount(ResultSet rs, String column, String currency) throws SQLException {
        long minor = rs.getLong(column);
        return rs.wasNull() ? null : Amount.of(Money.ofMinor(minor, currency));
    }
}
