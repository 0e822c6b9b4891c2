package org.yiqi.oversight;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A unit that a recall found.
 *
 * @param foundAs UNIT, or PART when one is fitted in it
 * @param foundAt when the recall was issued; later for a unit or part that came after it
 * @param statusFound its status when it was found; DISPOSED for one that was gone
 * @param actState how far the act of its hold, or of the hold's end, has come; empty without one
 * @param refusal why the ledger would not take the act, as a code
 */
public record RecalledUnit(
        UUID unitId,
        String foundAs,
        Instant foundAt,
        String nameZh,
        String nameEn,
        String serial,
        String lot,
        String assetTag,
        UUID ownerId,
        String ownerZh,
        String ownerEn,
        UUID custodianId,
        String custodianZh,
        String custodianEn,
        String regionCode,
        @Nullable Double latitude,
        @Nullable Double longitude,
        String statusFound,
        String status,
        boolean held,
        @Nullable UUID actId,
        String actState,
        String refusal) {}
