package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.MakePlan;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;

/** A plan to make or to change. */
@Named
@ViewScoped
public class PlanPage implements Serializable {

    @Inject
    Plans plans;

    @Inject
    Units units;

    @Inject
    Organisations organisations;

    private String id = "";
    private String unitId = "";
    private String label = "";
    private long seen;
    private boolean active = true;
    private String serviceOrgId = "";
    private String title = "";
    private String tasks = "";
    private int intervalMonths = 12;
    private int toleranceDays = 14;
    private int durationMinutes = 240;
    private int leadDays = 14;
    private @Nullable LocalDate lastDone;
    private @Nullable LocalDate nextDue;

    /** Reads the plan of the address, or the unit that a new one is for. */
    public void open() {
        if (!id.isEmpty()) {
            PlanView plan = plans.get(uuid(id));
            seen = plan.version();
            unitId = plan.unitId().toString();
            label = plan.assetTag() + " · " + plan.modelName();
            active = plan.active();
            UUID service = plan.serviceOrgId();
            serviceOrgId = service == null ? "" : service.toString();
            title = plan.title();
            tasks = plan.tasks();
            intervalMonths = plan.intervalMonths();
            toleranceDays = plan.toleranceDays();
            durationMinutes = plan.durationMinutes();
            leadDays = plan.leadDays();
            lastDone = plan.lastDone();
            nextDue = plan.nextDue();
        } else if (!unitId.isEmpty()) {
            UnitView unit = units.get(uuid(unitId));
            label = unit.assetTag() + " · " + unit.model().name("zh");
            UUID maintainer = unit.maintainerId();
            serviceOrgId = maintainer == null ? "" : maintainer.toString();
        }
    }

    public String save() {
        LocalDate due = nextDue;
        if (due == null) {
            return "";
        }
        MakePlan plan = new MakePlan(
                uuid(unitId),
                serviceOrgId.isEmpty() ? null : uuid(serviceOrgId),
                title,
                tasks,
                intervalMonths,
                toleranceDays,
                durationMinutes,
                leadDays,
                lastDone,
                due);
        if (id.isEmpty()) {
            plans.create(plan);
        } else {
            plans.change(uuid(id), seen, plan);
        }
        return "/maintenance/plans?faces-redirect=true";
    }

    public String end() {
        plans.end(uuid(id), seen);
        return "/maintenance/plans?faces-redirect=true";
    }

    /** Approved service organisations. */
    public List<OrganisationView> getServices() {
        return organisations
                .list(ListQuery.all().where("kind", "SERVICE").where("status", "APPROVED"))
                .items();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("maintenance.plan-not-found", "No such plan");
        }
    }

    public boolean isNew() {
        return id.isEmpty();
    }

    public boolean isActive() {
        return active;
    }

    public String getLabel() {
        return label;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getUnitId() {
        return unitId;
    }

    public void setUnitId(@Nullable String unitId) {
        this.unitId = unitId == null ? "" : unitId;
    }

    public String getServiceOrgId() {
        return serviceOrgId;
    }

    public void setServiceOrgId(@Nullable String serviceOrgId) {
        this.serviceOrgId = serviceOrgId == null ? "" : serviceOrgId;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getTasks() {
        return tasks;
    }

    public void setTasks(@Nullable String tasks) {
        this.tasks = tasks == null ? "" : tasks;
    }

    public int getIntervalMonths() {
        return intervalMonths;
    }

    public void setIntervalMonths(int intervalMonths) {
        this.intervalMonths = intervalMonths;
    }

    public int getToleranceDays() {
        return toleranceDays;
    }

    public void setToleranceDays(int toleranceDays) {
        this.toleranceDays = toleranceDays;
    }

    public int getDurationMinutes() {
        return durationMinutes;
    }

    public void setDurationMinutes(int durationMinutes) {
        this.durationMinutes = durationMinutes;
    }

    public int getLeadDays() {
        return leadDays;
    }

    public void setLeadDays(int leadDays) {
        this.leadDays = leadDays;
    }

    public @Nullable LocalDate getLastDone() {
        return lastDone;
    }

    public void setLastDone(@Nullable LocalDate lastDone) {
        this.lastDone = lastDone;
    }

    public @Nullable LocalDate getNextDue() {
        return nextDue;
    }

    public void setNextDue(@Nullable LocalDate nextDue) {
        this.nextDue = nextDue;
    }
}
