package org.yiqi.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organisation as others see it. */
public record OrganisationView(
        UUID id,
        long version,
        String kind,
        String nameZh,
        String nameEn,
        String creditCode,
        String regionCode,
        String address,
        String level,
        @Nullable String remit,
        String contactName,
        String phone,
        String email,
        String status,
        Instant createdAt) {

    /** The name in the language of the reader. */
    public String name(String language) {
        return language.startsWith("zh") ? nameZh : nameEn;
    }

    static OrganisationView read(ResultSet rs) throws SQLException {
        return new OrganisationView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getString("kind"),
                rs.getString("name_zh"),
                rs.getString("name_en"),
                rs.getString("credit_code"),
                rs.getString("region_code"),
                rs.getString("address"),
                rs.getString("level"),
                rs.getString("remit"),
                rs.getString("contact_name"),
                rs.getString("phone"),
                rs.getString("email"),
                rs.getString("status"),
                rs.getTimestamp("created_at").toInstant());
    }
}
