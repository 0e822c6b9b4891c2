package org.yiqi.web.maintenance;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Attachment;
import org.yiqi.maintenance.FaultReport;
import org.yiqi.maintenance.FaultReports;
import org.yiqi.maintenance.Symptom;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/** Reports of a fault without a login, by the code on a unit's label. */
@Path("/fault-reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
public class FaultReportsResource {

    private static final int LONGEST_PHOTO = Attachment.LARGEST / 3 * 4 + 4;

    @Inject
    FaultReports reports;

    @POST
    @Operation(summary = "Report a fault of the unit with this label; no login, ten an hour from one place")
    @SecurityRequirements
    @APIResponse(
            responseCode = "201",
            description = "The number of the work order that stands for it, and nothing else")
    @APIResponse(responseCode = "404", description = "No unit has this label")
    @APIResponse(responseCode = "422", description = "A field is missing, or a photo is no photo")
    @APIResponse(responseCode = "429", description = "Too many reports; wait an hour")
    public Response report(@NotNull @Valid NewFaultReport request, @Context HttpServletRequest http) {
        List<Attachment> photos = request.photos == null
                ? List.of()
                : request.photos.stream().map(FaultReportsResource::photo).toList();
        try {
            FaultReports.Receipt receipt = reports.report(
                    new FaultReport(
                            request.label,
                            request.symptom,
                            request.description,
                            Boolean.TRUE.equals(request.danger),
                            photos),
                    http.getRemoteAddr());
            return Response.status(Response.Status.CREATED).entity(receipt).build();
        } catch (Conflict e) {
            if (e.code().equals("maintenance.too-many-reports")) {
                throw new WebApplicationException(e.getMessage(), e, 429);
            }
            throw e;
        }
    }

    private static Attachment photo(Photo photo) {
        try {
            return new Attachment(
                    photo.name == null ? "photo" : photo.name,
                    Base64.getDecoder().decode(photo.data));
        } catch (IllegalArgumentException e) {
            throw new RuleViolation("maintenance.attachment-kind", "A photo is sent in Base64", e)
                    .at("/photos", "Base64");
        }
    }

    /** The report; {@code danger} stops the unit at once. */
    public record NewFaultReport(
            @NotBlank @Size(max = 40) String label,
            @NotNull Symptom symptom,
            @NotBlank @Size(max = 2000) String description,
            @Nullable Boolean danger,
            @Nullable @Size(max = 3) List<@NotNull @Valid Photo> photos) {}

    /** A JPEG or PNG in Base64. */
    public record Photo(
            @Nullable @Size(max = 200) String name,
            @NotBlank @Size(max = LONGEST_PHOTO) String data) {}
}
