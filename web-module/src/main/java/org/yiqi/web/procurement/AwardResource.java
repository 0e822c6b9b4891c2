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
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.EvaluationView;
import org.yiqi.procurement.Evaluations;

/** What becomes of each lot of a ranked tender. */
@Path("/tenders/{tender}/award")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AwardResource {

    @Inject
    Awards awards;

    @Inject
    Evaluations evaluations;

    @PathParam("tender")
    UUID tender;

    @GET
    @Operation(summary = "What is decided, lot by lot")
    @APIResponse(responseCode = "200", description = "The decisions")
    public List<EvaluationView.Decision> decisions() {
        return evaluations.view(tender).decisions();
    }

    @POST
    @Operation(summary = "Award a lot; to another than the first only with a reason")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "409", description = "procurement.evaluation-step, procurement.lot-decided")
    @APIResponse(responseCode = "422", description = "procurement.passed-over")
    public EvaluationView award(@NotNull @Valid NewAward award) {
        return awards.award(tender, award.lot, award.bid, Objects.requireNonNullElse(award.reason, ""));
    }

    @POST
    @Path("/fail")
    @Operation(summary = "Let a lot fail, saying why")
    @APIResponse(responseCode = "200", description = "The evaluation")
    @APIResponse(responseCode = "422", description = "procurement.end-invalid")
    public EvaluationView fail(@NotNull @Valid Failure failure) {
        return awards.fail(tender, failure.lot, failure.reason, failure.note);
    }

    /** @param reason why not to those that are ranked better */
    public record NewAward(
            @NotBlank @Size(max = 20) String lot,
            @NotNull UUID bid,
            @Size(max = 2000) @Nullable String reason) {}

    /** Why the lot came to nothing. */
    public record Failure(
            @NotBlank @Size(max = 20) String lot,
            @NotNull EndReason reason,
            @NotBlank @Size(max = 2000) String note) {}
}
