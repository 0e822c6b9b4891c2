package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.yiqi.equipment.ScanView;
import org.yiqi.equipment.Scans;

/** Device identifiers as scanned or typed. */
@Path("/udi")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UdiResource {

    @Inject
    Scans scans;

    @POST
    @Path("/parse")
    @Operation(summary = "Take a device identifier of GS1, HIBCC or ICCBBA apart, or read a label of the platform")
    @APIResponse(responseCode = "200", description = "Its parts, and the model and unit that it means")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "No identifier, or its check digit or a date is wrong")
    public ScanView parse(@NotNull @Valid ParseRequest request) {
        return scans.read(request.text());
    }

    /** What was scanned or typed. */
    public record ParseRequest(@NotBlank @Size(max = 400) String text) {}
}
