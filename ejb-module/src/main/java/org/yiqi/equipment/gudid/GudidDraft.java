package org.yiqi.equipment.gudid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiIssuer;

/** Collects one record's elements as they pass by. */
final class GudidDraft {

    private static final Set<String> FACTS = Set.of(
            "devicePublishDate",
            "deviceCommDistributionStatus",
            "deviceCommDistributionEndDate",
            "deviceRecordStatus",
            "singleUse",
            "lotBatch",
            "serialNumber",
            "manufacturingDate",
            "expirationDate",
            "deviceKit",
            "rx",
            "otc",
            "MRISafetyStatus",
            "deviceSterile",
            "labeledContainsNRL");

    private final int line;
    private final Map<String, String> first = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> productCodes = new ArrayList<>();
    private final List<String> otherIdentifiers = new ArrayList<>();
    private boolean inIdentifier;
    private String identifier = "";
    private String identifierType = "";
    private String identifierAgency = "";
    private @Nullable String primary;
    private String primaryAgency = "";

    GudidDraft(int line) {
        this.line = line;
    }

    void start(String element) {
        if (element.equals("identifier")) {
            inIdentifier = true;
            identifier = "";
            identifierType = "";
            identifierAgency = "";
        }
    }

    /** @param depth how many elements are still open; 1 is the record itself */
    void end(String element, String text, int depth) {
        if (inIdentifier) {
            identifierPart(element, text);
        } else if (element.equals("productCode")) {
            productCodes.add(text);
        } else if (element.startsWith("gmdnPT") || depth == 1) {
            first.putIfAbsent(element, text);
        }
        if (!text.isEmpty() && FACTS.contains(element)) {
            facts.putIfAbsent(element, text);
        }
    }

    private void identifierPart(String element, String text) {
        switch (element) {
            case "deviceId" -> identifier = text;
            case "deviceIdType" -> identifierType = text;
            case "deviceIdIssuingAgency" -> identifierAgency = text;
            case "identifier" -> {
                inIdentifier = false;
                if (identifierType.equals("Primary")) {
                    primary = identifier;
                    primaryAgency = identifierAgency;
                } else if (!identifier.isEmpty()) {
                    otherIdentifiers.add(identifier);
                }
            }
            default -> {}
        }
    }

    /** What the record calls itself, for an error that must name it. */
    String key() {
        return primary == null ? first.getOrDefault("deviceId", "") : primary;
    }

    GudidDevice finish() {
        if (primary == null || primary.isEmpty()) {
            throw new IncompleteRecord("The record has no primary device identifier.");
        }
        UdiIssuer issuer = issuer();
        Udi.checkDeviceIdentifier(issuer, primary);
        return new GudidDevice(
                line,
                issuer,
                primary,
                required("brandName"),
                required("versionModelNumber"),
                optional("catalogNumber"),
                required("companyName"),
                optional("deviceDescription"),
                optional("gmdnPTName"),
                optional("gmdnPTDefinition"),
                productCodes,
                otherIdentifiers,
                facts);
    }

    private UdiIssuer issuer() {
        try {
            return UdiIssuer.valueOf(primaryAgency);
        } catch (IllegalArgumentException e) {
            throw new IncompleteRecord("The issuing agency \"" + primaryAgency + "\" is none that is known.");
        }
    }

    private String required(String element) {
        String text = optional(element);
        if (text == null) {
            throw new IncompleteRecord("The record has no " + element + ".");
        }
        return text;
    }

    private @Nullable String optional(String element) {
        String text = first.getOrDefault(element, "");
        return text.isEmpty() ? null : text;
    }
}
