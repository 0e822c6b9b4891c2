package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ExpertView;
import org.yiqi.procurement.Experts;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The pool from which panels are drawn. */
@Path("/experts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ExpertsResource {

    @Inject
    Experts experts;

    @GET
    @Operation(summary = "List experts; filters: state, organisation, specialty")
    @APIResponse(responseCode = "200", description = "One page of experts")
    public Page<ExpertView> list(@Context UriInfo uri) {
        return experts.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Apply to be admitted as an expert")
    @APIResponse(responseCode = "201", description = "The expert")
    @APIResponse(responseCode = "409", description = "procurement.expert-known")
    public Response apply(@NotNull @Valid Application application, @Context UriInfo uri) {
        ExpertView view = experts.apply(application.title);
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One expert, with ties and absences")
    @APIResponse(responseCode = "200", description = "The expert")
    public Response get(@PathParam("id") UUID id) {
        ExpertView view = experts.get(id);
        return Versions.tagged(new Whole(view, experts.ties(id), experts.absences(id)), view.version())
                .build();
    }

    @POST
    @Path("/{id}/admit")
    @Operation(summary = "Admit an expert to the pool")
    @APIResponse(responseCode = "200", description = "The expert")
    public Response admit(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return tagged(experts.admit(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/suspend")
    @Operation(summary = "Take an expert out of the pool, saying why")
    @APIResponse(responseCode = "200", description = "The expert")
    public Response suspend(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Reason reason) {
        return tagged(experts.suspend(id, Versions.seen(seen), reason.reason));
    }

    @POST
    @Path("/{id}/leave")
    @Operation(summary = "Leave the pool")
    @APIResponse(responseCode = "200", description = "The expert")
    public Response leave(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return tagged(experts.leave(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/ties")
    @Operation(summary = "Declare a past employment or an interest")
    @APIResponse(responseCode = "200", description = "The expert")
    @APIResponse(responseCode = "409", description = "procurement.tie-known")
    public Response declare(@PathParam("id") UUID id, @NotNull @Valid NewTie tie) {
        return tagged(experts.declare(
                id, tie.organisationId, tie.kind, tie.from, tie.until, Objects.requireNonNullElse(tie.note, "")));
    }

    @POST
    @Path("/{id}/absences")
    @Operation(summary = "Say when one cannot come")
    @APIResponse(responseCode = "200", description = "The expert")
    @APIResponse(responseCode = "409", description = "procurement.absence-overlaps")
    public Response beAbsent(@PathParam("id") UUID id, @NotNull @Valid NewAbsence absence) {
        return tagged(experts.beAbsent(id, absence.from, absence.until));
    }

    @DELETE
    @Path("/{id}/absences/{absence}")
    @Operation(summary = "Take an absence back")
    @APIResponse(responseCode = "200", description = "The expert")
    public Response bePresent(@PathParam("id") UUID id, @PathParam("absence") UUID absence) {
        return tagged(experts.bePresent(id, absence));
    }

    private static Response tagged(ExpertView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** An expert with everything declared. */
    public record Whole(ExpertView expert, List<ExpertView.Tie> ties, List<ExpertView.Absence> absences) {}

    /** By what title panels know the person. */
    public record Application(@NotBlank @Size(max = 120) String title) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /** What binds an expert to an organisation; {@code until} is left out while it lasts. */
    public record NewTie(
            @NotNull UUID organisationId,
            ExpertView.Tie.@NotNull Kind kind,
            @NotNull LocalDate from,
            @Nullable LocalDate until,
            @Size(max = 500) @Nullable String note) {}

    /** Both days included. */
    public record NewAbsence(
            @NotNull LocalDate from, @NotNull LocalDate until) {}
}
