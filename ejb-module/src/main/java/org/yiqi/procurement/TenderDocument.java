package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** A file that belongs to a tender's terms; its digest stands in what the buyer and the openers sign. */
public record TenderDocument(UUID id, String name, String mediaType, int size, String sha256, Instant addedAt) {

    static TenderDocument read(ResultSet rs) throws SQLException {
        return new TenderDocument(
                rs.getObject("id", UUID.class),
                rs.getString("name"),
                rs.getString("media_type"),
                rs.getInt("size"),
                rs.getString("sha256"),
                rs.getTimestamp("added_at").toInstant());
    }
}
