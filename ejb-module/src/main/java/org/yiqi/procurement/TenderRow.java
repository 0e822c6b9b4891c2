package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;

/** A tender as a line of a list. */
public record TenderRow(
        UUID id,
        String number,
        String title,
        UUID buyerId,
        String category,
        int lots,
        Amount ceiling,
        TenderState state,
        Instant deadline,
        @Nullable Instant publishedAt) {

    static TenderRow read(ResultSet rs) throws SQLException {
        return new TenderRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getString("title"),
                rs.getObject("org_id", UUID.class),
                rs.getString("category"),
                rs.getInt("lots"),
                Amount.of(Money.ofMinor(rs.getLong("ceiling"), rs.getString("currency"))),
                TenderState.valueOf(rs.getString("state")),
                rs.getTimestamp("deadline").toInstant(),
                Sql.instant(rs, "published_at"));
    }
}
