package org.yiqi.web.telemetry;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.AlertView;
import org.yiqi.telemetry.Alerts;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Alert episodes. */
@Path("/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AlertsResource {

    @Inject
    Alerts alerts;

    @GET
    @Operation(summary = "List alerts; filters: unit, rule, state, severity, open; sorts: since, severity, state")
    @APIResponse(responseCode = "200", description = "One page of alerts")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<AlertView> list(@Context UriInfo uri) {
        return alerts.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One alert")
    @APIResponse(responseCode = "200", description = "The alert")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such alert")
    public Response get(@PathParam("id") UUID id) {
        return tagged(alerts.get(id));
    }

    @POST
    @Path("/{id}/acknowledge")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Say that someone looks after the alert")
    @APIResponse(responseCode = "200", description = "The alert")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such alert")
    @APIResponse(responseCode = "409", description = "It was acknowledged, or it ended, already")
    public Response acknowledge(@PathParam("id") UUID id) {
        return tagged(alerts.acknowledge(id));
    }

    @POST
    @Path("/{id}/close")
    @Operation(summary = "End an alert; one that has not recovered needs a reason")
    @APIResponse(responseCode = "200", description = "The alert")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such alert")
    @APIResponse(responseCode = "409", description = "It ended already")
    @APIResponse(responseCode = "422", description = "The reason is missing or too long")
    public Response close(@PathParam("id") UUID id, @Valid @Nullable CloseRequest request) {
        String reason = request == null ? null : request.reason();
        boolean falseAlarm = request != null && Boolean.TRUE.equals(request.falseAlarm());
        return tagged(alerts.close(id, reason, falseAlarm));
    }

    private static Response tagged(AlertView alert) {
        return Versions.tagged(alert, alert.version()).build();
    }

    /** Why an alert ends. */
    public record CloseRequest(
            @Nullable @Size(max = 500) String reason,
            @Nullable Boolean falseAlarm) {}
}
