package org.yiqi.web.maintenance;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.MakePlan;
import org.yiqi.maintenance.PlanView;
import org.yiqi.maintenance.Plans;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Preventive service of units. */
@Path("/plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PlansResource {

    @Inject
    Plans plans;

    @GET
    @Operation(summary = "List plans; filters: unit, service, active, overdue")
    @APIResponse(responseCode = "200", description = "One page of plans")
    public Page<PlanView> list(@Context UriInfo uri) {
        return plans.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Plan service of a unit that the caller's organisation owns or holds")
    @APIResponse(responseCode = "201", description = "The plan")
    public Response create(@NotNull @Valid NewPlan plan, @Context UriInfo uri) {
        PlanView view = plans.create(new MakePlan(
                plan.unitId,
                plan.serviceOrgId,
                plan.title,
                Acts.text(plan.tasks),
                plan.intervalMonths,
                plan.toleranceDays == null ? 14 : plan.toleranceDays,
                plan.durationMinutes == null ? 240 : plan.durationMinutes,
                plan.leadDays == null ? 14 : plan.leadDays,
                plan.lastDone,
                plan.nextDue));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One plan")
    @APIResponse(responseCode = "200", description = "The plan")
    public Response get(@PathParam("id") UUID id) {
        PlanView view = plans.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change a plan; what is left out stays")
    @APIResponse(responseCode = "200", description = "The plan as it is now")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid ChangedPlan change) {
        long version = Versions.seen(seen);
        PlanView before = plans.get(id);
        PlanView view = plans.change(
                id,
                version,
                new MakePlan(
                        before.unitId(),
                        change.serviceOrgId == null ? before.serviceOrgId() : change.serviceOrgId,
                        change.title == null ? before.title() : change.title,
                        change.tasks == null ? before.tasks() : change.tasks,
                        change.intervalMonths == null ? before.intervalMonths() : change.intervalMonths,
                        change.toleranceDays == null ? before.toleranceDays() : change.toleranceDays,
                        change.durationMinutes == null ? before.durationMinutes() : change.durationMinutes,
                        change.leadDays == null ? before.leadDays() : change.leadDays,
                        change.lastDone == null ? before.lastDone() : change.lastDone,
                        change.nextDue == null ? before.nextDue() : change.nextDue));
        return Versions.tagged(view, view.version()).build();
    }

    @POST
    @Path("/{id}/end")
    @Operation(summary = "End a plan; an order that is under way goes on")
    @APIResponse(responseCode = "200", description = "The plan, no longer active")
    public Response end(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        PlanView view = plans.end(id, Versions.seen(seen));
        return Versions.tagged(view, view.version()).build();
    }

    /** A plan; {@code serviceOrgId} left out is the unit's maintainer. */
    public record NewPlan(
            @NotNull UUID unitId,
            @Nullable UUID serviceOrgId,
            @NotBlank @Size(max = 200) String title,
            @Nullable @Size(max = 4000) String tasks,
            @NotNull Integer intervalMonths,
            @Nullable Integer toleranceDays,
            @Nullable Integer durationMinutes,
            @Nullable Integer leadDays,
            @Nullable LocalDate lastDone,
            @NotNull LocalDate nextDue) {}

    /** What may change. */
    public record ChangedPlan(
            @Nullable UUID serviceOrgId,
            @Nullable @Size(min = 1, max = 200) String title,
            @Nullable @Size(max = 4000) String tasks,
            @Nullable Integer intervalMonths,
            @Nullable Integer toleranceDays,
            @Nullable Integer durationMinutes,
            @Nullable Integer leadDays,
            @Nullable LocalDate lastDone,
            @Nullable LocalDate nextDue) {}
}
