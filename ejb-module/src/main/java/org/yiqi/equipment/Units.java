package org.yiqi.equipment;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.domain.LabelCode;
import org.yiqi.equipment.domain.Unit;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.ledger.ActCompleted;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** Units: brought in, found, described. Their status is {@link Availability}'s business, who holds them {@link Custody}'s. */
@Stateless
@Secured
public class Units {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Models models;

    @Inject
    Acts acts;

    @Inject
    Event<UnitRegistered> registered;

    /**
     * Brings a unit in for the caller's organisation, which owns and holds it from the moment it has signed an act that says
     * so: now, for which the caller must be entitled to sign, or later with a key that the organisation holds itself. Until
     * then the unit is not in service.
     *
     * @throws NotFound {@code equipment.model-not-found}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public UnitView register(RegisterUnit command) {
        return bringIn(command);
    }

    /**
     * Brings a unit in that the caller's organisation delivers: it owns and holds it until {@link Custody#sell}. The buyer sees it from
     * now on.
     *
     * @throws NotFound {@code equipment.model-not-found}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public UnitView registerForSale(RegisterUnit command, UUID buyer, UUID referenceId) {
        UnitView unit = bringIn(command);
        guest(unit.id(), buyer, referenceId, caller.orgId());
        return unit;
    }

    private UnitView bringIn(RegisterUnit command) {
        ModelView model = models.get(command.modelId());
        Instant now = clock.instant();
        UnitDetails details = UnitDetailsReader.read(command, model, LocalDate.ofInstant(now, UnitDetailsReader.ZONE));
        Unit unit = Unit.register(
                Ids.next(),
                model.id(),
                caller.orgId(),
                command.maintainerId(),
                details,
                Boolean.TRUE.equals(command.inService()));
        unit.awaitSignature();
        Sql.in(dataSource, c -> {
            UnitStore.insert(c, unit, model, now);
            return acts.propose(NewAct.registered(unit.id(), unit.ownerId(), now));
        });
        audit.write("equipment.unit-registered", unit.id().toString(), Map.of("assetTag", details.assetTag()));
        registered.fire(new UnitRegistered(unit.id(), model.id(), unit.ownerId()));
        return get(unit.id());
    }

    /**
     * Asks once more for the signature that brings a unit onto the ledger, after the time for it had run out.
     *
     * @throws NotFound {@code equipment.unit-not-found}
     * @throws Conflict {@code equipment.already-registered}; {@code ledger.chain-reserved} while the first still waits
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public UnitView registerAgain(UUID id) {
        UnitView unit = get(id);
        if (!unit.ownerId().equals(caller.orgId())) {
            throw new NotPermitted("equipment.only-the-owner", "Only the owner registers a unit");
        }
        if (unit.signedFor()) {
            throw new Conflict("equipment.already-registered", "The unit is on the ledger already");
        }
        acts.propose(NewAct.registered(id, unit.ownerId(), clock.instant()));
        return get(id);
    }

    /** The owner has signed: it holds the unit from now on. At once, unless it signs with a key of its own. */
    @RolesAllowed("**")
    public void on(@Observes ActCompleted completed) {
        if (!completed.type().equals("custody.registered")) {
            return;
        }
        Instant now = clock.instant();
        UUID id = completed.subject().id();
        Sql.in(dataSource, c -> {
            Unit unit = UnitStore.lock(c, id);
            Sql.run(
                    c,
                    "insert into equipment.custody(id, unit_id, org_id, from_at, act_id) values (?,?,?,?,?)",
                    Ids.next(),
                    id,
                    unit.ownerId(),
                    now,
                    completed.actId());
            unit.signedFor();
            UnitStore.updateStatus(c, unit, now);
            Map<String, String> status = Map.of("status", unit.status().name());
            HistoryLog.write(c, caller, id, now, "registered", completed.actId(), status);
            return true;
        });
    }

    /** Nobody signed in time: the unit stays out of service until its owner asks again. */
    @PermitAll
    public void on(@Observes ActExpired expired) {
        if (expired.type().equals("custody.registered")) {
            UUID unit = expired.subject().id();
            Sql.in(dataSource, c -> {
                HistoryLog.write(c, caller, unit, clock.instant(), "registration-lapsed", expired.actId(), Map.of());
                return true;
            });
        }
    }

    /**
     * Filters: {@code status, category, owner, custodian, lentBy, maintainer, region, model, condition, criticality, department,
     * serial, assetTag, deviceIdentifier, id}; sorts: {@code assetTag, nameZh, nameEn, category, status, serial, region,
     * updatedAt, createdAt}.
     */
    @RolesAllowed("**")
    public Page<UnitRow> list(ListQuery query) {
        return Sql.in(dataSource, c -> UnitListing.ROWS.page(c, query));
    }

    /** Streams all that match, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<UnitRow> consumer) {
        Sql.in(dataSource, c -> {
            UnitListing.ROWS.forEach(c, query, consumer);
            return true;
        });
    }

    /** @throws NotFound {@code equipment.unit-not-found}, for another tenant's unit too */
    @RolesAllowed("**")
    public UnitView get(UUID id) {
        return Sql.in(dataSource, c -> find(c, "u.id = ?", id))
                .map(this::forCaller)
                .orElseThrow(UnitStore::missing);
    }

    /** The category of any unit, for those who book it before they may see it. */
    @RolesAllowed("**")
    public String categoryOf(UUID id) {
        return Sql.in(
                        dataSource,
                        c -> Sql.one(c, "select equipment.category_of(?)", rs -> String.valueOf(rs.getString(1)), id))
                .orElseThrow(UnitStore::missing);
    }

