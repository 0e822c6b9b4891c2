package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.domain.FreeTimes;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * The one calendar of everything that takes a unit's time. An exclusion constraint refuses what overlaps, so of any number
 * of simultaneous wishes for an hour exactly one is granted.
 */
@Stateless
@Secured
public class Calendar {

    /** How long a place is kept while a person fills in the form. */
    public static final Duration HELD_FOR = Duration.ofMinutes(15);

    private static final int ALTERNATIVES = 3;
    private static final Duration LONGEST = Duration.ofDays(3 * 366);

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<BookingRequested> requested;

    /**
     * Takes a unit's time for what {@code referenceId} names. The unit need not be visible to the caller: who searches may
     * book what is offered.
     *
     * @param expiresAt when the place is free again unless confirmed; for HELD 15 minutes where null, otherwise never
     * @throws Conflict {@code equipment.slot-taken}, with three free times nearby in {@code alternatives};
     *     {@code equipment.unit-not-bookable}
     * @throws NotFound {@code equipment.unit-not-found}
     */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.CLINICAL,
        Roles.TECHNICIAN,
        Roles.SUPPLIER,
        Roles.PLATFORM_OPERATOR,
        Roles.SYSTEM
    })
    public SlotView reserve(
            UUID unitId, Period period, SlotUse use, UUID referenceId, SlotState state, @Nullable Instant expiresAt) {
        return reserve(unitId, period, use, referenceId, state, expiresAt, "");
    }

    /** The same with a note for those who see the calendar. */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.CLINICAL,
        Roles.TECHNICIAN,
        Roles.SUPPLIER,
        Roles.PLATFORM_OPERATOR,
        Roles.SYSTEM
    })
    public SlotView reserve(
            UUID unitId,
            Period period,
            SlotUse use,
            UUID referenceId,
            SlotState state,
            @Nullable Instant expiresAt,
            String note) {
        Instant now = clock.instant();
        checkPeriod(period, use, now);
        requested.fire(new BookingRequested(unitId, period, use));
        Instant until = expiresAt == null && state == SlotState.HELD ? now.plus(HELD_FOR) : expiresAt;
        return Sql.in(dataSource, c -> {
            UUID owner = bookableUnitsOwner(c, unitId);
            YiqiPrincipal who = caller.find();
            SlotView slot = new SlotView(
                    Ids.next(),
                    unitId,
                    period,
                    use,
                    state,
                    referenceId,
                    who == null ? owner : who.orgId(),
                    note,
                    until);
            Sql.one(
                    c,
                    "select equipment.release_expired(?,?,?,?) as n",
                    rs -> rs.getInt("n"),
                    unitId,
                    period.from(),
                    period.to(),
                    now);
            if (!insert(c, slot, now)) {
                throw new Conflict("equipment.slot-taken", "The unit is taken at that time")
                        .with("alternatives", near(c, unitId, period, ALTERNATIVES, now));
            }
            audit.write(
                    "equipment.slot-taken",
                    unitId.toString(),
                    Map.of("use", use.name(), "state", state.name(), "reference", referenceId.toString()));
            return slot;
        });
    }

    /** Makes a held place an application that waits for a decision. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.TECHNICIAN, Roles.SYSTEM})
    public void submit(UUID referenceId, @Nullable Instant expiresAt) {
        move(referenceId, SlotState.TENTATIVE, expiresAt, "state = 'HELD'");
    }

    /** @throws Conflict {@code equipment.slot-gone} when the place was given up or ran out meanwhile */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR, Roles.SYSTEM})
    public void confirm(UUID referenceId) {
        move(referenceId, SlotState.BOOKED, null, "state in ('HELD','TENTATIVE','BOOKED')");
    }

    /** Gives all places of a reference back; nothing happens where there is none. */
    @RolesAllowed("**")
    public void release(UUID referenceId) {
        Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update equipment.slot set state = 'RELEASED' where reference_id = ? and state in ('HELD','TENTATIVE','BOOKED')",
                        referenceId));
        audit.write("equipment.slot-released", referenceId.toString(), Map.of());
    }

    /**
     * Gives time back that the caller's organisation took for its own use.
     *
     * @throws NotPermitted {@code equipment.not-your-slot} when another organisation or a process of its own took it
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public void releaseOwn(UUID unitId, UUID slotId) {
        SlotView slot = Sql.in(
                        dataSource,
                        c -> Sql.one(
                                c,
                                "select * from equipment.slot where id = ? and unit_id = ?",
                                Calendar::slot,
                                slotId,
                                unitId))
                .orElseThrow(() -> new NotFound("equipment.slot-not-found", "No such place in the calendar"));
        if (!slot.orgId().equals(caller.orgId()) || slot.use() == SlotUse.RENTAL) {
            throw new NotPermitted("equipment.not-your-slot", "Who took the time gives it back");
        }
        release(slot.referenceId());
    }

    /** What was booked has been used, until {@code at}; the rest of the time is free again. */
    @RolesAllowed("**")
    public void consume(UUID referenceId, Instant at) {
        Sql.in(dataSource, c -> Sql.run(c, """
                        update equipment.slot set state = case when from_at < ? then 'CONSUMED' else 'RELEASED' end,
                          to_at = case when from_at < ? then least(to_at, ?) else to_at end
                        where reference_id = ? and state = 'BOOKED'""", at, at, at, referenceId));
        audit.write("equipment.slot-consumed", referenceId.toString(), Map.of());
    }

    /**
     * Moves the end of a booking.
     *
     * @throws Conflict {@code equipment.slot-taken} when someone else has the time after it
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.SYSTEM})
    public void extend(UUID referenceId, Instant to) {
        Sql.in(dataSource, c -> {
            SlotView slot = Sql.one(
                            c,
                            "select * from equipment.slot where reference_id = ? and state = 'BOOKED' order by from_at desc limit 1",
                            Calendar::slot,
                            referenceId)
                    .orElseThrow(() -> new Conflict("equipment.slot-gone", "Nothing is booked for this any more"));
            if (to.isAfter(slot.period().to())) {
                Period more = new Period(slot.period().to(), to);
                Sql.one(
                        c,
                        "select equipment.release_expired(?,?,?,?) as n",
                        rs -> rs.getInt("n"),
                        slot.unitId(),
                        more.from(),
                        more.to(),
                        clock.instant());
                if (!isFree(c, slot.unitId(), more)) {
                    throw new Conflict("equipment.slot-taken", "Someone else has the time after it");
                }
            }
            // The constraint still decides if another booking comes in between.
            return Sql.run(c, "update equipment.slot set to_at = ? where id = ?", to, slot.id());
        });
        audit.write("equipment.slot-extended", referenceId.toString(), Map.of("to", to.toString()));
    }

    /** Up to {@code count} free times as long as the wished one, nearest first. */
    @RolesAllowed("**")
    public List<Period> alternatives(UUID unitId, Period wished, int count) {
        return Sql.in(dataSource, c -> near(c, unitId, wished, count, clock.instant()));
    }

    /** When the unit is taken within a period, whoever took it, in order: what a search may know of any unit. */
    @RolesAllowed("**")
    public List<Period> busy(UUID unitId, Period within) {
        return Sql.in(dataSource, c -> busy(c, unitId, within, clock.instant()));
    }

    @RolesAllowed("**")
    public boolean isFree(UUID unitId, Period period) {
        return Sql.in(dataSource, c -> isFree(c, unitId, period));
    }

    /** What takes the unit's time within a period, as far as the caller may see it, in order. */
    @RolesAllowed("**")
    public List<SlotView> slots(UUID unitId, Period within) {
        return Sql.in(
                dataSource, c -> Sql.all(c, """
                        select * from equipment.slot where unit_id = ? and during && tstzrange(?, ?) and state <> 'RELEASED'
                          and not (state in ('HELD','TENTATIVE') and coalesce(expires_at <= ?, false)) order by from_at""", Calendar::slot, unitId, within.from(), within.to(), clock.instant()));
    }

    /** The places that stand for a reference, in order. */
    @RolesAllowed("**")
    public List<SlotView> of(UUID referenceId) {
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.slot where reference_id = ? order by from_at",
                        Calendar::slot,
                        referenceId));
    }

    private static void checkPeriod(Period period, SlotUse use, Instant now) {
        if (period.to().isBefore(now)) {
            throw new RuleViolation("equipment.slot-in-the-past", "That time is over").at("/period/to", "not past");
        }
        if (period.length().compareTo(LONGEST) > 0) {
            throw new RuleViolation("equipment.slot-too-long", "At most three years at a time for " + use)
                    .at("/period/to", "at most three years after its beginning");
        }
    }

    private void move(UUID referenceId, SlotState to, @Nullable Instant expiresAt, String from) {
        int moved = Sql.in(
                dataSource,
                c -> Sql.run(
                        c,
                        "update equipment.slot set state = ?, expires_at = ? where reference_id = ? and " + from
                                + " and not coalesce(expires_at <= ?, false)",
                        to,
                        expiresAt,
                        referenceId,
                        clock.instant()));
        if (moved == 0) {
            throw new Conflict("equipment.slot-gone", "The place was given up or ran out; take it again");
        }
        audit.write("equipment.slot-moved", referenceId.toString(), Map.of("state", to.name()));
    }

    /** The unit as far as booking needs it, visible or not. */
    private static UUID bookableUnitsOwner(Connection c, UUID unitId) throws SQLException {
        UnitBrief unit = Sql.one(
                        c,
                        "select owner_id, status from equipment.brief(?)",
                        rs -> new UnitBrief(Sql.uuid(rs, "owner_id"), UnitStatus.valueOf(rs.getString("status"))),
                        unitId)
                .orElseThrow(UnitStore::missing);
        if (!unit.isBookable()) {
            throw new Conflict("equipment.unit-not-bookable", "A unit that is " + unit.status + " cannot be booked");
        }
        return unit.ownerId;
    }

    private static boolean insert(Connection c, SlotView slot, Instant now) throws SQLException {
        return Sql.run(
                        c,
                        """
                        insert into equipment.slot(id, unit_id, from_at, to_at, use, state, reference_id, org_id, note,
                          expires_at, created_at)
                        values (?,?,?,?,?,?,?,?,?,?,?) on conflict do nothing""",
                        slot.id(),
                        slot.unitId(),
                        slot.period().from(),
                        slot.period().to(),
                        slot.use(),
                        slot.state(),
                        slot.referenceId(),
                        slot.orgId(),
                        slot.note(),
                        slot.expiresAt(),
                        now)
                == 1;
    }

    private boolean isFree(Connection c, UUID unitId, Period period) throws SQLException {
        return busy(c, unitId, period, clock.instant()).isEmpty();
    }

    private static List<Period> near(Connection c, UUID unitId, Period wished, int count, Instant now)
            throws SQLException {
        Duration reach = wished.length().multipliedBy(count + 1L).plus(Duration.ofDays(30));
        Instant since = wished.from().minus(reach);
        Period around = new Period(since, wished.to().plus(reach));
        return new FreeTimes(busy(c, unitId, around, now)).near(wished, now, count);
    }

    private static List<Period> busy(Connection c, UUID unitId, Period within, Instant now) throws SQLException {
        return Sql.all(
                c,
                "select from_at, to_at from equipment.busy(?,?,?,?)",
                rs -> new Period(Sql.instant(rs, "from_at"), Sql.instant(rs, "to_at")),
                unitId,
                within.from(),
                within.to(),
                now);
    }

    private static SlotView slot(ResultSet rs) throws SQLException {
        return new SlotView(
                Sql.uuid(rs, "id"),
                Sql.uuid(rs, "unit_id"),
                new Period(Sql.instant(rs, "from_at"), Sql.instant(rs, "to_at")),
                SlotUse.valueOf(rs.getString("use")),
                SlotState.valueOf(rs.getString("state")),
                Sql.uuid(rs, "reference_id"),
                Sql.uuid(rs, "org_id"),
                rs.getString("note"),
                Sql.instantOrNull(rs, "expires_at"));
    }

    private record UnitBrief(UUID ownerId, UnitStatus status) {
        boolean isBookable() {
            return status != UnitStatus.RETIRING && status != UnitStatus.DISPOSED && status != UnitStatus.MISSING;
        }
    }
}
