package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.oversight.AdverseEventView;
import org.yiqi.oversight.AdverseEvents;
import org.yiqi.oversight.NoteAdverseEvent;
import org.yiqi.shared.problem.NotFound;

/** An adverse event with a unit, to be noted. */
@Named
@ViewScoped
public class AdverseEventForm implements Serializable {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Inject
    AdverseEvents events;

    @Inject
    Units units;

    private String unit = "";
    private String unitName = "";
    private AdverseEventView.Harm harm = AdverseEventView.Harm.INJURY;
    private @Nullable LocalDateTime happened;
    private @Nullable LocalDateTime known;
    private String what = "";

    /** Reads the unit of the address. */
    public void open() {
        UnitView view = units.get(uuid());
        unitName =
                view.model().nameZh() + " " + view.model().nameEn() + " · " + view.serial() + " · " + view.assetTag();
    }

    private UUID uuid() {
        try {
            return UUID.fromString(unit);
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.unit-not-found", "No such unit", e);
        }
    }

    public String note() {
        LocalDateTime at = happened;
        LocalDateTime from = known;
        if (at == null || from == null) {
            return "";
        }
        AdverseEventView noted = events.note(new NoteAdverseEvent(
                uuid(), harm, at.atZone(CHINA).toInstant(), from.atZone(CHINA).toInstant(), what));
        return "/oversight/adverse-events?faces-redirect=true&id=" + noted.id();
    }

    public List<AdverseEventView.Harm> getHarms() {
        return List.of(AdverseEventView.Harm.values());
    }

    public String getUnit() {
        return unit;
    }

    public void setUnit(@Nullable String unit) {
        this.unit = unit == null ? "" : unit;
    }

    public String getUnitName() {
        return unitName;
    }

    public AdverseEventView.Harm getHarm() {
        return harm;
    }

    public void setHarm(AdverseEventView.Harm harm) {
        this.harm = harm;
    }

    public @Nullable LocalDateTime getHappened() {
        return happened;
    }

    public void setHappened(@Nullable LocalDateTime happened) {
        this.happened = happened;
    }

    public @Nullable LocalDateTime getKnown() {
        return known;
    }

    public void setKnown(@Nullable LocalDateTime known) {
        this.known = known;
    }

    public String getWhat() {
        return what;
    }

    public void setWhat(@Nullable String what) {
        this.what = what == null ? "" : what;
    }
}
