package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One published release.
 *
 * @param position where it stands in the feed
 * @param packageId the import that it came with; null when it was made here
 * @param json the release as it is published, byte for byte what it was when it came
 */
public record Release(
        long position,
        String id,
        String ocid,
        String tag,
        Instant date,
        @Nullable UUID packageId,
        String json) {

    static Release read(ResultSet rs) throws SQLException {
        return new Release(
                rs.getLong("position"),
                rs.getString("id"),
                rs.getString("ocid"),
                rs.getString("tag"),
                rs.getTimestamp("released_at").toInstant(),
                rs.getObject("package_id", UUID.class),
                rs.getString("content"));
    }
}
