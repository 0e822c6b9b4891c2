package org.yiqi.rental;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Extension;
import org.yiqi.rental.domain.Rental;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** Rentals: who may have what and until when. The way of the unit itself is in {@link Handovers}. */
@Stateless
@Secured
public class Rentals {

    private static final Listing<RentalRow> LISTING = Listing.of("r.*", "rental.rental r", "r.id", Rentals::row)
            .sort("createdAt", "r.created_at", "timestamptz")
            .sort("from", "r.from_at", "timestamptz")
            .sort("to", "r.to_at", "timestamptz")
            .sort("number", "r.number", "text")
            .sort("state", "r.state", "text")
            .sort("unit", "r.unit_zh", "text")
            .defaultSort("-createdAt")
            .filter("state", "r.state", "text")
            .filter("unit", "r.unit_id", "uuid")
            .filter("owner", "r.owner_org", "uuid")
            .filter("lessee", "r.lessee_org", "uuid")
            .filterWhere("breached", "(r.marks = 3) = any(cast(? as boolean[]))", "boolean")
            .filterWhere("flagged", "(r.flagged <> '') = any(cast(? as boolean[]))", "boolean")
            .search(
                    "(r.number || ' ' || r.unit_zh || ' ' || r.unit_en || ' ' || r.owner_zh || ' ' || r.owner_en || ' ' ||"
                            + " r.lessee_zh || ' ' || r.lessee_en || ' ' || r.place) ilike '%' || ? || '%'");

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Calendar calendar;

    @Inject
    Operators operators;

    @Inject
    LiabilityStore liabilities;

    @Inject
    Event<RentalClosed> closed;

    /**
     * Agrees for the caller's side: a member for the owner, the platform's people for the platform. With both sides'
     * agreement the slot is booked; if the review took so long that the slot was given up, it is taken anew.
     *
     * @return the rental as it stands now
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public RentalView approve(UUID id) {
        Instant now = clock.instant();
        Rental rental = lock(em, id);
        if (rental.approve(side(), actor(), now)) {
            book(rental, now);
        }
        return done(rental, "rental.approved", Map.of("side", side().name()));
    }

    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public RentalView reject(UUID id, String reason) {
        Rental rental = lock(em, id);
        rental.reject(side(), actor(), reason, clock.instant());
        calendar.release(id);
        return done(rental, "rental.rejected", Map.of("side", side().name()));
    }

    /** Either party gives up what has not begun. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView cancel(UUID id, String reason) {
        Rental rental = lock(em, id);
        boolean promised = rental.state() == RentalState.APPROVED;
        rental.cancel(actor(), reason, clock.instant());
        calendar.release(id);
        if (promised && caller.orgId().equals(rental.contract().ownerOrg())) {
            note(rental.contract().ownerOrg(), "withdrawn");
        }
        return done(rental, "rental.cancelled", Map.of());
    }

    /** How often the unit was used so far. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView reportUses(UUID id, int uses) {
        Rental rental = lock(em, id);
        rental.reportUses(actor(), uses, clock.instant());
        return done(rental, "rental.uses-reported", Map.of("uses", uses));
    }

    /**
     * A later end. The first call asks and keeps the time; the other party's call with the same end agrees.
     *
     * @throws org.yiqi.shared.problem.Conflict {@code equipment.slot-taken} when somebody else has the time after it
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public RentalView extend(UUID id, Instant to) {
        Instant now = clock.instant();
        Rental rental = lock(em, id);
        boolean answers = rental.openExtension()
                .filter(e -> e.to().equals(to) && !e.proposedBy().equals(caller.orgId()))
                .isPresent();
        if (answers) {
            Extension agreed = rental.agreeExtension(actor(), now);
            calendar.release(agreed.id());
            calendar.extend(id, rental.contract().reserved().to());
        } else {
            Extension asked = rental.proposeExtension(actor(), Ids.next(), to, now);
            calendar.reserve(
                    rental.contract().unitId(),
                    asked.additional(),
                    SlotUse.RENTAL,
                    asked.id(),
                    SlotState.TENTATIVE,
                    null,
                    rental.number());
        }
        return done(rental, answers ? "rental.extended" : "rental.extension-asked", Map.of("to", to.toString()));
    }

    /** The owner closes what is settled; the statement stands from then on. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.FINANCE})
    public RentalView close(UUID id) {
        Rental rental = lock(em, id);
        rental.close(actor(), clock.instant());
        note(rental.contract().ownerOrg(), "finished");
        RentalView view = done(rental, "rental.closed", Map.of());
        closed.fire(new RentalClosed(id));
        return view;
    }

    /** Who bears the damage is settled, so the statement can be. Does nothing while a case about the rental is open. */
    @PermitAll
    public void liabilitySettled(UUID id) {
        if (!liabilities.isOpenFor(id)) {
            Rental rental = lock(em, id);
            if (rental.liabilitySettled(clock.instant())) {
                done(rental, "rental.liability-settled", Map.of());
            }
        }
    }

