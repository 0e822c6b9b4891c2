package org.yiqi.maintenance;

import java.util.UUID;
import org.yiqi.equipment.SlotUse;
import org.yiqi.shared.Period;

/** A booking of a stopped unit, and what happens with it next. */
public record AffectedBooking(Period period, SlotUse use, UUID orgId, UUID referenceId, Next next) {

    /** What a booking of a stopped unit needs. */
    public enum Next {
        /** It runs now: its user needs another unit at once. */
        REPLACE_NOW,
        /** It begins before the unit is expected back: plan another unit or another time. */
        REPLAN,
        /** The unit should be back by then; decided again when the repair takes longer. */
        WATCH
    }
}
