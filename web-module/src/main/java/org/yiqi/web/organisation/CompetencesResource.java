package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
import org.yiqi.organisation.CompetenceView;
import org.yiqi.organisation.Competences;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Who may operate which category of equipment. */
@Path("/competences")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CompetencesResource {

    @Inject
    Competences competences;

    @GET
    @Operation(summary = "List the competences of the own people; filters: id, person, category")
    @APIResponse(responseCode = "200", description = "One page of competences")
    public Page<CompetenceView> list(@Context UriInfo uri) {
        return competences.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Record that a person can operate a category of equipment")
    @APIResponse(responseCode = "201", description = "The competence")
    public Response add(@NotNull @Valid NewCompetence request, @Context UriInfo uri) {
        CompetenceView view = competences.add(
                request.personId(),
                request.category(),
                request.certificate() == null ? "" : request.certificate(),
                request.validFrom(),
                request.validTo());
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .entity(view)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a competence")
    @APIResponse(responseCode = "204", description = "Revoked")
    public void revoke(@PathParam("id") UUID id) {
        competences.revoke(id);
    }

    /** A competence and how it is proved. */
    public record NewCompetence(
            @NotNull UUID personId,
            @NotBlank @Size(max = 100) String category,
            @Nullable @Size(max = 100) String certificate,
            @NotNull LocalDate validFrom,
            @NotNull LocalDate validTo) {}
}
