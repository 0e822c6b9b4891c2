package org.yiqi.procurement;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A product as a line of the catalogue. */
public record ProductRow(
        UUID id,
        UUID supplierId,
        UUID modelId,
        String nameZh,
        String nameEn,
        String manufacturer,
        String category,
        String deviceClass,
        Amount price,
        int warrantyMonths,
        int deliveryDays,
        ProductState state,
        int reviews,
        BigDecimal rating,
        Instant updatedAt) {

    /** The name in the reader's language, or the other one where that is missing. */
    public String name(String language) {
        return name(language, nameZh, nameEn);
    }

    static String name(String language, String zh, String en) {
        String wanted = language.startsWith("zh") ? zh : en;
        return wanted.isEmpty() ? zh + en : wanted;
    }

    static ProductRow read(ResultSet rs) throws SQLException {
        return new ProductRow(
                rs.getObject("id", UUID.class),
                rs.getObject("supplier_id", UUID.class),
                rs.getObject("model_id", UUID.class),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("manufacturer"),
                rs.getString("category"),
                rs.getString("device_class"),
                Amount.of(Money.ofMinor(rs.getLong("price_minor"), rs.getString("currency"))),
                rs.getInt("warranty_months"),
                rs.getInt("delivery_days"),
                ProductState.valueOf(rs.getString("state")),
                rs.getInt("reviews"),
                rs.getBigDecimal("rating"),
                rs.getTimestamp("updated_at").toInstant());
    }
}
