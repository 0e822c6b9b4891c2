package org.yiqi.web.telemetry;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.DryRun;
import org.yiqi.telemetry.RuleKind;
import org.yiqi.telemetry.RuleView;
import org.yiqi.telemetry.Rules;
import org.yiqi.telemetry.SaveRule;
import org.yiqi.telemetry.Severity;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Alert rules. */
@Path("/rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RulesResource {

    @Inject
    Rules rules;

    @GET
    @Operation(
            summary =
                    "List alert rules; filters: unit, metric, severity, enabled; sorts: createdAt, nameZh, nameEn, severity")
    @APIResponse(responseCode = "200", description = "One page of rules")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<RuleView> list(@Context UriInfo uri) {
        return rules.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One rule")
    @APIResponse(responseCode = "200", description = "The rule")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such rule")
    public Response get(@PathParam("id") UUID id) {
        RuleView rule = rules.get(id);
        return Versions.tagged(rule, rule.version()).build();
    }

    @POST
    @Operation(summary = "Make a rule for the own organisation's units; platform operators make rules for all")
    @APIResponse(responseCode = "201", description = "The rule")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such unit")
    @APIResponse(responseCode = "422", description = "A field is missing or breaks a rule")
    public Response create(@NotNull @Valid RuleRequest request, @Context UriInfo uri) {
        RuleView rule = rules.create(request.command());
        return Versions.created(uri, rule.id(), rule, rule.version());
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Replace what a rule says; the old revision is kept")
    @APIResponse(responseCode = "200", description = "The rule")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "It is another organisation's or the platform's rule")
    @APIResponse(responseCode = "404", description = "No such rule")
    @APIResponse(responseCode = "412", description = "Someone changed it meanwhile")
    @APIResponse(responseCode = "422", description = "A field is missing or breaks a rule")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid RuleRequest request) {
        RuleView rule = rules.change(id, Versions.seen(ifMatch), request.command());
        return Versions.tagged(rule, rule.version()).build();
    }

    @POST
    @Path("/{id}/dry-run")
    @Operation(summary = "What the rule would have done over a unit's past readings; nothing is written")
    @APIResponse(responseCode = "200", description = "The alerts that would have been raised")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such rule or unit")
    @APIResponse(responseCode = "422", description = "A field is missing or the time is too long")
    public DryRun dryRun(@PathParam("id") UUID id, @NotNull @Valid DryRunRequest request) {
        return rules.dryRun(id, request.unitId(), request.from(), request.to());
    }

    /** What a rule shall say. */
    public record RuleRequest(
            @Nullable UUID unitId,
            @NotBlank @Size(max = 120) String nameZh,
            @NotBlank @Size(max = 120) String nameEn,
            @NotNull RuleKind kind,
            @Nullable @Size(max = 60) String metric,
            @Nullable Double threshold,
            @Nullable Double clearThreshold,
            @Nullable @Min(0) @Max(86400) Integer holdSeconds,
            @Nullable @Min(0) @Max(86400) Integer clearSeconds,
            @NotNull Severity severity,
            @Nullable Boolean enabled) {

        SaveRule command() {
            return new SaveRule(
                    unitId,
                    nameZh,
                    nameEn,
                    kind,
                    metric,
                    threshold,
                    clearThreshold,
                    holdSeconds == null ? 0 : holdSeconds,
                    clearSeconds == null ? 0 : clearSeconds,
                    severity,
                    enabled == null || enabled);
        }
    }

    /** Which readings to try a rule on. */
    public record DryRunRequest(
            @NotNull UUID unitId,
            @NotNull Instant from,
            @NotNull Instant to) {}
}
