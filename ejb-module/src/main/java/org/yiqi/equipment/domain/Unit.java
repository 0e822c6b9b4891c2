package org.yiqi.equipment.domain;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.HoldKind;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.shared.problem.Conflict;

/**
 * One device that stands somewhere. Its life: registered by its owner, commissioned once installed and tested, available;
 * then reserved and used in turns. A hold (quarantine, maintenance) stops it from anywhere and, when the last one is
 * released, gives it back where it was. From available or quarantined it retires and is disposed of, for ever, or
 * begins anew with another owner.
 */
public final class Unit {

    private static final Set<UnitStatus> STOPPED =
            EnumSet.of(UnitStatus.QUARANTINED, UnitStatus.MAINTENANCE, UnitStatus.MISSING);
    private static final Set<UnitStatus> ENDING = EnumSet.of(UnitStatus.RETIRING, UnitStatus.DISPOSED);

    private final UUID id;
    private final long version;
    private final UUID modelId;
    private final UUID ownerId;
    private final UUID custodianId;
    private final String labelCode;
    private @Nullable UUID maintainerId;
    private UnitDetails details;
    private UnitStatus status;
    private @Nullable UnitStatus resume;

    /** As stored. */
    public Unit(
            UUID id,
            long version,
            UUID modelId,
            UUID ownerId,
            UUID custodianId,
            @Nullable UUID maintainerId,
            String labelCode,
            UnitDetails details,
            UnitStatus status,
            @Nullable UnitStatus resume) {
        this.id = id;
        this.version = version;
        this.modelId = modelId;
        this.ownerId = ownerId;
        this.custodianId = custodianId;
        this.maintainerId = maintainerId;
        this.labelCode = labelCode;
        this.details = details;
        this.status = status;
        this.resume = resume;
    }

    /** A unit that its owner brings in; the owner holds it. */
    public static Unit register(
            UUID id, UUID modelId, UUID ownerId, @Nullable UUID maintainerId, UnitDetails details, boolean inService) {
        UnitStatus status = inService ? UnitStatus.AVAILABLE : UnitStatus.REGISTERED;
        return new Unit(id, 0, modelId, ownerId, ownerId, maintainerId, LabelCode.random(), details, status, null);
    }

    /** Not in service before its owner has signed for it, whatever it will be then. */
    public void awaitSignature() {
        if (status == UnitStatus.AVAILABLE) {
            resume = status;
            status = UnitStatus.REGISTERED;
        }
    }

    /** The owner has signed for it. */
    public void signedFor() {
        if (status == UnitStatus.REGISTERED && resume != null) {
            status = resume;
            resume = null;
        }
    }

    public void describe(UnitDetails corrected, @Nullable UUID maintainer) {
        refuseIf(status == UnitStatus.DISPOSED, "equipment.unit-disposed", "A disposed unit does not change any more");
        details = corrected;
        maintainerId = maintainer;
    }

    /** Installed, and its operation is qualified. */
    public void commission() {
        move(UnitStatus.COMMISSIONED, EnumSet.of(UnitStatus.REGISTERED));
    }

    public void makeAvailable() {
        move(UnitStatus.AVAILABLE, EnumSet.of(UnitStatus.COMMISSIONED));
    }

    /** Its buyer has accepted it: it can be used, or once nothing stops it any more. */
    public void takeOver() {
        if (STOPPED.contains(status)) {
            resume = UnitStatus.AVAILABLE;
        } else {
            commission();
            makeAvailable();
        }
    }

    /** A unit that is stopped or out is not sent to anybody. */
    public void reserve() {
        move(UnitStatus.RESERVED, EnumSet.of(UnitStatus.AVAILABLE, UnitStatus.RESERVED));
    }

    public void beginUse() {
        move(UnitStatus.IN_USE, EnumSet.of(UnitStatus.AVAILABLE, UnitStatus.RESERVED, UnitStatus.IN_USE));
    }

    /** A stopped unit may come back from its user too: it will be available once nothing stops it. */
    public void endUse() {
        if (STOPPED.contains(status)) {
            if (resume == UnitStatus.IN_USE || resume == UnitStatus.RESERVED) {
                resume = UnitStatus.AVAILABLE;
            }
            return;
        }
        move(UnitStatus.AVAILABLE, EnumSet.of(UnitStatus.IN_USE, UnitStatus.RESERVED, UnitStatus.AVAILABLE));
    }

    /** @param standing the kinds of all holds that stand on the unit now */
    public void holdsChanged(Set<HoldKind> standing) {
        refuseIf(ENDING.contains(status), "equipment.unit-retired", "The unit is on its way out or gone");
        if (standing.isEmpty()) {
            if (STOPPED.contains(status) && status != UnitStatus.MISSING) {
                status = resume == null ? UnitStatus.AVAILABLE : resume;
                resume = null;
            }
            return;
        }
        if (!STOPPED.contains(status)) {
            resume = status;
        }
        status = standing.contains(HoldKind.QUARANTINE) ? UnitStatus.QUARANTINED : UnitStatus.MAINTENANCE;
    }

    public void reportMissing() {
        refuseIf(
                ENDING.contains(status) || status == UnitStatus.MISSING,
                "equipment.wrong-status",
                "A unit that is " + status + " cannot go missing");
        if (!STOPPED.contains(status)) {
            resume = status;
        }
        status = UnitStatus.MISSING;
    }

    public void found() {
        refuseIf(status != UnitStatus.MISSING, "equipment.wrong-status", "The unit is not missing");
        status = resume == null ? UnitStatus.AVAILABLE : resume;
        resume = null;
    }

    public void retire() {
        move(UnitStatus.RETIRING, EnumSet.of(UnitStatus.AVAILABLE, UnitStatus.QUARANTINED));
    }

    /** It stays after all. */
    public void keep() {
        move(UnitStatus.AVAILABLE, EnumSet.of(UnitStatus.RETIRING));
    }

    public void dispose() {
        move(UnitStatus.DISPOSED, EnumSet.of(UnitStatus.RETIRING));
    }

    /** It lives on with another owner, who installs and tests it before it is used. */
    public void passOn() {
        move(UnitStatus.REGISTERED, EnumSet.of(UnitStatus.RETIRING));
    }

    /** Whether new bookings may be made. */
    public boolean isBookable() {
        return !ENDING.contains(status) && status != UnitStatus.MISSING;
    }

    private void move(UnitStatus to, Set<UnitStatus> from) {
        refuseIf(!from.contains(status), "equipment.wrong-status", "A unit that is " + status + " cannot become " + to);
        status = to;
    }

    private static void refuseIf(boolean refused, String code, String message) {
        if (refused) {
            throw new Conflict(code, message);
        }
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public UUID modelId() {
        return modelId;
    }

    public UUID ownerId() {
        return ownerId;
    }

    public UUID custodianId() {
        return custodianId;
    }

    public @Nullable UUID maintainerId() {
        return maintainerId;
    }

    public String labelCode() {
        return labelCode;
    }

    public UnitDetails details() {
        return details;
    }

    public UnitStatus status() {
        return status;
    }

    public @Nullable UnitStatus resume() {
        return resume;
    }
}
