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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.CaseDecision;
import org.yiqi.oversight.CaseStage;
import org.yiqi.oversight.CaseStep;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.CaseWork;
import org.yiqi.oversight.Cases;
import org.yiqi.oversight.OpenCase;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Cases: of the watch over the ledger, and of regulators from scope to follow-up. */
@Path("/oversight/cases")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CasesResource {

    @Inject
    Cases cases;

    @Inject
    CaseWork work;

    @GET
    @Operation(
            summary =
                    "List cases; filters: state, stage, kind, table, subject, concerned, due, joint. Organisations see those that they were asked in")
    @APIResponse(responseCode = "200", description = "One page of cases, newest first")
    public Page<CaseView> list(@Context UriInfo uri) {
        return cases.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Open a case: an audit that was planned, a complaint or an incident")
    @APIResponse(responseCode = "201", description = "The case")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "422", description = "oversight.case-invalid")
    public Response open(@NotNull @Valid NewCase open, @Context UriInfo uri) {
        CaseView view = work.open(new OpenCase(
                open.kind,
                open.title,
                open.reason,
                open.concernedOrg,
                open.modelId,
                Boolean.TRUE.equals(open.planned)));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One case")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "404", description = "No such case")
    public Response get(@PathParam("id") UUID id) {
        return tagged(cases.get(id));
    }

    @GET
    @Path("/{id}/steps")
    @Operation(summary = "What was done in a case, the first first")
    @APIResponse(
            responseCode = "200",
            description = "Its steps; the organisation concerned reads those that were addressed to it")
    @APIResponse(responseCode = "404", description = "No such case")
    public List<CaseStep> steps(@PathParam("id") UUID id) {
        return work.steps(id);
    }

    @POST
    @Path("/{id}/join")
    @Operation(summary = "Take another regulator in: a joint case")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "Another regulator's case")
    @APIResponse(responseCode = "404", description = "No such case")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    @APIResponse(responseCode = "422", description = "oversight.not-a-regulator")
    public Response join(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull @Valid Joint joint) {
        return tagged(work.join(id, Versions.seen(ifMatch), joint.regulator));
    }

    @POST
    @Path("/{id}/advance")
    @Operation(
            summary = "Take a case one stage on: SCOPED, QUERY, FINDING, RESPONSE or FOLLOW_UP",
            description = "QUERY gives the organisation concerned 72 hours, RESPONSE 10 days.")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "Another regulator's case")
    @APIResponse(responseCode = "404", description = "No such case")
    @APIResponse(responseCode = "409", description = "oversight.case-other-stage")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    @APIResponse(responseCode = "422", description = "oversight.case-concerns-nobody")
    public Response advance(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull @Valid Step step) {
        return tagged(work.advance(id, Versions.seen(ifMatch), step.to, step.note));
    }

    @POST
    @Path("/{id}/answer")
    @Operation(summary = "The organisation concerned answers a query or responds to a finding")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "Not the organisation concerned")
    @APIResponse(responseCode = "404", description = "No such case")
    @APIResponse(responseCode = "409", description = "oversight.case-not-asking")
    public Response answer(@PathParam("id") UUID id, @NotNull @Valid Note note) {
        return tagged(work.answer(id, note.note));
    }

    @POST
    @Path("/{id}/decide")
    @Operation(summary = "Decide a case; a sanction takes effect at once")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "Another regulator's case, or no right to sign a sanction")
    @APIResponse(responseCode = "404", description = "No such case")
    @APIResponse(responseCode = "409", description = "oversight.case-other-stage, oversight.case-not-heard")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    @APIResponse(responseCode = "422", description = "oversight.decision-invalid")
    public Response decide(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull @Valid Decision d) {
        int days = d.days == null ? 0 : d.days;
        return tagged(work.decide(id, Versions.seen(ifMatch), new CaseDecision(d.kind, d.sanction, d.reasons, days)));
    }

    @POST
    @Path("/{id}/close")
    @Operation(summary = "Close a case with what was found out; the subject of a refused act may then go on")
    @APIResponse(responseCode = "200", description = "The closed case")
    @APIResponse(responseCode = "404", description = "No such case")
    @APIResponse(responseCode = "409", description = "Closed already, or it has to be decided first")
    @APIResponse(responseCode = "412", description = "Changed since you read it")
    public CaseView close(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid Conclusion request) {
        return cases.close(id, Versions.seen(ifMatch), request.conclusion());
    }

    private static Response tagged(CaseView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** A case to open. */
    public record NewCase(
            @NotBlank String kind,
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 4000) String reason,
            @Nullable UUID concernedOrg,
            @Nullable UUID modelId,
            @Nullable Boolean planned) {}

    /** Which regulator. */
    public record Joint(@NotNull UUID regulator) {}

    /** Where to, and what is said. */
    public record Step(
            @NotNull CaseStage to,
            @NotBlank @Size(max = 4000) String note) {}

    /** What is said. */
    public record Note(@NotBlank @Size(max = 4000) String note) {}

    /** How it is decided. */
    public record Decision(
            @NotNull CaseDecision.Kind kind,
            CaseDecision.@Nullable Sanction sanction,
            @NotBlank @Size(max = 2000) String reasons,
            @Nullable Integer days) {}

    /** What was found out. */
    public record Conclusion(@NotBlank @Size(max = 2000) String conclusion) {}
}
