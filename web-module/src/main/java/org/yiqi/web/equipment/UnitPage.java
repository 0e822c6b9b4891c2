package org.yiqi.web.equipment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.Serializable;
import java.net.MalformedURLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.HoldView;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** One unit. Its tabs are pages of their own folder, {@code /equipment/unit/<tab>.xhtml}; other areas add theirs there. */
@Named
@ViewScoped
public class UnitPage implements Serializable {

    /** All tabs that there may be, in order; one that no area brings is not shown. */
    private static final List<String> TABS =
            List.of("overview", "health", "calendar", "maintenance", "custody", "responsibility", "documents");

    @Inject
    Units units;

    @Inject
    Availability availability;

    @Inject
    Caller caller;

    @Inject
    ServletContext application;

    private @Nullable String id;
    private @Nullable String tab;
    private @Nullable UnitView unit;
    private @Nullable String reason;

    /** @throws NotFound when there is no such unit for this person */
    public void load() {
        unit = units.get(uuid());
    }

    public UnitView getUnit() {
        UnitView shown = unit;
        if (shown == null) {
            shown = units.get(uuid());
            unit = shown;
        }
        return shown;
    }

    public List<String> getTabs() {
        return TABS.stream().filter(this::exists).toList();
    }

    public List<HoldView> getHolds() {
        return availability.holds(uuid());
    }

    /** Whether the person's organisation owns or holds the unit, and the person looks after equipment. */
    public boolean isKeeper() {
        UnitView u = getUnit();
        return caller.has("EQUIPMENT")
                && (caller.orgId().equals(u.ownerId()) || caller.orgId().equals(u.custodianId()));
    }

    public boolean isOwner() {
        return caller.has("EQUIPMENT") && caller.orgId().equals(getUnit().ownerId());
    }

    public boolean can(String act) {
        if (!isKeeper()) {
            return false;
        }
        UnitStatus status = getUnit().status();
        boolean ending = status == UnitStatus.RETIRING || status == UnitStatus.DISPOSED;
        return switch (act) {
            case "commission" -> status == UnitStatus.REGISTERED && getUnit().signedFor();
            case "makeAvailable" -> status == UnitStatus.COMMISSIONED;
            case "found" -> status == UnitStatus.MISSING;
            case "reportMissing" -> !ending && status != UnitStatus.MISSING;
            case "quarantine" -> !ending && status != UnitStatus.QUARANTINED;
            default -> false;
        };
    }

    /** Whether its owner may offer its free time. */
    public boolean isOfferable() {
        UnitStatus status = getUnit().status();
        return isOwner()
                && (status == UnitStatus.AVAILABLE || status == UnitStatus.RESERVED || status == UnitStatus.IN_USE);
    }

    /** Asks for the owner's signature anew, after the time for it has run out. */
    public void registerAgain() {
        units.registerAgain(uuid());
        load();
    }

    public void commission() {
        availability.commission(uuid());
        load();
    }

    public void makeAvailable() {
        availability.makeAvailable(uuid());
        load();
    }

    public void reportMissing() {
        availability.reportMissing(uuid());
        load();
    }

    public void found() {
        availability.found(uuid());
        load();
    }

    public void quarantine() {
        availability.quarantine(uuid(), String.valueOf(reason), Ids.next());
        reason = null;
        load();
    }

    public void release(UUID referenceId) {
        availability.release(uuid(), referenceId);
        load();
    }

    /** Where a fault of it is reported: the form for members, or the one that its label opens for anybody. */
    public String getReportPath() {
        return hasPage("/maintenance/request")
                ? "/maintenance/request?unit=" + getUnit().id()
                : "/report?unit=" + getUnit().labelCode();
    }

    private boolean exists(String name) {
        return hasPage("/equipment/unit/" + name);
    }

    private boolean hasPage(String path) {
        try {
            return application.getResource(path + ".xhtml") != null;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID uuid() {
        try {
            return UUID.fromString(String.valueOf(id));
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.unit-not-found", "No such unit", e);
        }
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    /** The tab that is shown; the first one unless the address names another that exists. */
    public String getTab() {
        String wanted = tab;
        return wanted != null && TABS.contains(wanted) && exists(wanted) ? wanted : TABS.get(0);
    }

    public void setTab(@Nullable String tab) {
        this.tab = tab;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
