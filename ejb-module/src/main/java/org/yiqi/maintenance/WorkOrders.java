package org.yiqi.maintenance;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Calendar;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.SlotView;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.domain.Move;
import org.yiqi.maintenance.domain.Opening;
import org.yiqi.maintenance.domain.WorkOrder;
import org.yiqi.shared.Period;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Work orders: asked for by people, looked up, documented and, before anybody works on them, cancelled. */
@Stateless
@Secured
public class WorkOrders {

    private static final int MOST_FILES = 30;

    @Inject
    WorkOrderStore store;

    @Inject
    Database database;

    @Inject
    Openings openings;

    @Inject
    PlanStore plans;

    @Inject
    Units units;

    @Inject
    Calendar calendar;

    @Inject
    Availability availability;

    @Inject
    Holds holds;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("work_order_open_cause", "maintenance.already-open");
        DatabaseRefusals.register("stock_not_negative", "maintenance.not-in-stock");
        DatabaseRefusals.register("stock_reserved", "maintenance.not-in-stock");
        DatabaseRefusals.register("part_number", "maintenance.part-exists");
        DatabaseRefusals.register("plan_title", "maintenance.plan-exists");
    }

    /**
     * Asks for a repair of a unit that the caller's organisation sees. A second request for the same symptom joins the order
     * that is open.
     *
     * @throws NotFound {@code equipment.unit-not-found}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public WorkOrderView request(RequestRepair command) {
        UnitView unit = units.get(command.unitId());
        if (command.description().isBlank()) {
            throw new RuleViolation("maintenance.description-missing", "Say what is wrong")
                    .at("/description", "required");
        }
        WorkOrder order = openings.open(
                unit,
                Opening.report(
                        RequestSource.PERSON,
                        caller.orgId(),
                        caller.personId(),
                        command.symptom(),
                        command.description(),
                        command.danger()));
        command.files().forEach(file -> store.keepFile(order.id(), file));
        return store.view(order.id());
    }

    /**
     * Filters: {@code state, kind, source, unit, service, owner, custodian, technician, plan, episode, level, open, late, id};
     * sorts: {@code requestedAt, number, priority, due, state, assetTag}.
     */
    @RolesAllowed("**")
    public Page<WorkOrderView> list(ListQuery query) {
        return database.page(WorkOrderRows.LISTING, query);
    }

    /** Streams all that match, for exports. */
    @RolesAllowed("**")
    public void export(ListQuery query, Consumer<WorkOrderView> consumer) {
        database.in(c -> {
            WorkOrderRows.LISTING.forEach(c, query, consumer);
            return true;
        });
    }

    /** How many orders the caller sees in each state. */
    @RolesAllowed("**")
    public Map<WorkOrderState, Long> counts() {
        Map<WorkOrderState, Long> counts = new EnumMap<>(WorkOrderState.class);
        database.all(
                "select state, count(*) from maintenance.work_order group by state",
                rs -> counts.put(WorkOrderState.valueOf(rs.getString(1)), rs.getLong(2)));
        return counts;
    }

    /** @throws NotFound {@code maintenance.order-not-found}, for an order of others too */
    @RolesAllowed("**")
    public WorkOrderView get(UUID id) {
        return store.view(id);
    }

    /** What happened to the order, oldest first. */
    @RolesAllowed("**")
    public List<StepView> steps(UUID id) {
        store.view(id);
        return store.steps(id);
    }

    /** The tests of the technician's last report. */
    @RolesAllowed("**")
    public List<TestLine> tests(UUID id) {
        store.view(id);
        return store.tests(id);
    }

    @RolesAllowed("**")
    public List<PartUseView> parts(UUID id) {
        store.view(id);
        return store.parts(id);
    }

    @RolesAllowed("**")
    public List<AttachmentView> attachments(UUID id) {
        store.view(id);
        return store.files(id);
    }

    /** @throws NotFound {@code maintenance.attachment-not-found} */
    @RolesAllowed("**")
    public Attachment attachment(UUID id, UUID attachmentId) {
        store.view(id);
        return store.file(id, attachmentId);
    }

    /** Adds a photo or document; what came with the first report stays beside it. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.CLINICAL, Roles.TECHNICIAN, Roles.PLATFORM_OPERATOR})
    public UUID attach(UUID id, Attachment file) {
        store.view(id);
        if (store.files(id).size() >= MOST_FILES) {
            throw new RuleViolation("maintenance.too-many-files", "An order has at most " + MOST_FILES + " files")
                    .at("/photo", "at most " + MOST_FILES);
        }
        UUID kept = store.keepFile(id, file);
        audit.write("maintenance.file-added", id.toString(), Map.of("file", kept.toString(), "name", file.name()));
        return kept;
    }

    /** The bookings that a stopped unit cannot keep, and what happens with each; empty when the unit may be used. */
    @RolesAllowed("**")
    public List<AffectedBooking> bookings(UUID id) {
        WorkOrderView order = store.view(id);
        if (!order.quarantined() || order.state().isEnded()) {
            return List.of();
        }
        Instant now = clock.instant();
        Instant back = back(order, now);
        return calendar.slots(order.unit().id(), new Period(now, back.plus(Duration.ofDays(7)))).stream()
                .filter(s -> s.use() == SlotUse.RENTAL || s.use() == SlotUse.CLINICAL)
                .map(s -> new AffectedBooking(s.period(), s.use(), s.orgId(), s.referenceId(), next(s, now, back)))
                .toList();
    }

    /** When the unit should be back: the promised time, or a day from now when that has passed. */
    static Instant back(WorkOrderView order, Instant now) {
        Instant promised = order.times().fixBy();
        Instant earliest = now.plus(Duration.ofHours(1));
        if (promised == null) {
            promised = order.times().requestedAt().plus(order.priority().level().fix());
        }
        return promised.isBefore(earliest) ? now.plus(Duration.ofDays(1)) : promised;
    }

    private static AffectedBooking.Next next(SlotView slot, Instant now, Instant back) {
        if (slot.period().contains(now)) {
            return AffectedBooking.Next.REPLACE_NOW;
        }
        return slot.period().from().isBefore(back) ? AffectedBooking.Next.REPLAN : AffectedBooking.Next.WATCH;
    }

    /**
     * Gives up an order before anybody works on it; a stopped unit is free again, so owner or custodian do this.
     *
     * @throws StaleVersion when someone changed it since {@code seen}
     */
    @RolesAllowed({Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR})
    public WorkOrderView cancel(UUID id, @Nullable Long seen, String reason) {
        WorkOrder order = store.load(id, seen);
        if (!order.device().isAnsweredForBy(caller.orgId())) {
            throw new NotPermitted("maintenance.not-yours-to-cancel", "Owner or custodian cancel an order");
        }
        if (!holds.release(order)) {
            store.done(order, order.joined("release-waits", ""));
            return store.view(id);
        }
        ended(order, order.cancel(reason, clock.instant()));
        return store.view(id);
    }

    /**
     * Ends an order whose repair is not worth it, even while somebody works on it: its unit goes to its end.
     *
     * @throws Conflict {@code maintenance.wrong-state} once it is repaired, {@code maintenance.release-waits} while the
     *     release of its hold waits for a signature
     */
    @RolesAllowed(Roles.EQUIPMENT)
    public WorkOrderView giveUp(UUID id, String reason) {
        WorkOrder order = store.load(id, null);
        if (!order.device().isAnsweredForBy(caller.orgId())) {
            throw new NotPermitted("maintenance.not-yours-to-cancel", "Owner or custodian cancel an order");
        }
        Move given = order.giveUp(reason, clock.instant());
        if (!holds.release(order)) {
            throw new Conflict("maintenance.release-waits", "Sign the release of the unit's hold first");
        }
        ended(order, given);
        return store.view(id);
    }

    private void ended(WorkOrder order, Move how) {
        store.done(order, how);
        availability.release(order.device().unitId(), order.id());
        calendar.release(order.id());
        units.hide(order.id());
        plans.orderEnded(order, false);
    }
}
