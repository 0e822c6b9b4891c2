package org.yiqi.procurement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;

/**
 * An expert of the pool.
 *
 * @param specialties the classes of equipment that the person's competences prove today
 * @param reason why they were suspended, otherwise empty
 */
public record ExpertView(
        UUID id,
        long version,
        UUID personId,
        UUID organisationId,
        String name,
        String title,
        List<String> specialties,
        ExpertState state,
        String reason,
        Instant appliedAt,
        @Nullable Instant decidedAt) {

    public ExpertView {
        specialties = List.copyOf(specialties);
    }

    static ExpertView read(ResultSet rs) throws SQLException {
        return new ExpertView(
                rs.getObject("id", UUID.class),
                rs.getLong("version"),
                rs.getObject("person_id", UUID.class),
                rs.getObject("org_id", UUID.class),
                rs.getString("name"),
                rs.getString("title"),
                Sql.texts(rs, "specialties"),
                ExpertState.valueOf(rs.getString("state")),
                rs.getString("reason"),
                rs.getTimestamp("applied_at").toInstant(),
                Sql.instant(rs, "decided_at"));
    }

    /**
     * What binds an expert to an organisation.
     *
     * @param until null while it lasts
     */
    public record Tie(
            UUID id,
            UUID organisationId,
            Kind kind,
            LocalDate from,
            @Nullable LocalDate until,
            String note) {

        /** How. */
        public enum Kind {
            EMPLOYED,
            INTEREST
        }
    }

    /** When an expert cannot come. */
    public record Absence(UUID id, LocalDate from, LocalDate until) {}
}
