package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.BidComparison;
import org.yiqi.procurement.Envelope;
import org.yiqi.procurement.EvaluationReports;
import org.yiqi.procurement.EvaluationView;
import org.yiqi.procurement.Evaluations;
import org.yiqi.procurement.LowPriceView;
import org.yiqi.procurement.Panels;
import org.yiqi.web.api.Versions;

/** How a tender's bids are judged, from locked sheets to the signed ranking. */
@Path("/tenders/{tender}/evaluation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EvaluationResource {

    @Inject
    Evaluations evaluations;

    @Inject
    EvaluationReports reports;

    @Inject
    Panels panels;

    @PathParam("tender")
    UUID tender;

    @GET
    @Operation(summary = "How the judging stands; scores once all sheets are locked. Amounts are in minor units")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "404", description = "procurement.evaluation-not-found")
    public EvaluationView view() {
        return evaluations.view(tender);
    }

    @PUT
    @Path("/formula")
    @Operation(summary = "Name the formula by which prices become points, while the tender is a draft")
    @APIResponse(responseCode = "204", description = "It is named")
    @APIResponse(responseCode = "409", description = "procurement.tender-state")
    public void formula(@HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Formula formula) {
        panels.choose(tender, Versions.seen(seen), formula.formula);
    }

    @POST
    @Path("/score")
    @Operation(summary = "Sign what the panel said, before the price envelopes are opened")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "409", description = "procurement.evaluation-step")
    public EvaluationView score() {
        return evaluations.score(tender);
    }

    @POST
    @Path("/prices")
    @Operation(summary = "Look at the prices of a tender with one envelope")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "409", description = "procurement.evaluation-step")
    public EvaluationView price() {
        return evaluations.price(tender);
    }

    @POST
    @Path("/low-prices/{bid}/answer")
    @Operation(summary = "Explain an abnormally low price, as its bidder")
    @APIResponse(responseCode = "200", description = "The question with its answer")
    @APIResponse(responseCode = "409", description = "procurement.answered-already, procurement.answer-late")
    public LowPriceView answer(@PathParam("bid") UUID bid, @NotNull @Valid Answer answer) {
        return evaluations.answer(bid, answer.answer);
    }

    @POST
    @Path("/low-prices/{bid}/decision")
    @Operation(summary = "Decide about an explanation, as the panel's chair")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "403", description = "procurement.not-chair")
    public EvaluationView decide(@PathParam("bid") UUID bid, @NotNull @Valid Decision decision) {
        return evaluations.decide(tender, bid, decision.accepted, decision.reason);
    }

    @POST
    @Path("/rank")
    @Operation(summary = "Sign the ranking")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "409", description = "procurement.evaluation-step, procurement.low-price-undecided")
    public EvaluationView rank() {
        return evaluations.rank(tender);
    }

    @GET
    @Path("/documents/{envelope}")
    @Operation(summary = "Everything that was said, entry by entry, as canonical JSON; the act carries its root")
    @APIResponse(responseCode = "200", description = "The document")
    public Response document(@PathParam("envelope") Envelope envelope) {
        return Response.ok(evaluations.document(tender, envelope))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"evaluation-" + tender + "-" + envelope + ".json\"")
                .build();
    }

    @GET
    @Path("/comparison")
    @Operation(summary = "Each lot's bids side by side, line by line and seat by seat; empty before scores show")
    @APIResponse(responseCode = "200", description = "The lots")
    public List<BidComparison> compare() {
        return reports.compare(tender);
    }

    @GET
    @Path("/report")
    @Produces({"application/pdf", MediaType.APPLICATION_JSON})
    @Operation(summary = "The report of the panel's work as a PDF, language=zh or en")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "409", description = "procurement.report-early")
    public Response report(@QueryParam("language") @Nullable String language) {
        byte[] pdf = reports.report(tender, EvaluationReports.language(language == null ? "zh" : language));
        return Response.ok(pdf, "application/pdf")
                .header("Content-Disposition", "attachment; filename=\"evaluation-" + tender + ".pdf\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** A code of a formula. */
    public record Formula(@NotBlank @Size(max = 30) String formula) {}

    /** Why the price is what it is. */
    public record Answer(@NotBlank @Size(max = 8000) String answer) {}

    /** Whether the explanation holds, and why. */
    public record Decision(
            boolean accepted, @NotBlank @Size(max = 2000) String reason) {}
}
