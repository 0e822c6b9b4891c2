package org.yiqi.procurement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered under a contract and how far its acceptance is.
 *
 * @param ordered how many devices the contract is about
 * @param outcome ACCEPTED, PARTIAL, REJECTED, or empty before three have signed
 * @param signatures who signed in the present round
 */
public record DeliveryView(
        UUID contractId,
        int ordered,
        List<Unit> units,
        String outcome,
        int round,
        List<Signature> signatures,
        @Nullable Instant acceptedAt,
        @Nullable LocalDate warrantyUntil) {

    public DeliveryView {
        units = List.copyOf(units);
        signatures = List.copyOf(signatures);
    }

    public long count(UnitState state) {
        return units.stream().filter(u -> u.state() == state).count();
    }

    /** Whether everything that is there was judged, so that it can be signed. */
    public boolean isJudged() {
        return !units.isEmpty() && count(UnitState.DELIVERED) == 0;
    }

    /**
     * A delivered device.
     *
     * @param values what was measured, by the check's code
     * @param unitId in the equipment area, once the supplier has registered it
     * @param handoverAct the act that makes it the buyer's, once the supplier has signed it
     * @param takenAt when it became the buyer's
     */
    public record Unit(
            UUID id,
            int item,
            String udi,
            String deviceIdentifier,
            String serial,
            UnitState state,
            String defects,
            Instant deliveredAt,
            @Nullable Instant acceptedAt,
            @Nullable UUID unitId,
            @Nullable UUID handoverAct,
            @Nullable Instant takenAt,
            Map<String, BigDecimal> values) {

        public Unit {
            values = Map.copyOf(values);
        }
    }

    /** Whether a device passed. */
    public enum UnitState {
        DELIVERED,
        PASSED,
        FAILED
    }

    /** One of the three. */
    public record Signature(AcceptanceHat hat, UUID personId, Instant signedAt) {}
}
