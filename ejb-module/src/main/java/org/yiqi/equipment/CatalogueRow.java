package org.yiqi.equipment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.gudid.GudidDevice;

/** A model as a file describes it. */
record CatalogueRow(
        @Nullable String issuer,
        @Nullable String deviceIdentifier,
        String nameZh,
        String nameEn,
        String manufacturer,
        String modelNumber,
        String catalogNumber,
        String category,
        String deviceClass,
        String registrationNumber,
        String gmdnName,
        String description,
        List<String> productCodes,
        List<String> otherIdentifiers,
        Map<String, String> parameters,
        String source) {

    static CatalogueRow of(GudidDevice d) {
        String gmdn = d.gmdnName() == null ? "" : d.gmdnName();
        return new CatalogueRow(
                d.issuer().name(),
                d.deviceIdentifier(),
                "",
                cut(d.brandName(), 300),
                cut(d.companyName(), 200),
                cut(d.versionModelNumber(), 200),
                d.catalogNumber() == null ? "" : cut(d.catalogNumber(), 200),
                Category.of(gmdn),
                "",
                "",
                gmdn,
                d.description() == null ? "" : d.description(),
                d.productCodes(),
                d.otherIdentifiers(),
                d.facts(),
                "GUDID");
    }

    /** The same record has the same one, whenever it is read. */
    String fingerprint() {
        String all = String.join(
                "\u001f",
                nameZh,
                nameEn,
                manufacturer,
                modelNumber,
                catalogNumber,
                category,
                deviceClass,
                registrationNumber,
                gmdnName,
                description,
                productCodes.toString(),
                otherIdentifiers.toString(),
                new TreeMap<>(parameters).toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
