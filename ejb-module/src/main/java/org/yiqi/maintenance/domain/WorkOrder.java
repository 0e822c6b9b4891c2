package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.PriorityLevel;
import org.yiqi.maintenance.WaitReason;
import org.yiqi.maintenance.WorkOrderKind;
import org.yiqi.maintenance.WorkOrderState;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;

/**
 * A repair or service of one unit. It is REQUESTED by an alert, a person or a plan; TRIAGED with a priority; DISPATCHED to a
 * service organisation, which accepts in time or is passed over; ACCEPTED, perhaps EN_ROUTE, IN_PROGRESS and at times WAITING
 * for parts or for the site; REPAIRED with test data; VERIFIED by somebody who did not work on it; RELEASED, which gives the
 * unit back; and CLOSED with a rating. It can be CANCELLED until somebody has started to work. Planned service starts at
 * DISPATCHED. A refused verification sends it back to IN_PROGRESS.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "maintenance", name = "work_order")
public class WorkOrder {

    public static final Duration RATING_WITHIN = Duration.ofDays(7);

    @Id
    private UUID id;

    @Version
    private long version;

    @Column(updatable = false)
    private String number;

    @Embedded
    private Origin origin;

    @Embedded
    private Device device;

    @Column(name = "service_org")
    private @Nullable UUID serviceOrg;

    private int risk;
    private int downtime;

    @Column(name = "priority_reasons")
    private String priorityReasons = "";

    @Enumerated(EnumType.STRING)
    private WorkOrderState state;

    private Instant since;

    @Embedded
    private Clocks clocks;

    @Column(name = "purchase_order")
    private String purchaseOrder = "";

    @Column(name = "slot_from")
    private @Nullable Instant slotFrom;

    @Column(name = "slot_to")
    private @Nullable Instant slotTo;

    @Embedded
    private Work work = new Work();

    @Column(name = "verified_by")
    private @Nullable UUID verifiedBy;

    @Embedded
    private Standing standing = new Standing();

    private @Nullable Integer rating;

    @Column(name = "rating_comment")
    private String ratingComment = "";

    protected WorkOrder() {}

    /** Opens a repair. The unit counts as down from {@code downSince}; null while it can still be used. */
    public WorkOrder(
            UUID id,
            String number,
            Device device,
            Opening why,
            Priority suggested,
            Instant now,
            @Nullable Instant downSince) {
        this.id = id;
        this.number = number;
        this.device = device;
        this.origin = new Origin(why);
        this.clocks = new Clocks(now, downSince);
        this.state = WorkOrderState.REQUESTED;
        this.since = now;
        prioritise(suggested);
    }

    public Move triage(Priority decided, String reason, Instant now) {
        from("triage", WorkOrderState.REQUESTED, WorkOrderState.TRIAGED);
        prioritise(decided);
        clocks.triaged(decided.level());
        return to(WorkOrderState.TRIAGED, "triaged", Reason.required(reason, "/reason"), now);
    }

    /** Offers the order to a service organisation, which has {@link Clocks#TO_ACCEPT} to answer. */
    public Move dispatch(UUID service, Instant now) {
        from("dispatch", WorkOrderState.TRIAGED);
        serviceOrg = service;
        clocks.offered(now, now.plus(Clocks.TO_ACCEPT));
        return to(WorkOrderState.DISPATCHED, "dispatched", "", now);
    }

    /** Planned service goes straight to who does it; it has until the slot begins to accept. */
    public Move dispatchPlanned(UUID service, Instant slotStart, Instant slotEnd, Instant now) {
        from("dispatch", WorkOrderState.REQUESTED);
        serviceOrg = service;
        slotFrom = slotStart;
        slotTo = slotEnd;
        clocks.planned(slotStart, slotEnd);
        clocks.offered(now, slotStart);
        return to(WorkOrderState.DISPATCHED, "dispatched", "", now);
    }

    /** The organisation said no or nothing: the order is without one until it is dispatched again. */
    public Move offerEnded(String act, String reason, Instant now) {
        from(act, WorkOrderState.DISPATCHED);
        serviceOrg = null;
        clocks.offerEnded();
        return to(WorkOrderState.TRIAGED, act, reason, now);
    }

    public Move accept(UUID technician, Instant now) {
        from("accept", WorkOrderState.DISPATCHED);
        Instant until = clocks.acceptBy();
        if (until != null && now.isAfter(until)) {
            throw new Conflict("maintenance.offer-lapsed", "The time to accept is over");
        }
        clocks.accepted(now);
        work.by(technician);
        return to(WorkOrderState.ACCEPTED, "accepted", "", now);
    }

    public Move depart(UUID technician, Instant now) {
        from("depart", WorkOrderState.ACCEPTED);
        work.by(technician);
        return to(WorkOrderState.EN_ROUTE, "departed", "", now);
    }

    public Move start(UUID technician, Instant now) {
        from("start", WorkOrderState.ACCEPTED, WorkOrderState.EN_ROUTE);
        clocks.started(now);
        work.by(technician);
        return to(WorkOrderState.IN_PROGRESS, "started", "", now);
    }

    /** Waiting for parts stops the clock, so it must name the purchase order that brings them. */
    public Move waitFor(WaitReason what, String reason, String purchaseOrderReference, Instant now) {
        from("wait", WorkOrderState.IN_PROGRESS);
        String order = purchaseOrderReference.strip();
        if (what == WaitReason.SITE) {
            return to(WorkOrderState.WAITING_SITE, "waiting-site", Reason.required(reason, "/reason"), now);
        }
        if (order.isEmpty() || order.length() > 100) {
            throw new RuleViolation("maintenance.purchase-order-missing", "Name the purchase order of the parts")
                    .at("/purchaseOrder", "1 to 100");
        }
        purchaseOrder = order;
        clocks.pause(now);
        return to(WorkOrderState.WAITING_PARTS, "waiting-parts", Reason.required(reason, "/reason"), now);
    }

    public Move resume(UUID technician, Instant now) {
        from("resume", WorkOrderState.WAITING_PARTS, WorkOrderState.WAITING_SITE);
        clocks.resume(now);
        work.by(technician);
        return to(WorkOrderState.IN_PROGRESS, "resumed", "", now);
    }

    public Move repair(UUID technician, RepairReport report, TestSheet tests, Instant now) {
        from("repair", WorkOrderState.IN_PROGRESS);
        work.by(technician);
        work.reported(report, tests.failing());
        clocks.repaired(now);
        return to(WorkOrderState.REPAIRED, "repaired", "", now);
    }

    /** @throws NotPermitted when the person worked on this order or does not act for the unit's owner or custodian */
    public Move verify(UUID person, UUID org, Instant now) {
        checkVerifier(person, org);
        from("verify", WorkOrderState.REPAIRED);
        verifiedBy = person;
        clocks.verified(now);
        return to(WorkOrderState.VERIFIED, "verified", "", now);
    }

    /** What was repaired does not convince: the technician goes on. */
    public Move refuseRepair(UUID person, UUID org, String reason, Instant now) {
        checkVerifier(person, org);
        from("verify", WorkOrderState.REPAIRED, WorkOrderState.VERIFIED);
        verifiedBy = null;
        clocks.verified(null);
        return to(WorkOrderState.IN_PROGRESS, "refused", Reason.required(reason, "/reason"), now);
    }

    /** Gives the unit back. Not with a measurement outside its limit, whatever anybody verified. */
    public Move release(UUID org, Instant now) {
        checkReleasable(org);
        clocks.released(now);
        return to(WorkOrderState.RELEASED, "released", "", now);
    }

    /** Refuses a release for whatever speaks against it, before anything else happens. */
    public void checkReleasable(UUID org) {
        if (!device.isAnsweredForBy(org)) {
            throw new NotPermitted("maintenance.not-yours-to-release", "Owner or custodian release the unit");
        }
        checkTests();
        from("release", WorkOrderState.VERIFIED);
    }

    /** @param stars 1 to 5, null when nobody rated within {@link #RATING_WITHIN} */
    public Move close(@Nullable Integer stars, String comment, Instant now) {
        from("close", WorkOrderState.RELEASED);
        if (stars != null && (stars < 1 || stars > 5)) {
            throw new RuleViolation("maintenance.bad-rating", "A rating is 1 to 5").at("/rating", "1 to 5");
        }
        rating = stars;
        ratingComment = Reason.limited(comment.strip(), "/comment");
        clocks.closed(now);
        return to(WorkOrderState.CLOSED, "closed", "", now);
    }

    /** Only before anybody works on the unit. */
    public Move cancel(String reason, Instant now) {
        from(
                "cancel",
                WorkOrderState.REQUESTED,
                WorkOrderState.TRIAGED,
                WorkOrderState.DISPATCHED,
                WorkOrderState.ACCEPTED);
        clocks.closed(now);
        return to(WorkOrderState.CANCELLED, "cancelled", Reason.required(reason, "/reason"), now);
    }

    /** Not worth it: at any time before the unit is repaired, because the unit goes to its end. */
    public Move giveUp(String reason, Instant now) {
        from(
                "cancel",
                WorkOrderState.REQUESTED,
                WorkOrderState.TRIAGED,
                WorkOrderState.DISPATCHED,
                WorkOrderState.ACCEPTED,
                WorkOrderState.EN_ROUTE,
                WorkOrderState.IN_PROGRESS,
                WorkOrderState.WAITING_PARTS,
                WorkOrderState.WAITING_SITE);
        clocks.closed(now);
        return to(WorkOrderState.CANCELLED, "beyond-repair", Reason.required(reason, "/reason"), now);
    }

    /** Refuses an empty reason before anything else happens. */
    public void checkReason(String reason) {
        Reason.required(reason, "/reason");
        from("decline", WorkOrderState.DISPATCHED);
    }

    /** Refuses a report at the wrong time before parts leave the stock for it. */
    public void checkRepairable() {
        from("repair", WorkOrderState.IN_PROGRESS);
    }

    /** A second report or episode of the same cause: nothing changes but the history. */
    public Move joined(String act, String reason) {
        return new Move(act, state, state, Reason.limited(reason, "/description"));
    }

    public void quarantined(@Nullable UUID act) {
        standing.stop(act);
    }

    public void holdReleased(UUID act) {
        standing.lift(act);
    }

    public void heldBy(UUID custodian) {
        device.heldBy(custodian);
    }

    private void checkVerifier(UUID person, UUID org) {
        if (!device.isAnsweredForBy(org)) {
            throw new NotPermitted("maintenance.not-yours-to-verify", "Owner or custodian verify a repair");
        }
        if (work.hasWorked(person)) {
            throw new NotPermitted("maintenance.own-work", "Nobody verifies their own work");
        }
    }

    private void checkTests() {
        List<String> failing = work.failing();
        if (!failing.isEmpty()) {
            RuleViolation refusal =
                    new RuleViolation("maintenance.test-out-of-limits", "A measurement is outside its limit");
            failing.forEach(pointer -> refusal.at(pointer, "outside its limit"));
            throw refusal;
        }
    }

    private void prioritise(Priority priority) {
        risk = priority.risk();
        downtime = priority.downtime();
        priorityReasons = priority.reasons().stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
    }

    private void from(String act, WorkOrderState... allowed) {
        if (!Set.of(allowed).contains(state)) {
            throw new Conflict("maintenance.wrong-state", "An order that is " + state + " does not allow: " + act)
                    .with("state", state.name());
        }
    }

    private Move to(WorkOrderState next, String act, String reason, Instant now) {
        Move move = new Move(act, state, next, reason);
        state = next;
        since = now;
        return move;
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String number() {
        return number;
    }

    public WorkOrderState state() {
        return state;
    }

    /** Since when it stands where it stands. */
    public Instant since() {
        return since;
    }

    public @Nullable Integer rating() {
        return rating;
    }

    public WorkOrderKind kind() {
        return origin.kind();
    }

    public Device device() {
        return device;
    }

    /** Until when the service organisation may accept. */
    public @Nullable Instant acceptBy() {
        return clocks.acceptBy();
    }

    public @Nullable UUID serviceOrg() {
        return serviceOrg;
    }

    public @Nullable UUID planId() {
        return origin.planId();
    }

    public @Nullable UUID technicianId() {
        return work.technicianId();
    }

    /** Labour and parts together. */
    public Money cost() {
        return work.cost();
    }

    public String summary() {
        return work.summary();
    }

    public int testRound() {
        return work.round();
    }

    public boolean isQuarantined() {
        return standing.isQuarantined();
    }

    public @Nullable UUID holdAct() {
        return standing.holdAct();
    }

    public @Nullable UUID releaseAct() {
        return standing.releaseAct();
    }

    public PriorityLevel level() {
        return PriorityLevel.of(risk * downtime);
    }

    public boolean isSafety() {
        return origin.isSafety();
    }

    public @Nullable Duration downtime() {
        return clocks.downtime();
    }

    public @Nullable Instant slotFrom() {
        return slotFrom;
    }

    public @Nullable Instant slotTo() {
        return slotTo;
    }
}
