package org.yiqi.oversight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;

/** Finds what a recall's scope names: units of the product, and units that hold one of its parts. */
final class RecallSearch {

    private static final Pattern IDENTIFIER = Pattern.compile("[0-9A-Za-z.+/$-]{6,60}");

    /** A unit that is the product itself counts as that, whatever is fitted in it. */
    private static final String FOUND = """
            select distinct on (unit_id) * from (
              select u.id unit_id, 'UNIT' found_as, u.owner_id, u.custodian_id, u.status status_found
              from equipment.unit u where u.model_id in (select m.id from equipment.model m
                  where m.id = cast(? as uuid) or (cast(? as uuid) is null and m.device_identifier = ?))
                and (? = '' or u.lot = ?) and oversight.in_serials(u.serial, ?, ?)
              union all
              select u.id, 'PART', u.owner_id, u.custodian_id, u.status
              from maintenance.part_use p join equipment.unit u on u.id = p.unit_id
              where p.state = 'FITTED' and ? <> '' and p.udi <> '' and p.udi like '%' || ? || '%'
                and (? = '' or position(? in p.udi) > 0) and oversight.in_serials(p.serial_number, ?, ?)
            ) f order by unit_id, found_as desc""";

    static final String OPEN_RENTAL =
            "r.state in ('UNDER_REVIEW', 'APPROVED', 'DISPATCHED', 'DELIVERED', 'ACTIVE', 'OVERDUE', 'RETURNING')";

    private final RecallScope scope;
    private final String identifier;

    /** @throws RuleViolation {@code oversight.recall-invalid} if the scope names no product or half a range */
    RecallSearch(Connection c, RecallScope scope) throws SQLException {
        this.scope = scope;
        UUID model = scope.modelId();
        if (model == null && !IDENTIFIER.matcher(scope.deviceIdentifier()).matches()) {
            throw invalid("Name a model or a device identifier", "/deviceIdentifier", "6 to 60 letters and digits");
        }
        if (scope.serialFrom().isEmpty() != scope.serialTo().isEmpty()) {
            throw invalid("A range has a first and a last number", "/serialTo", "both or neither");
        }
        if (scope.lot().length() > 60
                || scope.serialFrom().length() > 60
                || scope.serialTo().length() > 60) {
            throw invalid("A lot or serial number is too long", "/lot", "at most 60 characters");
        }
        this.identifier = model == null ? scope.deviceIdentifier() : identifierOf(c, model);
    }

    private static RuleViolation invalid(String message, String pointer, String rule) {
        return new RuleViolation("oversight.recall-invalid", message).at(pointer, rule);
    }

    private static String identifierOf(Connection c, UUID model) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select coalesce(device_identifier, '') from equipment.model where id = ?")) {
            s.setObject(1, model);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    throw new NotFound("equipment.model-not-found", "No such model");
                }
                return rs.getString(1);
            }
        }
    }

    /** What is printed on the product and on its parts. */
    String identifier() {
        return identifier;
    }

    RecallPreview preview(Connection c, Instant now) throws SQLException {
        String sql = "with f as (" + FOUND + """
                ) select count(*) filter (where found_as = 'UNIT'), count(*) filter (where found_as = 'PART'),
                  count(*) filter (where status_found = 'DISPOSED'), count(distinct custodian_id) filter (where status_found <> 'DISPOSED'),
                  (select count(*) from rental.rental r join f on f.unit_id = r.unit_id where r.to_at > ? and %s) from f""".formatted(OPEN_RENTAL);
        try (PreparedStatement s = c.prepareStatement(sql)) {
            Sql.bind(c, s, with(now));
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return new RecallPreview(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4), rs.getLong(5));
            }
        }
    }

    /** Writes what is found down under a recall. */
    int store(Connection c, UUID recall) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("with f as (" + FOUND + """
                ) insert into oversight.recall_unit(unit_id, found_as, owner_id, custodian_id, status_found, recall_id, found_at)
                select f.unit_id, f.found_as, f.owner_id, f.custodian_id, f.status_found, k.id, k.issued_at from f join oversight.recall k on k.id = ?""")) {
            Sql.bind(c, s, with(recall));
            return s.executeUpdate();
        }
    }

    private @Nullable Object[] with(Object last) {
        String from = scope.serialFrom();
        String to = scope.serialTo();
        return new @Nullable Object[] {
            scope.modelId(),
            scope.modelId(),
            identifier,
            scope.lot(),
            scope.lot(),
            from,
            to,
            identifier,
            identifier,
            scope.lot(),
            scope.lot(),
            from,
            to,
            last
        };
    }
}
