package org.yiqi.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/** A review as reviewers see it. */
public record ReviewView(
        UUID id,
        long version,
        UUID organisationId,
        String organisationKind,
        String nameZh,
        String nameEn,
        String kind,
        String status,
        Instant submittedAt,
        @Nullable UUID claimedBy,
        @Nullable String claimedByName,
        @Nullable Instant claimedAt,
        String correctionReason,
        @Nullable Instant correctionDue,
        int rounds,
        @Nullable UUID decidedBy,
        @Nullable String decidedByName,
        @Nullable Instant decidedAt,
        String reason) {

    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }

    static ReviewView read(ResultSet rs) throws SQLException {
        return new ReviewView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("org_id", UUID.class),
                rs.getString("org_kind"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("kind"),
                rs.getString("status"),
                rs.getTimestamp("submitted_at").toInstant(),
                rs.getObject("claimed_by", UUID.class),
                rs.getString("claimed_name"),
                Sql.instant(rs, "claimed_at"),
                rs.getString("correction_reason"),
                Sql.instant(rs, "correction_due"),
                rs.getInt("rounds"),
                rs.getObject("decided_by", UUID.class),
                rs.getString("decided_name"),
                Sql.instant(rs, "decided_at"),
                rs.getString("reason"));
    }
}
