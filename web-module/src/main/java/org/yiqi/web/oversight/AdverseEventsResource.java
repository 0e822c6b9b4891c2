package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.AdverseDuty;
import org.yiqi.oversight.AdverseEventView;
import org.yiqi.oversight.AdverseEvents;
import org.yiqi.oversight.NoteAdverseEvent;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Adverse events and what is due after them. */
@Path("/oversight/adverse-events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdverseEventsResource {

    @Inject
    AdverseEvents events;

    @GET
    @Operation(summary = "List adverse events; filters: state, harm, unit, model, organisation, red")
    @APIResponse(responseCode = "200", description = "One page; organisations see their own")
    public Page<AdverseEventView> list(@Context UriInfo uri) {
        return events.list(Lists.query(uri));
    }

    @POST
    @Operation(
            summary = "Note an adverse event; the clocks of the law run from knownAt",
            description = "Death: report in 7 days. Serious injury: 20 days. Group: told in 12 hours, reported in 24."
                    + " Say nothing that could name a patient.")
    @APIResponse(responseCode = "201", description = "The event")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "422", description = "oversight.adverse-event-invalid")
    public Response note(@NotNull @Valid NewEvent event, @Context UriInfo uri) {
        AdverseEventView view = events.note(
                new NoteAdverseEvent(event.unitId, event.harm, event.happenedAt, event.knownAt, event.what));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One adverse event")
    @APIResponse(responseCode = "200", description = "The event")
    @APIResponse(responseCode = "404", description = "No such event for you")
    public Response get(@PathParam("id") UUID id) {
        return tagged(events.get(id));
    }

    @GET
    @Path("/{id}/duties")
    @Operation(summary = "What is due after it, and how it was answered")
    @APIResponse(responseCode = "200", description = "The duties, the first due first")
    @APIResponse(responseCode = "404", description = "No such event for you")
    public List<AdverseDuty> duties(@PathParam("id") UUID id) {
        return events.duties(id);
    }

    @POST
    @Path("/{id}/report")
    @Operation(summary = "Answer what is due next")
    @APIResponse(responseCode = "200", description = "The event")
    @APIResponse(responseCode = "404", description = "No such event for you")
    @APIResponse(responseCode = "409", description = "oversight.nothing-due")
    public Response report(@PathParam("id") UUID id, @NotNull @Valid Answer answer) {
        return tagged(events.report(id, answer.answer));
    }

    @POST
    @Path("/{id}/assess")
    @Operation(summary = "Assess an event that is reported")
    @APIResponse(responseCode = "200", description = "The event")
    @APIResponse(responseCode = "404", description = "No such event")
    @APIResponse(responseCode = "409", description = "oversight.not-reported")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    public Response assess(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Assessment text) {
        return tagged(events.assess(id, Versions.seen(seen), text.assessment));
    }

    private static Response tagged(AdverseEventView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** An event to note. */
    public record NewEvent(
            @NotNull UUID unitId,
            AdverseEventView.@NotNull Harm harm,
            @NotNull Instant happenedAt,
            @NotNull Instant knownAt,
            @NotBlank @Size(max = 4000) String what) {}

    /** What was reported, where to. */
    public record Answer(@NotBlank @Size(max = 4000) String answer) {}

    /** What it comes to. */
    public record Assessment(@NotBlank @Size(max = 4000) String assessment) {}
}
