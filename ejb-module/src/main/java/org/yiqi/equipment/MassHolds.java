package org.yiqi.equipment;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * {@link Availability#quarantine} and {@link Availability#release} for thousands of units in one statement each: a recall
 * must not wait for its last unit while the first is in use.
 */
@Stateless
@Secured
@RolesAllowed(Roles.REGULATOR)
public class MassHolds {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Event<UnitsStopped> stopped;

    /**
     * Until the transaction ends nobody registers a unit, describes it anew or passes it on: who searches for units to hold misses
     * none that is just coming. To be called before anything is read.
     */
    public void closeIdentities() {
        sql.first("select equipment.close_identities()", rs -> true);
    }

    /**
     * Quarantines units; those that are on their way out or gone are left alone, those that this reference stops already too.
     *
     * @return the units that now stand still for this reference
     */
    public Set<UUID> place(Collection<UUID> units, String reason, UUID referenceId) {
        Set<UUID> placed = sql.with(c -> {
            UUID[] wanted = units.toArray(UUID[]::new);
            UUID[] ids = units.stream().map(unit -> Ids.next()).toArray(UUID[]::new);
            try (PreparedStatement s = c.prepareStatement("""
                    with wanted as (select * from unnest(?, ?) w(unit_id, hold_id)),
                    standing as (select u.id, u.status, w.hold_id from equipment.unit u join wanted w on w.unit_id = u.id
                      where u.status not in ('RETIRING', 'DISPOSED') order by u.id for update of u),
                    held as (insert into equipment.hold(id, unit_id, kind, reason, reference_id, placed_at)
                      select hold_id, id, 'QUARANTINE', ?, ?, ? from standing on conflict do nothing returning unit_id),
                    told as (insert into equipment.history(unit_id, at, kind, org_id, person_id, reference_id, details)
                      select s.id, ?, 'status-changed', ?, ?, ?, jsonb_build_object('before', s.status, 'after', 'QUARANTINED')
                      from standing s join held h on h.unit_id = s.id where s.status <> 'QUARANTINED')
                    update equipment.unit u set status = 'QUARANTINED', version = u.version + 1, updated_at = ?,
                      resume_status = case when u.status in ('QUARANTINED', 'MAINTENANCE', 'MISSING')
                        or u.status = 'REGISTERED' and u.resume_status <> '' then u.resume_status else u.status end
                    from held h where h.unit_id = u.id returning u.id""")) {
                Timestamp now = Timestamp.from(clock.instant());
                YiqiPrincipal who = caller.find();
                bind(
                        s,
                        c.createArrayOf("uuid", wanted),
                        c.createArrayOf("uuid", ids),
                        reason.length() > 300 ? reason.substring(0, 300) : reason,
                        referenceId,
                        now,
                        now,
                        who == null ? null : who.orgId(),
                        who == null ? null : who.personId(),
                        referenceId,
                        now);
                return ids(s);
            }
        });
        done("equipment.holds-placed", placed, true, referenceId);
        return placed;
    }

    /**
     * Ends the holds that stand for a reference. A unit that something else stops goes on standing still.
     *
     * @return the units that were held for it
     */
    public Set<UUID> release(UUID referenceId) {
        Timestamp now = Timestamp.from(clock.instant());
        Set<UUID> released = sql.with(c -> ended(c, referenceId, now));
        Set<UUID> free = sql.with(c -> resumed(c, referenceId, now, released));
        done("equipment.holds-released", free, false, referenceId);
        return released;
    }

    private static Set<UUID> ended(Connection c, UUID referenceId, Timestamp now) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                with standing as (select u.id from equipment.unit u where u.id in
                  (select h.unit_id from equipment.hold h where h.reference_id = ? and h.released_at is null) order by u.id for update)
                update equipment.hold h set released_at = ? from standing s
                where h.unit_id = s.id and h.reference_id = ? and h.released_at is null returning h.unit_id""")) {
            bind(s, referenceId, now, referenceId);
            return ids(s);
        }
    }

    /** What stood still for this reference alone goes back to where it was. */
    private Set<UUID> resumed(Connection c, UUID referenceId, Timestamp now, Set<UUID> released) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                with free as (select u.id, u.status, case when exists (select 1 from equipment.hold h where h.unit_id = u.id
                        and h.released_at is null) then 'MAINTENANCE' when unsigned then 'REGISTERED'
                        else coalesce(nullif(u.resume_status, ''), 'AVAILABLE') end after,
                      unsigned or exists (select 1 from equipment.hold h where h.unit_id = u.id and h.released_at is null) waits
                  from equipment.unit u cross join lateral
                    (select not exists (select 1 from equipment.custody y where y.unit_id = u.id) unsigned) w
                  where u.id = any(?) and u.status = 'QUARANTINED' and not exists
                    (select 1 from equipment.hold h where h.unit_id = u.id and h.released_at is null and h.kind = 'QUARANTINE')),
                told as (insert into equipment.history(unit_id, at, kind, org_id, person_id, reference_id, details)
                  select id, ?, 'status-changed', ?, ?, ?, jsonb_build_object('before', status, 'after', after) from free)
                update equipment.unit u set status = f.after, version = u.version + 1, updated_at = ?,
                  resume_status = case when f.waits then u.resume_status else '' end
                from free f where f.id = u.id returning u.id""")) {
            YiqiPrincipal who = caller.find();
            bind(
                    s,
                    c.createArrayOf("uuid", released.toArray()),
                    now,
                    who == null ? null : who.orgId(),
                    who == null ? null : who.personId(),
                    referenceId,
                    now);
            return ids(s);
        }
    }

    private void done(String action, Set<UUID> units, boolean stop, UUID referenceId) {
        if (!units.isEmpty()) {
            audit.write(action, referenceId.toString(), Map.of("units", units.size()));
            stopped.fire(new UnitsStopped(units, stop, referenceId));
        }
    }

    private static void bind(PreparedStatement s, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
    }

    private static Set<UUID> ids(PreparedStatement s) throws SQLException {
        try (ResultSet rs = s.executeQuery()) {
            Set<UUID> ids = new LinkedHashSet<>();
            while (rs.next()) {
                ids.add(rs.getObject(1, UUID.class));
            }
            return ids;
        }
    }
}
