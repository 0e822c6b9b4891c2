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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ContractClause;
import org.yiqi.procurement.ContractMilestones;
import org.yiqi.procurement.ContractRow;
import org.yiqi.procurement.ContractSigning;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.MilestoneState;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Contracts, from the draft to the last payment. */
@Path("/contracts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ContractsResource {

    @Inject
    Contracts contracts;

    @Inject
    ContractSigning signing;

    @Inject
    ContractMilestones milestones;

    @GET
    @Operation(summary = "List your contracts, on either side; filters: state, buyer, supplier, plan, tender")
    @APIResponse(responseCode = "200", description = "One page of contracts")
    public Page<ContractRow> list(@Context UriInfo uri) {
        return contracts.list(Lists.query(uri));
    }

    @GET
    @Path("/clauses")
    @Operation(summary = "The clause library as it holds today")
    @APIResponse(responseCode = "200", description = "The clauses in their order")
    public List<ContractClause> clauses() {
        return contracts.library();
    }

    @POST
    @Operation(summary = "Draft a contract from an approved plan, below the value that needs a tender")
    @APIResponse(responseCode = "201", description = "The draft")
    @APIResponse(responseCode = "409", description = "procurement.tender-needed, procurement.plan-contracted")
    @APIResponse(responseCode = "422", description = "procurement.contract-invalid naming each field")
    public Response create(@NotNull @Valid ContractJson.Terms terms, @Context UriInfo uri) {
        ContractView view = contracts.create(terms.toTerms());
        return Versions.created(uri, view.id(), ContractJson.of(view), view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One contract with items, clauses, milestones and its signed documents")
    @APIResponse(responseCode = "200", description = "The contract")
    public Response get(@PathParam("id") UUID id) {
        return answer(contracts.get(id));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Change a draft; an offered one is a draft again")
    @APIResponse(responseCode = "200", description = "The draft")
    @APIResponse(responseCode = "409", description = "procurement.contract-state")
    @APIResponse(responseCode = "422", description = "procurement.contract-invalid naming each field")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid ContractJson.Terms terms) {
        return answer(contracts.change(id, Versions.seen(seen), terms.toTerms()));
    }

    @POST
    @Path("/{id}/offer")
    @Operation(summary = "Show the draft to its supplier")
    @APIResponse(responseCode = "200", description = "The contract, offered")
    @APIResponse(responseCode = "409", description = "procurement.contract-state")
    public Response offer(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(contracts.offer(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/accept")
    @Operation(summary = "Sign as the supplier what you were offered")
    @APIResponse(responseCode = "200", description = "The contract; pendingAct waits for the buyer")
    @APIResponse(responseCode = "409", description = "procurement.contract-state, procurement.sign-late")
    public Response accept(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(signing.accept(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/sign")
    @Operation(summary = "Sign the contract or the change that waits for you")
    @APIResponse(responseCode = "200", description = "The contract")
    @APIResponse(
            responseCode = "409",
            description = "procurement.contract-state, ledger.already-signed, ledger.key-held")
    public Response sign(@PathParam("id") UUID id) {
        return answer(signing.sign(id));
    }

    @POST
    @Path("/{id}/amendments")
    @Operation(summary = "Ask for another amount; the supplier signs it next")
    @APIResponse(responseCode = "200", description = "The contract; pendingAct waits for the supplier")
    @APIResponse(responseCode = "422", description = "procurement.amendment-limit")
    public Response amend(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Change change) {
        return answer(signing.amend(id, Versions.seen(seen), change.amount.toMoney(), change.reason));
    }

    @POST
    @Path("/{id}/terminate")
    @Operation(summary = "End a contract, with the reason; what was met stays payable")
    @APIResponse(responseCode = "200", description = "The contract, ended")
    @APIResponse(responseCode = "409", description = "procurement.contract-state")
    public Response terminate(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Ending ending) {
        return answer(signing.terminate(id, Versions.seen(seen), ending.reason));
    }

    @GET
    @Path("/{id}/documents/{revision}")
    @Produces("application/pdf")
    @Operation(summary = "The PDF that both sides signed")
    @APIResponse(responseCode = "200", description = "The file, byte by byte as its digest stands on the ledger")
    public Response pdf(@PathParam("id") UUID id, @PathParam("revision") int revision) {
        return Response.ok(signing.pdf(id, revision), "application/pdf")
                .header("Content-Disposition", "attachment; filename=\"contract-" + revision + ".pdf\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @POST
    @Path("/{id}/milestones/{position}/expect")
    @Operation(summary = "Say as the supplier when you expect a milestone")
    @APIResponse(responseCode = "200", description = "The contract")
    public Response expect(
            @PathParam("id") UUID id,
            @PathParam("position") int position,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Expectation expectation) {
        return answer(milestones.expect(id, Versions.seen(seen), position, expectation.expected));
    }

    @POST
    @Path("/{id}/milestones/{position}/report")
    @Operation(summary = "Report as the supplier that a milestone is reached")
    @APIResponse(responseCode = "200", description = "The contract")
    @APIResponse(responseCode = "409", description = "procurement.milestone-state")
    public Response report(
            @PathParam("id") UUID id,
            @PathParam("position") int position,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Report report) {
        return answer(milestones.report(id, Versions.seen(seen), position, report.note == null ? "" : report.note));
    }

    @POST
    @Path("/{id}/milestones/{position}/decide")
    @Operation(summary = "Decide as the buyer: MET, PARTIALLY_MET or NOT_MET")
    @APIResponse(responseCode = "200", description = "The contract")
    @APIResponse(responseCode = "409", description = "procurement.milestone-state")
    public Response decide(
            @PathParam("id") UUID id,
            @PathParam("position") int position,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Decision decision) {
        String note = decision.note == null ? "" : decision.note;
        return answer(milestones.decide(id, Versions.seen(seen), position, decision.outcome, note));
    }

    @POST
    @Path("/{id}/milestones/{position}/pay")
    @Operation(summary = "Record as the buyer that a met milestone is paid")
    @APIResponse(responseCode = "200", description = "The contract")
    @APIResponse(responseCode = "409", description = "procurement.milestone-not-met, procurement.milestone-paid")
    public Response pay(
            @PathParam("id") UUID id,
            @PathParam("position") int position,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Payment payment) {
        return answer(milestones.pay(id, Versions.seen(seen), position, payment.reference));
    }

    private static Response answer(ContractView view) {
        return Versions.tagged(ContractJson.of(view), view.version()).build();
    }

    /** Another amount for the whole contract, and why. */
    public record Change(
            @NotNull @Valid Amount amount,
            @NotBlank @Size(max = 2000) String reason) {}

    /** Why it ends. */
    public record Ending(@NotBlank @Size(max = 2000) String reason) {}

    /** The day on which a milestone is expected. */
    public record Expectation(@NotNull LocalDate expected) {}

    /** What the supplier says about a milestone. */
    public record Report(@Nullable @Size(max = 2000) String note) {}

    /** What the buyer says about a milestone. */
    public record Decision(
            @NotNull MilestoneState outcome,
            @Nullable @Size(max = 2000) String note) {}

    /** The reference of a transfer. */
    public record Payment(@NotBlank @Size(max = 60) String reference) {}
}