    /** The case about the rental's damage is open again. Does nothing where none is. */
    @PermitAll
    public void liabilityReopened(UUID id) {
        if (liabilities.isOpenFor(id)) {
            Rental rental = lock(em, id);
            if (rental.liabilityReopened(clock.instant())) {
                done(rental, "rental.liability-reopened", Map.of());
            }
        }
    }

    /** @throws NotFound {@code rental.not-found} */
    @RolesAllowed("**")
    public RentalView get(UUID id) {
        return RentalViews.of(find(em, id));
    }

    @RolesAllowed("**")
    public Page<RentalRow> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Streams everything that matches, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<RentalRow> consumer) {
        try (Connection c = dataSource.getConnection()) {
            LISTING.forEach(c, query, consumer);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the parties, the platform and regulators: what stands between the unit and its handover. */
    @RolesAllowed("**")
    public HandoverConditions handoverConditions(UUID id) {
        return operators.conditions(id);
    }

    static Rental find(EntityManager em, UUID id) {
        Rental rental = em.find(Rental.class, id);
        if (rental == null) {
            throw new NotFound("rental.not-found", "No such rental");
        }
        return rental;
    }

    /** Whoever changes a rental is alone with it until the transaction ends. */
    static Rental lock(EntityManager em, UUID id) {
        Rental rental = em.find(Rental.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (rental == null) {
            throw new NotFound("rental.not-found", "No such rental");
        }
        return rental;
    }

    private void book(Rental rental, Instant now) {
        boolean kept = calendar.of(rental.id()).stream()
                .anyMatch(s -> s.state() == SlotState.TENTATIVE
                        && (s.expiresAt() == null || s.expiresAt().isAfter(now)));
        if (kept) {
            calendar.confirm(rental.id());
            return;
        }
        calendar.release(rental.id());
        calendar.reserve(
                rental.contract().unitId(),
                rental.contract().reserved(),
                SlotUse.RENTAL,
                rental.id(),
                SlotState.BOOKED,
                null,
                rental.number());
    }

    private void note(UUID lender, String what) {
        String sql = "insert into rental.lender_record as l (org_id, " + what + ") values (?, 1)"
                + " on conflict (org_id) do update set " + what + " = l." + what + " + 1";
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement(sql)) {
            s.setObject(1, lender);
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Side side() {
        return caller.scope() == Scope.PLATFORM ? Side.PLATFORM : Side.OWNER;
    }

    private Actor actor() {
        return new Actor(caller.personId(), caller.orgId());
    }

    private RentalView done(Rental rental, String action, Map<String, ?> details) {
        em.flush();
        audit.write(action, rental.id().toString(), details);
        return RentalViews.of(rental);
    }

    private static RentalRow row(ResultSet rs) throws SQLException {
        RentalState state = RentalState.valueOf(rs.getString("state"));
        Timestamp submitted = rs.getTimestamp("submitted_at");
        return new RentalRow(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                state,
                rs.getObject("unit_id", UUID.class),
                rs.getString("unit_zh"),
                rs.getString("unit_en"),
                rs.getObject("owner_org", UUID.class),
                rs.getString("owner_zh"),
                rs.getString("owner_en"),
                rs.getObject("lessee_org", UUID.class),
                rs.getString("lessee_zh"),
                rs.getString("lessee_en"),
                rs.getTimestamp("from_at").toInstant(),
                rs.getTimestamp("to_at").toInstant(),
                Money.ofMinor(rs.getLong("quoted"), rs.getString("currency")),
                state == RentalState.UNDER_REVIEW && submitted != null
                        ? submitted.toInstant().plus(Bookings.REVIEW)
                        : null,
                rs.getInt("marks") == 3,
                rs.getString("flagged"),
                rs.getTimestamp("created_at").toInstant());
    }
}
