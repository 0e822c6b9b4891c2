package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Attachment;
import org.yiqi.rental.AppealGround;
import org.yiqi.rental.Damage;
import org.yiqi.rental.DamagePhoto;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityAssessments;
import org.yiqi.rental.LiabilityCause;
import org.yiqi.rental.LiabilityRole;
import org.yiqi.rental.LiabilityRow;
import org.yiqi.rental.LiabilitySplits;
import org.yiqi.rental.LiabilityStatements;
import org.yiqi.rental.LiabilityView;
import org.yiqi.rental.ProposeSplit;
import org.yiqi.rental.ReportDamage;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Cases of damage, from the report to the settlement. Acts answer the case as it is then. */
@Path("/liabilities")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LiabilitiesResource {

    private static final int LONGEST_PHOTO = Attachment.LARGEST / 3 * 4 + 4;

    @Inject
    Liabilities liabilities;

    @Inject
    LiabilityStatements statements;

    @Inject
    LiabilityAssessments assessments;

    @Inject
    LiabilitySplits splits;

    @GET
    @Operation(summary = "Cases that you take part in; filters: state, unit, rental, damage, harm, open")
    @APIResponse(responseCode = "200", description = "One page of cases")
    public Page<LiabilityRow> list(@Context UriInfo uri) {
        return liabilities.list(Lists.query(uri));
    }

    @POST
    @Operation(
            summary = "Report a damage within 48 hours of its discovery; the report is signed and goes onto the ledger",
            description =
                    "Owner, custodian and maintainer take part by themselves; name carrier, supplier or platform.")
    @APIResponse(responseCode = "201", description = "The case")
    @APIResponse(responseCode = "404", description = "equipment.unit-not-found")
    @APIResponse(responseCode = "409", description = "rental.liability-open-for-unit")
    @APIResponse(responseCode = "422", description = "rental.damage-late, rental.damage-invalid naming the field")
    public Response report(@NotNull @Valid Report report, @Context UriInfo uri) {
        LiabilityView view = liabilities.report(report.command());
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One case: parties, evidence with digests, assessments, splits, charges, history")
    @APIResponse(responseCode = "200", description = "The case")
    public Response get(@PathParam("id") UUID id) {
        return answer(liabilities.get(id));
    }

    @POST
    @Path("/{id}/parties")
    @Operation(summary = "Name another organisation that may have to answer; it gets its own days for a statement")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.liability-wrong-state")
    @APIResponse(responseCode = "422", description = "rental.damage-invalid naming the field")
    public Response nameParty(@PathParam("id") UUID id, @NotNull @Valid NamedParty party) {
        return answer(liabilities.nameParty(id, party.org, party.role));
    }

    @POST
    @Path("/{id}/statements")
    @Operation(summary = "Make your organisation's statement: once, within its days")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(
            responseCode = "409",
            description = "rental.statement-made, rental.statement-late, rental.liability-wrong-state")
    public Response state(@PathParam("id") UUID id, @NotNull @Valid Statement statement) {
        return answer(statements.state(id, statement.statement));
    }

    @POST
    @Path("/{id}/assessors")
    @Operation(summary = "Ask a service organisation for a quote and an unrelated one for an estimate")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.assessment-given, rental.liability-wrong-state")
    @APIResponse(responseCode = "422", description = "rental.assessor-unfit, rental.assessor-related")
    public Response askAssessors(@PathParam("id") UUID id, @NotNull @Valid Assessors assessors) {
        return answer(assessments.ask(id, assessors.repairerId, assessors.estimatorId));
    }

    @POST
    @Path("/{id}/assessments")
    @Operation(summary = "Give the quote or the estimate that your organisation was asked for")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "rental.assessor-only")
    @APIResponse(responseCode = "409", description = "rental.assessment-given, rental.liability-wrong-state")
    @APIResponse(responseCode = "422", description = "rental.assessment-invalid naming the field")
    public Response assess(@PathParam("id") UUID id, @NotNull @Valid Assessment assessment) {
        Money betterment = assessment.betterment == null
                ? Money.zero(assessment.repair.toMoney().currency())
                : assessment.betterment.toMoney();
        return answer(assessments.give(id, assessment.repair.toMoney(), betterment, text(assessment.note)));
    }

    @POST
    @Path("/{id}/value")
    @Operation(
            summary = "Value the unit by straight-line depreciation to the day of the damage",
            description = "What is left out comes from the unit's record and from the rules of the day.")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.liability-wrong-state")
    @APIResponse(responseCode = "422", description = "rental.assessment-invalid naming the field")
    public Response value(@PathParam("id") UUID id, @NotNull @Valid Worth worth) {
        return answer(assessments.value(
                id,
                worth.cost == null ? null : worth.cost.toMoney(),
                worth.acquiredOn,
                worth.lifeYears,
                worth.residualPercent));
    }

    @POST
    @Path("/{id}/propose")
    @Operation(summary = "Propose a split by weighed causes and sign it; it stands when all parties have signed")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.liability-wrong-state, rental.proposal-open")
    @APIResponse(
            responseCode = "422",
            description = "rental.split-invalid, rental.liability-no-party, rental.amount-over-limit")
    public Response propose(@PathParam("id") UUID id, @NotNull @Valid Split split) {
        return answer(splits.propose(id, split.command()));
    }

    @POST
    @Path("/{id}/agree")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Sign the split that waits: a party its own, a panellist or the regulator the panel's")
    @APIResponse(
            responseCode = "200",
            description = "The case; it waits on where your organisation holds its key itself")
    @APIResponse(responseCode = "409", description = "rental.nothing-to-sign, ledger.already-signed")
    public Response agree(@PathParam("id") UUID id) {
        return answer(splits.agree(id));
    }

    @POST
    @Path("/{id}/dispute")
    @Operation(summary = "Refuse the split that waits, saying why")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.nothing-to-sign")
    public Response dispute(@PathParam("id") UUID id, @NotNull @Valid Reason reason) {
        return answer(splits.dispute(id, reason.reason));
    }

    @POST
    @Path("/{id}/panel")
    @Operation(summary = "Appoint a panel of three unrelated organisations; a regulator does this")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.liability-wrong-state")
    @APIResponse(responseCode = "422", description = "rental.panel-invalid, rental.panel-conflict naming whom and why")
    public Response appoint(@PathParam("id") UUID id, @NotNull @Valid Panel panel) {
        return answer(splits.appoint(id, panel.panel));
    }

    @POST
    @Path("/{id}/decide")
    @Operation(
            summary = "Decide: a panellist for the panel, whose others and regulator sign too; the regulator on appeal")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "403", description = "rental.panel-only")
    @APIResponse(responseCode = "409", description = "rental.liability-wrong-state, rental.proposal-open")
    @APIResponse(
            responseCode = "422",
            description = "rental.split-invalid, rental.liability-no-party, rental.amount-over-limit")
    public Response decide(@PathParam("id") UUID id, @NotNull @Valid Split split) {
        return answer(splits.decide(id, split.command()));
    }

    @POST
    @Path("/{id}/appeal")
    @Operation(summary = "Appeal to the regulator against the panel's decision, within 15 days")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(
            responseCode = "409",
            description = "rental.appeal-late, rental.appeal-made, rental.liability-wrong-state")
    public Response appeal(@PathParam("id") UUID id, @NotNull @Valid Appeal appeal) {
        return answer(splits.appeal(id, appeal.ground, appeal.reason));
    }

    @POST
    @Path("/{id}/settle")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Say, as the owner, that you have been made whole, and sign")
    @APIResponse(responseCode = "200", description = "The case")
    @APIResponse(responseCode = "409", description = "rental.liability-unpaid, rental.liability-wrong-state")
    public Response settle(@PathParam("id") UUID id) {
        return answer(splits.settle(id));
    }

    private static Response answer(LiabilityView view) {
        return Versions.tagged(view, view.version()).build();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A damage to report. */
    public record Report(
            @NotNull UUID unitId,
            @Nullable UUID rentalId,
            @NotNull Damage damage,
            @NotBlank @Size(max = 4000) String description,
            @NotNull Instant discoveredAt,
            @Nullable Boolean harm,
            @Nullable @Size(max = 8) List<@NotNull @Valid NamedParty> others,
            @Nullable @Size(max = 3) List<@NotNull @Valid Photo> photos) {

        ReportDamage command() {
            return new ReportDamage(
                    unitId,
                    rentalId,
                    damage,
                    description,
                    discoveredAt,
                    Boolean.TRUE.equals(harm),
                    others == null
                            ? List.of()
                            : others.stream()
                                    .map(o -> new ReportDamage.Named(o.org, o.role))
                                    .toList(),
                    photos == null
                            ? List.of()
                            : photos.stream().map(Photo::read).toList());
        }
    }

    /** A JPEG or PNG in Base64. */
    public record Photo(
            @Nullable @Size(max = 200) String name,
            @NotBlank @Size(max = LONGEST_PHOTO) String data) {

        DamagePhoto read() {
            try {
                return new DamagePhoto(
                        name == null ? "" : name, Base64.getDecoder().decode(data));
            } catch (IllegalArgumentException e) {
                throw new RuleViolation("maintenance.attachment-kind", "A photo is sent in Base64", e)
                        .at("/photos", "Base64");
            }
        }
    }

    /** Who may have to answer, and as what. */
    public record NamedParty(@NotNull UUID org, @NotNull LiabilityRole role) {}

    /** What an organisation says. */
    public record Statement(@NotBlank @Size(max = 8000) String statement) {}

    /** Who is asked what it costs. */
    public record Assessors(
            @NotNull UUID repairerId, @NotNull UUID estimatorId) {}

    /** What the repair costs, and how much of it makes the unit better than it was. */
    public record Assessment(
            @NotNull Amount repair,
            @Nullable Amount betterment,
            @Nullable @Size(max = 4000) String note) {}

    /** What the unit cost and how it is written off. */
    public record Worth(
            @Nullable Amount cost,
            @Nullable LocalDate acquiredOn,
            @Nullable Integer lifeYears,
            @Nullable Integer residualPercent) {}

    /** Weighed causes; without an amount the case's limit is split. */
    public record Split(
            @NotEmpty @Size(max = 20) List<@NotNull @Valid Cause> causes,
            @Nullable Amount amount,
            @Nullable @Size(max = 4000) String note) {

        ProposeSplit command() {
            return new ProposeSplit(
                    causes.stream()
                            .map(c -> new ProposeSplit.Weighed(c.cause, c.weight, c.org, text(c.reason)))
                            .toList(),
                    amount == null ? null : amount.toMoney(),
                    text(note));
        }
    }

    /** A cause, its weight, and who answers for it if not whom the rules name, with the reason. */
    public record Cause(
            @NotNull LiabilityCause cause,
            @NotNull Integer weight,
            @Nullable UUID org,
            @Nullable @Size(max = 4000) String reason) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 4000) String reason) {}

    /** Three organisations. */
    public record Panel(@NotEmpty @Size(max = 3) List<@NotNull UUID> panel) {}

    /** Why a party does not accept the decision. */
    public record Appeal(
            @NotNull AppealGround ground,
            @NotBlank @Size(max = 4000) String reason) {}
}
