package org.yiqi.oversight;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is recalled: a product, and of it all units or those of a lot or of a range of serial numbers.
 *
 * @param modelId the model in the catalogue, or null to name it by its device identifier
 * @param deviceIdentifier UDI-DI; it also finds parts that are fitted in other devices
 * @param lot empty for every lot
 * @param serialFrom the first of a range, empty for every serial number. Shorter numbers come before longer ones, so
 *     SN-9 is before SN-10.
 * @param serialTo the last of the range
 */
public record RecallScope(
        @Nullable UUID modelId, String deviceIdentifier, String lot, String serialFrom, String serialTo) {

    public RecallScope {
        deviceIdentifier = deviceIdentifier.strip();
        lot = lot.strip();
        serialFrom = serialFrom.strip();
        serialTo = serialTo.strip();
    }
}
