package org.yiqi.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Amount;

/** A work order as its parties see it. */
public record WorkOrderView(
        UUID id,
        long version,
        String number,
        WorkOrderKind kind,
        RequestSource source,
        WorkOrderState state,
        Instant since,
        OrderedUnit unit,
        @Nullable UUID requesterId,
        @Nullable UUID requesterOrgId,
        @Nullable UUID serviceOrgId,
        @Nullable UUID parentId,
        @Nullable UUID planId,
        @Nullable UUID episodeId,
        Symptom symptom,
        String description,
        boolean safety,
        String severity,
        OrderPriority priority,
        OrderTimes times,
        RepairSummary repair,
        @Nullable UUID verifiedById,
        boolean quarantined,
        @Nullable UUID holdActId,
        @Nullable UUID releaseActId,
        @Nullable Integer rating,
        String ratingComment) {

    /**
     * The unit as it was when the order was opened.
     *
     * @param custodianId follows the unit when it changes hands meanwhile
     */
    public record OrderedUnit(
            UUID id,
            String modelName,
            String assetTag,
            String serial,
            String place,
            String regionCode,
            UUID ownerId,
            UUID custodianId) {}

    /** Risk times downtime, its band, and the facts behind both. */
    public record OrderPriority(int risk, int downtime, int score, PriorityLevel level, List<PriorityReason> reasons) {}

    /**
     * When what happened and by when the next should.
     *
     * @param fixBy moves on by the time spent waiting for ordered parts
     * @param downtimeSeconds from the alert or request to the release; null before it
     */
    public record OrderTimes(
            Instant requestedAt,
            @Nullable Instant downSince,
            @Nullable Instant dispatchedAt,
            @Nullable Instant acceptBy,
            @Nullable Instant acceptedAt,
            @Nullable Instant startedAt,
            @Nullable Instant repairedAt,
            @Nullable Instant verifiedAt,
            @Nullable Instant releasedAt,
            @Nullable Instant closedAt,
            @Nullable Instant arriveBy,
            @Nullable Instant fixBy,
            @Nullable Instant pausedSince,
            long pausedSeconds,
            @Nullable Instant slotFrom,
            @Nullable Instant slotTo,
            @Nullable Long downtimeSeconds) {}

    /**
     * What the technician reported last.
     *
     * @param failing JSON pointers of the measurements outside their limits
     */
    public record RepairSummary(
            @Nullable UUID technicianId,
            String diagnosis,
            String workDone,
            String purchaseOrder,
            int labourMinutes,
            Amount labourCost,
            Amount partsCost,
            int testRound,
            List<String> failing) {}

    /** The next moment that this order owes somebody something: acceptance, arrival or the repair. Null when none runs. */
    public @Nullable Instant due() {
        return switch (state) {
            case REQUESTED -> times.requestedAt.plus(Duration.ofMinutes(30));
            case DISPATCHED -> times.acceptBy;
            case ACCEPTED, EN_ROUTE -> times.arriveBy;
            case TRIAGED, IN_PROGRESS, WAITING_SITE, REPAIRED, VERIFIED -> times.fixBy;
            case WAITING_PARTS, RELEASED, CLOSED, CANCELLED -> null;
        };
    }

    public boolean isOpen() {
        return !state.isEnded();
    }
}
