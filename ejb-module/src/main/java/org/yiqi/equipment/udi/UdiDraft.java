package org.yiqi.equipment.udi;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the parts of one identifier while its carrier is read; a part given twice with two values is refused. */
final class UdiDraft {

    private final UdiIssuer issuer;
    private final Map<String, String> others = new LinkedHashMap<>();
    private @Nullable String deviceIdentifier;
    private @Nullable String serial;
    private @Nullable String lot;
    private @Nullable LocalDate manufactured;
    private @Nullable LocalDate expires;

    UdiDraft(UdiIssuer issuer) {
        this.issuer = issuer;
    }

    void deviceIdentifier(String value) {
        deviceIdentifier = once(deviceIdentifier, value, "device identifier");
    }

    void serial(String value) {
        serial = once(serial, value, "serial number");
    }

    void lot(String value) {
        lot = once(lot, value, "lot");
    }

    void manufactured(LocalDate value) {
        manufactured = once(manufactured, value, "date of manufacture");
    }

    void expires(LocalDate value) {
        expires = once(expires, value, "expiry date");
    }

    void other(String identifier, String value) {
        others.put(identifier, once(others.get(identifier), value, identifier));
    }

    Udi finish() {
        if (deviceIdentifier == null) {
            throw UdiRefused.format("The device identifier is missing.");
        }
        return new Udi(issuer, deviceIdentifier, serial, lot, manufactured, expires, others);
    }

    private static <T> T once(@Nullable T before, T value, String what) {
        if (value.equals("")) {
            throw UdiRefused.format("The " + what + " is empty.");
        }
        if (before != null && !before.equals(value)) {
            throw UdiRefused.format("The " + what + " is given twice: " + before + " and " + value + ".");
        }
        return value;
    }
}
