package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;

/** A contract as a line of a list. */
public record ContractRow(
        UUID id,
        String number,
        String title,
        UUID buyerId,
        UUID supplierId,
        Amount amount,
        ContractState state,
        LocalDate deliveryBy,
        Instant madeAt,
        @Nullable UUID tenderId,
        @Nullable String lot) {

    static ContractRow read(ResultSet rs) throws SQLException {
        return new ContractRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getString("title"),
                rs.getObject("org_id", UUID.class),
                rs.getObject("supplier_id", UUID.class),
                Amount.of(Money.ofMinor(rs.getLong("amount_minor"), rs.getString("currency"))),
                ContractState.valueOf(rs.getString("state")),
                rs.getObject("delivery_by", LocalDate.class),
                rs.getTimestamp("made_at").toInstant(),
                rs.getObject("tender_id", UUID.class),
                rs.getString("lot"));
    }

    /** Whether it was not ended. */
    public boolean isCurrent() {
        return state != ContractState.TERMINATED;
    }
}
