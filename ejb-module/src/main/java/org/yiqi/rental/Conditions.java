package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.rental.ConditionView.Check;
import org.yiqi.rental.ConditionView.Moment;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Condition reports: what each party found when a unit changed hands. They are added and never changed. */
@Stateless
@Secured
public class Conditions {

    private static final int MOST_CHECKS = 100;

    private static final Listing<ConditionView> LISTING = Listing.of(
                    "c.*", "rental.condition_report c", "c.id", Conditions::read)
            .sort("at", "c.at", "timestamptz")
            .defaultSort("-at")
            .filter("rental", "c.rental_id", "uuid")
            .filter("moment", "c.moment", "text")
            .filter("sound", "c.sound", "boolean");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Rentals rentals;

    /** A party reports. It is sound when every line of the checklist is good. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public ConditionView report(UUID rentalId, Moment moment, List<Check> checklist, String note) {
        RentalView rental = rentals.get(rentalId);
        UUID org = caller.orgId();
        if (!org.equals(rental.parties().ownerOrg())
                && !org.equals(rental.parties().lesseeOrg())) {
            throw new NotPermitted("rental.party-only", "Only a party of the rental reports");
        }
        if (checklist.isEmpty() || checklist.size() > MOST_CHECKS || note.length() > 2000) {
            throw new RuleViolation("rental.condition-invalid", "A report has a checklist")
                    .at("/checklist", "1 to " + MOST_CHECKS + " lines");
        }
        boolean sound = checklist.stream().allMatch(Check::good);
        ConditionView view =
                new ConditionView(Ids.next(), rentalId, moment, org, clock.instant(), sound, checklist, note);
        insert(view);
        audit.write("rental.condition-reported", rentalId.toString(), Map.of("moment", moment.name(), "sound", sound));
        return view;
    }

    @RolesAllowed("**")
    public Page<ConditionView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(ConditionView view) {
        JsonArrayBuilder checks = Json.createArrayBuilder();
        view.checklist()
                .forEach(c -> checks.add(Json.createObjectBuilder()
                        .add("item", c.item())
                        .add("good", c.good())
                        .add("note", c.note())));
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        insert into rental.condition_report(id, rental_id, moment, org_id, person_id, at, sound, checklist, note)
                        values (?,?,?,?,?,?,?,?::jsonb,?)""")) {
            s.setObject(1, view.id());
            s.setObject(2, view.rentalId());
            s.setString(3, view.moment().name());
            s.setObject(4, view.orgId());
            s.setObject(5, caller.personId());
            s.setTimestamp(6, Timestamp.from(view.at()));
            s.setBoolean(7, view.sound());
            s.setString(8, checks.build().toString());
            s.setString(9, view.note());
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConditionView read(ResultSet rs) throws SQLException {
        try (JsonReader reader = Json.createReader(new StringReader(rs.getString("checklist")))) {
            JsonArray checks = reader.readArray();
            return new ConditionView(
                    rs.getObject("id", UUID.class),
                    rs.getObject("rental_id", UUID.class),
                    Moment.valueOf(rs.getString("moment")),
                    rs.getObject("org_id", UUID.class),
                    rs.getTimestamp("at").toInstant(),
                    rs.getBoolean("sound"),
                    checks.stream().map(Conditions::check).toList(),
                    rs.getString("note"));
        }
    }

    private static Check check(JsonValue value) {
        JsonObject o = value.asJsonObject();
        return new Check(o.getString("item"), o.getBoolean("good"), o.getString("note"));
    }
}
