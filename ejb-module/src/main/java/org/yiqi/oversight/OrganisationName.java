package org.yiqi.oversight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An organisation by name, in both languages. */
public record OrganisationName(UUID id, String nameZh, String nameEn) {

    static Map<UUID, OrganisationName> of(Connection c, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select id, name_zh, name_en from organisation.organisation where id = any(?)")) {
            s.setArray(1, c.createArrayOf("uuid", ids.toArray()));
            Map<UUID, OrganisationName> names = new HashMap<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    UUID id = rs.getObject(1, UUID.class);
                    names.put(id, new OrganisationName(id, rs.getString(2), rs.getString(3)));
                }
            }
            ids.forEach(id -> names.putIfAbsent(id, new OrganisationName(id, id.toString(), id.toString())));
            return names;
        }
    }

    /** The name in a language; Chinese unless it is English. */
    public String in(String language) {
        return language.startsWith("en") ? nameEn : nameZh;
    }
}
