package org.yiqi.web.telemetry;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.telemetry.CredentialView;
import org.yiqi.telemetry.DeviceCredentials;
import org.yiqi.telemetry.Health;
import org.yiqi.telemetry.HealthView;
import org.yiqi.telemetry.IssuedCredential;
import org.yiqi.telemetry.ReadingProof;
import org.yiqi.telemetry.ReadingProofs;
import org.yiqi.telemetry.ReadingSeries;
import org.yiqi.web.api.Versions;

/** What a unit reports, and the secret with which it does. */
@Path("/units")
@Produces(MediaType.APPLICATION_JSON)
public class UnitTelemetryResource {

    @Inject
    DeviceCredentials credentials;

    @Inject
    Health health;

    @Inject
    ReadingProofs proofs;

    @GET
    @Path("/{id}/device-credential")
    @Operation(summary = "The state of a device's credential; the secret is not shown again")
    @APIResponse(responseCode = "200", description = "The credential's state")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit, or no credential was ever issued")
    public Response credential(@PathParam("id") UUID id) {
        CredentialView view = credentials.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @POST
    @Path("/{id}/device-credential")
    @Operation(summary = "Issue a device's credential; its secret is shown this once")
    @APIResponse(responseCode = "201", description = "User name, secret and topic")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only the custodian's equipment department may")
    @APIResponse(responseCode = "404", description = "No such unit")
    @APIResponse(responseCode = "409", description = "The device has a credential: rotate or revoke it")
    public Response issue(@PathParam("id") UUID id, @Context UriInfo uri) {
        IssuedCredential issued = credentials.issue(id);
        return Response.created(uri.getAbsolutePath())
                .entity(issued)
                .tag(Long.toString(issued.version()))
                .build();
    }

    @POST
    @Path("/{id}/device-credential/rotate")
    @Operation(summary = "Replace a device's secret; the old one stops working at once")
    @APIResponse(responseCode = "200", description = "User name, new secret and topic")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only the custodian's equipment department may")
    @APIResponse(responseCode = "404", description = "No such unit, or no credential was ever issued")
    public Response rotate(@PathParam("id") UUID id) {
        IssuedCredential issued = credentials.rotate(id);
        return Versions.tagged(issued, issued.version()).build();
    }

    @POST
    @Path("/{id}/device-credential/revoke")
    @Operation(summary = "Revoke a device's credential; the device is disconnected at once")
    @APIResponse(responseCode = "200", description = "The credential's state")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only the custodian's equipment department may")
    @APIResponse(responseCode = "404", description = "No such unit, or no credential was ever issued")
    public Response revoke(@PathParam("id") UUID id) {
        CredentialView view = credentials.revoke(id);
        return Versions.tagged(view, view.version()).build();
    }

    @DELETE
    @Path("/{id}/device-credential")
    @Operation(summary = "Revoke a device's credential; the same as POST .../revoke")
    @APIResponse(responseCode = "204", description = "The device is cut off")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only the custodian's equipment department may")
    @APIResponse(responseCode = "404", description = "No such unit, or no credential was ever issued")
    public void remove(@PathParam("id") UUID id) {
        credentials.revoke(id);
    }

    @GET
    @Path("/{id}/health")
    @Operation(summary = "How a device does now: status with its age, newest values with their limits")
    @APIResponse(responseCode = "200", description = "The device's health")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit")
    public HealthView health(@PathParam("id") UUID id) {
        return health.of(id);
    }

    @GET
    @Path("/{id}/readings")
    @Operation(summary = "Readings of one metric, thinned to so many points, least and greatest values kept")
    @APIResponse(responseCode = "200", description = "The series; its newest point last")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit")
    @APIResponse(responseCode = "422", description = "An unknown metric, a bad time or a bad number of points")
    public ReadingSeries readings(
            @PathParam("id") UUID id,
            @Parameter(description = "Name of the metric, such as coolingTemperature") @QueryParam("metric") @Nullable
                    String metric,
            @Parameter(description = "RFC 3339; an hour before 'to' when absent") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "RFC 3339; now when absent") @QueryParam("to") @Nullable String to,
            @Parameter(description = "1 to 2000") @QueryParam("points") @DefaultValue("300") int points) {
        if (metric == null || metric.isBlank()) {
            throw new RuleViolation("telemetry.unknown-metric", "Name a metric").at("/metric", "required");
        }
        return health.readings(id, metric, time("from", from), time("to", to), points);
    }

    @GET
    @Path("/{id}/readings/proof")
    @Operation(
            summary = "Prove one reading, the one closest to an instant within its hour",
            description =
                    "The reading's way to the root of its sealed hour, and that root's way to a root of the evidence log that is anchored on the ledger.")
    @APIResponse(responseCode = "200", description = "Reading, sealed hour and both paths")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit, or it reported nothing of the kind in that hour")
    @APIResponse(responseCode = "409", description = "The hour is not sealed yet")
    @APIResponse(responseCode = "422", description = "The metric or the instant is missing or unreadable")
    public ReadingProof proof(
            @PathParam("id") UUID id,
            @Parameter(required = true) @QueryParam("metric") @Nullable String metric,
            @Parameter(required = true, description = "RFC 3339") @QueryParam("at") @Nullable String at) {
        if (metric == null || metric.isBlank()) {
            throw new RuleViolation("telemetry.unknown-metric", "Name a metric").at("/metric", "required");
        }
        Instant instant = time("at", at);
        if (instant == null) {
            throw new RuleViolation("shared.bad-value", "Name an instant").at("/at", "required");
        }
        return proofs.of(id, metric, instant);
    }

    static @Nullable Instant time(String field, @Nullable String text) {
        try {
            // An unescaped plus of a zone arrives as a space.
            return text == null || text.isBlank()
                    ? null
                    : OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw new RuleViolation("shared.bad-value", "A time with zone (RFC 3339)", e)
                    .at("/" + field, "timestamptz");
        }
    }
}
