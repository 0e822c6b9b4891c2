package org.yiqi.equipment;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.domain.UnitDetails;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiRefused;
import org.yiqi.shared.problem.RuleViolation;

/** Turns commands into a unit's details: fills in what the identifier on the device says, checks what does not fit. */
final class UnitDetailsReader {

    /** Business days are those of China, wherever the server runs. */
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private UnitDetailsReader() {}

    static UnitDetails read(RegisterUnit r, ModelView model, LocalDate today) {
        Udi udi = udi(r.udi(), model, today);
        UnitDetails details = new UnitDetails(
                r.assetTag().strip(),
                agreed("/serial", r.serial(), udi == null ? null : udi.serial()),
                agreed("/lot", r.lot(), udi == null ? null : udi.lot()),
                text(r.udi()),
                agreed("/manufacturedOn", r.manufacturedOn(), udi == null ? null : udi.manufactured()),
                agreed("/expiresOn", r.expiresOn(), udi == null ? null : udi.expires()),
                text(r.department()),
                text(r.regionCode()),
                text(r.site()),
                r.latitude(),
                r.longitude(),
                or(r.condition(), Condition.GOOD),
                or(r.criticality(), Criticality.MEDIUM),
                r.acquiredOn(),
                r.acquisitionCost() == null ? null : r.acquisitionCost().toMoney(),
                r.warrantyUntil(),
                r.endOfSupportOn(),
                text(r.firmware()),
                text(r.accessories()));
        details.check(today);
        return details;
    }

    static UnitDetails merge(UnitDetails d, ChangeUnit change, LocalDate today) {
        UnitDetails details = new UnitDetails(
                or(change.assetTag(), d.assetTag()).strip(),
                or(change.serial(), d.serial()).strip(),
                or(change.lot(), d.lot()).strip(),
                d.udi(),
                orNull(change.manufacturedOn(), d.manufacturedOn()),
                orNull(change.expiresOn(), d.expiresOn()),
                or(change.department(), d.department()).strip(),
                or(change.regionCode(), d.regionCode()),
                or(change.site(), d.site()).strip(),
                orNull(change.latitude(), d.latitude()),
                orNull(change.longitude(), d.longitude()),
                or(change.condition(), d.condition()),
                or(change.criticality(), d.criticality()),
                orNull(change.acquiredOn(), d.acquiredOn()),
                change.acquisitionCost() == null
                        ? d.acquisitionCost()
                        : change.acquisitionCost().toMoney(),
                orNull(change.warrantyUntil(), d.warrantyUntil()),
                orNull(change.endOfSupportOn(), d.endOfSupportOn()),
                or(change.firmware(), d.firmware()).strip(),
                or(change.accessories(), d.accessories()).strip());
        details.check(today);
        return details;
    }

    /** What changed, each as "before → after"; money is left out, since all who see the unit see its history. */
    static Map<String, String> differences(UnitDetails before, UnitDetails after) {
        Map<String, String> found = new LinkedHashMap<>();
        compare(found, "assetTag", before.assetTag(), after.assetTag());
        compare(found, "serial", before.serial(), after.serial());
        compare(found, "lot", before.lot(), after.lot());
        compare(found, "department", before.department(), after.department());
        compare(found, "regionCode", before.regionCode(), after.regionCode());
        compare(found, "site", before.site(), after.site());
        compare(found, "condition", before.condition(), after.condition());
        compare(found, "criticality", before.criticality(), after.criticality());
        compare(found, "warrantyUntil", before.warrantyUntil(), after.warrantyUntil());
        compare(found, "endOfSupportOn", before.endOfSupportOn(), after.endOfSupportOn());
        compare(found, "firmware", before.firmware(), after.firmware());
        compare(found, "accessories", before.accessories(), after.accessories());
        return found;
    }

    private static void compare(
            Map<String, String> found, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            found.put(name, (before == null ? "" : before) + " → " + (after == null ? "" : after));
        }
    }

    private static @Nullable Udi udi(@Nullable String text, ModelView model, LocalDate today) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Udi udi;
        try {
            udi = Udi.parse(text, today);
        } catch (UdiRefused e) {
            throw new RuleViolation(e.code(), String.valueOf(e.getMessage()), e)
                    .at("/udi", String.valueOf(e.getMessage()));
        }
        if (!udi.deviceIdentifier().equals(model.deviceIdentifier())
                && !model.otherIdentifiers().contains(udi.deviceIdentifier())) {
            throw new RuleViolation("equipment.udi-of-another-model", "The identifier names another model")
                    .at("/udi", "must name the model");
        }
        return udi;
    }

    private static String agreed(String pointer, @Nullable String typed, @Nullable String scanned) {
        String stripped = text(typed);
        if (scanned == null) {
            return stripped;
        }
        refuseDifference(pointer, stripped.isEmpty() || stripped.equals(scanned));
        return scanned;
    }

    private static @Nullable LocalDate agreed(String pointer, @Nullable LocalDate typed, @Nullable LocalDate scanned) {
        if (scanned == null) {
            return typed;
        }
        refuseDifference(pointer, typed == null || typed.equals(scanned));
        return scanned;
    }

    private static void refuseDifference(String pointer, boolean same) {
        if (!same) {
            throw new RuleViolation("equipment.udi-differs", "The identifier on the device says something else")
                    .at(pointer, "must be what the identifier says, or be left out");
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static <T> @Nullable T orNull(@Nullable T given, @Nullable T otherwise) {
        return given == null ? otherwise : given;
    }
}
