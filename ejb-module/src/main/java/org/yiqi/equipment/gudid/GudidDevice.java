package org.yiqi.equipment.gudid;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.udi.UdiIssuer;

/**
 * One device record as its labeller published it.
 *
 * @param line where it begins in the file
 * @param otherIdentifiers device identifiers of packages, of direct marking and of other agencies
 * @param facts what else is worth keeping, by GUDID's own element name
 */
public record GudidDevice(
        int line,
        UdiIssuer issuer,
        String deviceIdentifier,
        String brandName,
        String versionModelNumber,
        @Nullable String catalogNumber,
        String companyName,
        @Nullable String description,
        @Nullable String gmdnName,
        @Nullable String gmdnDefinition,
        List<String> productCodes,
        List<String> otherIdentifiers,
        Map<String, String> facts) {

    public GudidDevice {
        productCodes = List.copyOf(productCodes);
        otherIdentifiers = List.copyOf(otherIdentifiers);
        facts = Map.copyOf(facts);
    }
}
