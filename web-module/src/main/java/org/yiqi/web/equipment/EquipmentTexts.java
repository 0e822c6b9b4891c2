package org.yiqi.web.equipment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Category;
import org.yiqi.equipment.Condition;
import org.yiqi.equipment.Criticality;
import org.yiqi.equipment.DocumentKind;
import org.yiqi.equipment.ImportState;
import org.yiqi.equipment.SlotState;
import org.yiqi.equipment.SlotUse;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.web.shell.OrganisationNames;
import org.yiqi.web.shell.Texts;

/** How this area's choices look on pages: their texts, kinds and icons, {@code #{equip.statusKind(unit.status)}}. */
@Named("equip")
@ApplicationScoped
public class EquipmentTexts {

    private static final Map<UnitStatus, String> ICONS = Map.of(
            UnitStatus.IN_USE, "user",
            UnitStatus.RESERVED, "calendar",
            UnitStatus.MAINTENANCE, "wrench",
            UnitStatus.MISSING, "question-circle",
            UnitStatus.DISPOSED, "trash",
            UnitStatus.RETIRING, "sign-out");

    @Inject
    Texts texts;

    @Inject
    OrganisationNames organisations;

    public String statusKind(@Nullable UnitStatus status) {
        if (status == null) {
            return "mute";
        }
        return switch (status) {
            case AVAILABLE -> "ok";
            case RESERVED, IN_USE, COMMISSIONED -> "info";
            case MAINTENANCE, RETIRING -> "warn";
            case QUARANTINED, MISSING -> "bad";
            case REGISTERED, DISPOSED -> "mute";
        };
    }

    /** Empty where the kind's own icon says enough. */
    public String statusIcon(@Nullable UnitStatus status) {
        return status == null ? "" : ICONS.getOrDefault(status, "");
    }

    public String conditionKind(@Nullable Condition condition) {
        return condition == Condition.POOR ? "warn" : condition == Condition.DEFECTIVE ? "bad" : "mute";
    }

    public String importKind(@Nullable ImportState state) {
        if (state == null) {
            return "mute";
        }
        return switch (state) {
            case DONE -> "ok";
            case QUEUED, RUNNING -> "info";
            case INTERRUPTED -> "warn";
            case FAILED -> "bad";
        };
    }

    public String slotKind(@Nullable SlotState state) {
        return state == SlotState.BOOKED ? "info" : state == SlotState.CONSUMED ? "mute" : "warn";
    }

    /** The text of a choice: {@code equipment.<group>.<name>}. */
    public String text(String group, @Nullable Object choice) {
        return choice == null ? "" : texts.get("equipment." + group + "." + choice);
    }

    /** An organisation's name for a sentence of this area. */
    String organisation(UUID id) {
        return organisations.name(id);
    }

    public List<UnitStatus> getStatuses() {
        return Arrays.asList(UnitStatus.values());
    }

    public List<String> getCategories() {
        return Category.all();
    }

    public List<Condition> getConditions() {
        return Arrays.asList(Condition.values());
    }

    public List<Criticality> getCriticalities() {
        return Arrays.asList(Criticality.values());
    }

    public List<DocumentKind> getDocumentKinds() {
        return Arrays.asList(DocumentKind.values());
    }

    public List<SlotUse> getOwnUses() {
        return List.of(SlotUse.CLINICAL, SlotUse.MAINTENANCE, SlotUse.TRANSPORT);
    }

    /** Twelve characters of an id, enough to tell it from its neighbours. */
    public String brief(@Nullable UUID id) {
        return id == null ? "" : id.toString().substring(24);
    }
}
