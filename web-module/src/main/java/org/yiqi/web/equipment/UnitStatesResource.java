package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.HoldView;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.web.api.Versions;

/** The way of a unit through its states, and what stops it. */
@Path("/units")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class UnitStatesResource {

    @Inject
    Units units;

    @Inject
    Availability availability;

    @POST
    @Path("/{id}/commission")
    @Operation(summary = "Say that a registered unit is installed and its operation qualified")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only who owns or holds the unit, with the role EQUIPMENT")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "Not from its present status")
    public Response commission(@PathParam("id") UUID id) {
        availability.commission(id);
        return now(id);
    }

    @POST
    @Path("/{id}/make-available")
    @Operation(summary = "Give a commissioned unit free for use")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only who owns or holds the unit, with the role EQUIPMENT")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "Not from its present status")
    public Response makeAvailable(@PathParam("id") UUID id) {
        availability.makeAvailable(id);
        return now(id);
    }

    @POST
    @Path("/{id}/report-missing")
    @Operation(summary = "Say that a unit cannot be found")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only who owns or holds the unit, with the role EQUIPMENT")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "Not from its present status")
    public Response reportMissing(@PathParam("id") UUID id) {
        availability.reportMissing(id);
        return now(id);
    }

    @POST
    @Path("/{id}/found")
    @Operation(summary = "Say that a missing unit is there again")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only who owns or holds the unit, with the role EQUIPMENT")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "Not from its present status")
    public Response found(@PathParam("id") UUID id) {
        availability.found(id);
        return now(id);
    }

    @GET
    @Path("/{id}/holds")
    @Operation(summary = "What keeps a unit from being used now")
    @APIResponse(responseCode = "200", description = "The holds that stand")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    public List<HoldView> holds(@PathParam("id") UUID id) {
        units.get(id);
        return availability.holds(id);
    }

    @POST
    @Path("/{id}/quarantine")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stop a unit; the answer's referenceId releases it")
    @APIResponse(responseCode = "201", description = "The hold")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Not with your roles")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "The unit is on its way out")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response quarantine(@PathParam("id") UUID id, @NotNull @Valid QuarantineRequest request) {
        UUID reference = Ids.next();
        availability.quarantine(id, request.reason().strip(), reference);
        HoldView hold = availability.holds(id).stream()
                .filter(h -> h.referenceId().equals(reference))
                .findFirst()
                .orElseThrow();
        return Response.status(Response.Status.CREATED).entity(hold).build();
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "End the hold of a reference")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Not with your roles")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "The unit is on its way out")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response release(@PathParam("id") UUID id, @NotNull @Valid ReleaseRequest request) {
        availability.release(id, request.referenceId());
        return now(id);
    }

    private Response now(UUID id) {
        UnitView unit = units.get(id);
        return Versions.tagged(unit, unit.version()).build();
    }

    /** Why a unit is stopped. */
    public record QuarantineRequest(
            @NotBlank @Size(max = 300) String reason) {}

    /** Which hold ends. */
    public record ReleaseRequest(@NotNull UUID referenceId) {}
}
