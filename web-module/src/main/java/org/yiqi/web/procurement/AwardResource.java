package org.yiqi.web.procurement;

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
import org.yiqi.procurement.AwardNotice;
import org.yiqi.procurement.AwardedTerms;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.ContractTerms;
import org.yiqi.procurement.ContractView;
import org.yiqi.procurement.Contracts;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.EvaluationView;
import org.yiqi.procurement.Evaluations;

/** What becomes of each lot of a ranked tender: the notice, its standstill, the award that is final after it, and its contract. */
@Path("/tenders/{tender}/award")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AwardResource {

    @Inject
    Awards awards;

    @Inject
    Evaluations evaluations;

    @Inject
    Contracts contracts;

    @PathParam("tender")
    UUID tender;

    @GET
    @Operation(summary = "What is decided, lot by lot")
    @APIResponse(responseCode = "200", description = "The decisions")
    public List<EvaluationView.Decision> decisions() {
        return evaluations.view(tender).decisions();
    }

    @GET
    @Path("/notices")
    @Operation(summary = "The award notices, lot by lot, with the complaints about them")
    @APIResponse(responseCode = "200", description = "The notices, the newest of a lot first")
    public List<AwardNotice> notices() {
        return awards.notices(tender);
    }

    @POST
    @Operation(
            summary =
                    "Announce to whom a lot goes; the standstill begins. To another than the first only with a reason")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(
            responseCode = "409",
            description =
                    "procurement.evaluation-step, procurement.lot-decided, procurement.lot-noticed, procurement.award-withdrawn, procurement.lot-must-fail")
    @APIResponse(responseCode = "422", description = "procurement.passed-over")
    public EvaluationView announce(@NotNull @Valid NewAward award) {
        return awards.announce(tender, award.lot, award.bid, Objects.requireNonNullElse(award.reason, ""));
    }

    @POST
    @Path("/confirm")
    @Operation(summary = "Sign an announced award once its standstill is over; it is final with that")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(
            responseCode = "409",
            description = "procurement.standstill, procurement.award-suspended, procurement.lot-decided")
    public EvaluationView confirm(@NotNull @Valid OneLot lot) {
        return awards.confirm(tender, lot.lot);
    }

    @POST
    @Path("/contract")
    @Operation(
            summary =
                    "Draft the contract of a lot from its final award: parties, goods and price are those of the award")
    @APIResponse(responseCode = "201", description = "The draft, under /contracts")
    @APIResponse(responseCode = "409", description = "procurement.lot-contracted, procurement.sign-late")
    @APIResponse(responseCode = "422", description = "procurement.contract-invalid naming each field")
    public Response contract(@NotNull @Valid NewContract contract, @Context UriInfo uri) {
        ContractView view = contracts.follow(tender, contract.lot, contract.toTerms());
        return Response.created(uri.getBaseUriBuilder()
                        .path("contracts")
                        .path(view.id().toString())
                        .build())
                .tag(Long.toString(view.version()))
                .entity(ContractJson.of(view))
                .build();
    }

    @POST
    @Path("/fail")
    @Operation(summary = "Let a lot fail, saying why")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "409", description = "procurement.lot-decided, procurement.lot-noticed")
    @APIResponse(responseCode = "422", description = "procurement.end-invalid")
    public EvaluationView fail(@NotNull @Valid Failure failure) {
        return awards.fail(tender, failure.lot, failure.reason, failure.note);
    }

    /** @param reason why not to those that are ranked better */
    public record NewAward(
            @NotBlank @Size(max = 20) String lot,
            @NotNull UUID bid,
            @Size(max = 2000) @Nullable String reason) {}

    /** A lot by its code. */
    public record OneLot(@NotBlank @Size(max = 20) String lot) {}

    /** What the buyer adds to an award; clauses are the optional ones of the library that it takes. */
    public record NewContract(
            @NotBlank @Size(max = 20) String lot,
            @NotBlank @Size(max = 200) String title,
            @NotNull LocalDate deliveryBy,
            @NotNull Integer warrantyMonths,
            @Nullable @Size(max = 50) List<@NotNull String> clauses,
            @NotNull @Size(min = 1, max = 20) List<ContractJson.@NotNull @Valid Milestone> milestones) {

        AwardedTerms toTerms() {
            return new AwardedTerms(
                    title,
                    deliveryBy,
                    warrantyMonths,
                    clauses == null ? List.of() : clauses,
                    milestones.stream()
                            .map(m -> new ContractTerms.Milestone(m.kind(), m.due(), m.percent()))
                            .toList());
        }
    }

    /** Why the lot came to nothing. */
    public record Failure(
            @NotBlank @Size(max = 20) String lot,
            @NotNull EndReason reason,
            @NotBlank @Size(max = 2000) String note) {}
}