    /** The unit whose label shows the code, as typed or scanned. */
    @RolesAllowed("**")
    public Optional<UnitView> byLabel(String entered) {
        return LabelCode.read(entered)
                .flatMap(code -> Sql.in(dataSource, c -> find(c, "u.label_code = ?", code)))
                .map(this::forCaller);
    }

    /** The unit of a model with this serial number. */
    @RolesAllowed("**")
    public Optional<UnitView> bySerial(UUID modelId, String serial) {
        return Sql.in(dataSource, c -> find(c, "u.model_id = ? and u.serial = ?", modelId, serial))
                .map(this::forCaller);
    }

    /**
     * Corrects a unit. The custodian may say where it stands, who uses it and how good it is; the rest is the owner's.
     *
     * @throws StaleVersion when someone changed it since {@code seenVersion}
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public UnitView change(UUID id, long seenVersion, ChangeUnit change) {
        Instant now = clock.instant();
        Sql.in(dataSource, c -> {
            Unit unit = UnitStore.lockIdentity(c, id);
            StaleVersion.check(seenVersion, unit.version());
            boolean owner = unit.ownerId().equals(caller.orgId());
            if (!owner && (change.concernsTheOwnerAlone() || !unit.custodianId().equals(caller.orgId()))) {
                throw new NotPermitted("equipment.only-the-owner", "Only the owner changes this");
            }
            UnitDetails before = unit.details();
            UnitDetails after =
                    UnitDetailsReader.merge(before, change, LocalDate.ofInstant(now, UnitDetailsReader.ZONE));
            unit.describe(after, change.maintainerId() == null ? unit.maintainerId() : change.maintainerId());
            UnitStore.updateDetails(c, unit, models.get(unit.modelId()), now);
            Map<String, String> differences = UnitDetailsReader.differences(before, after);
            if (!differences.isEmpty()) {
                String kind = before.condition() == after.condition() ? "described" : "condition-changed";
                HistoryLog.write(c, caller, id, now, kind, null, differences);
            }
            return true;
        });
        audit.write("equipment.unit-changed", id.toString(), Map.of("version", seenVersion + 1));
        return get(id);
    }

    /**
     * Another department of the owner's house has taken the unit over.
     *
     * @param site empty where it stays
     * @throws NotPermitted {@code equipment.only-the-owner}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL})
    public void relocate(UUID id, String department, String site) {
        Instant now = clock.instant();
        Sql.in(dataSource, c -> {
            Unit unit = UnitStore.lock(c, id);
            if (!unit.ownerId().equals(caller.orgId())) {
                throw new NotPermitted("equipment.only-the-owner", "Only the owner changes this");
            }
            UnitDetails before = unit.details();
            UnitDetails after = before.in(department, site);
            unit.describe(after, unit.maintainerId());
            UnitStore.updateDetails(c, unit, models.get(unit.modelId()), now);
            HistoryLog.write(c, caller, id, now, "described", null, UnitDetailsReader.differences(before, after));
            return true;
        });
        audit.write("equipment.unit-relocated", id.toString(), Map.of("department", department));
    }

    /** What happened to a unit, newest first. */
    @RolesAllowed("**")
    public List<HistoryEntry> history(UUID id) {
        get(id);
        return Sql.in(dataSource, c -> HistoryLog.read(c, id, 500));
    }

    /** What happened to a unit before it was certified for reuse and registered anew, newest first. */
    @RolesAllowed("**")
    public List<EarlierEvent> earlierLife(UUID id) {
        get(id);
        return Sql.in(
                dataSource,
                c -> Sql.all(
                        c,
                        "select * from equipment.earlier_life(?) limit 500",
                        rs -> new EarlierEvent(
                                Sql.uuid(rs, "unit_id"),
                                Sql.instant(rs, "at"),
                                rs.getString("kind"),
                                Sql.uuidOrNull(rs, "org_id")),
                        id));
    }

    /** Lets another organisation see a unit for as long as {@code referenceId} (a rental, a work order) lasts. */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.SYSTEM,
        Roles.TECHNICIAN,
        Roles.CLINICAL,
        Roles.COMMITTEE,
        Roles.PLATFORM_OPERATOR
    })
    public void show(UUID id, UUID orgId, UUID referenceId) {
        UnitView unit = get(id);
        guest(id, orgId, referenceId, caller.scope() == Scope.MEMBER ? caller.orgId() : unit.ownerId());
    }

    private void guest(UUID id, UUID orgId, UUID referenceId, UUID by) {
        Sql.in(dataSource, c -> Sql.run(c, """
                        insert into equipment.guest(unit_id, org_id, reference_id, shown_by, since) values (?,?,?,?,?)
                        on conflict do nothing""", id, orgId, referenceId, by, clock.instant()));
    }

    /** Ends what {@link #show} began; also for who posts the last signature of a return. */
    @RolesAllowed({
        Roles.EQUIPMENT,
        Roles.SYSTEM,
        Roles.TECHNICIAN,
        Roles.CLINICAL,
        Roles.PLATFORM_OPERATOR,
        Roles.SIGNATORY
    })
    public void hide(UUID referenceId) {
        Sql.in(dataSource, c -> Sql.run(c, "delete from equipment.guest where reference_id = ?", referenceId));
    }

    private static Optional<UnitView> find(Connection c, String where, Object... values) throws SQLException {
        return Sql.one(c, UnitListing.ONE + where, UnitListing::view, values);
    }

    private UnitView forCaller(UnitView unit) {
        boolean costs = caller.scope() != Scope.MEMBER || unit.ownerId().equals(orgOrNull());
        return costs ? unit : UnitListing.withoutCost(unit);
    }

    private @Nullable UUID orgOrNull() {
        var who = caller.find();
        return who == null ? null : who.orgId();
    }
}
