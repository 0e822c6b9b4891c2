package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.PlanApprovals;
import org.yiqi.procurement.PurchasePlanRow;
import org.yiqi.procurement.PurchasePlanView;
import org.yiqi.procurement.PurchasePlans;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Plans to buy, from the draft to the last signature. */
@Path("/purchase-plans")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PurchasePlansResource {

    @Inject
    PurchasePlans plans;

    @Inject
    PlanApprovals approvals;

    @GET
    @Operation(summary = "List plans to buy; filters: state, category, need, waitsFor")
    @APIResponse(responseCode = "200", description = "One page of plans")
    public Page<PurchasePlanRow> list(@Context UriInfo uri) {
        return plans.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Draft a plan; it is checked at once and answers what was found")
    @APIResponse(responseCode = "201", description = "The plan with its findings")
    @APIResponse(responseCode = "409", description = "procurement.need-planned, procurement.need-answered")
    public Response create(@NotNull @Valid PurchasePlanJson.Terms terms, @Context UriInfo uri) {
        PurchasePlanView view = plans.create(terms.toTerms());
        return Versions.created(uri, view.id(), PurchasePlanJson.of(view), view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One plan, with findings and signatures")
    @APIResponse(responseCode = "200", description = "The plan")
    public Response get(@PathParam("id") UUID id) {
        return answer(plans.get(id));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Change a draft or a returned plan; its need stays")
    @APIResponse(responseCode = "200", description = "The plan, checked again")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-open")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid PurchasePlanJson.Terms terms) {
        return answer(plans.change(id, Versions.seen(seen), terms.toTerms()));
    }

    @POST
    @Path("/{id}/submit")
    @Operation(summary = "Send the plan up the ladder of its value and class")
    @APIResponse(responseCode = "200", description = "The plan with the steps that it takes")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-open")
    @APIResponse(
            responseCode = "422",
            description = "procurement.plan-not-compliant naming each finding, procurement.justification-missing")
    public Response submit(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(plans.submit(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/withdraw")
    @Operation(summary = "Give a plan up; its need is open again")
    @APIResponse(responseCode = "200", description = "The plan, withdrawn")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-open")
    public Response withdraw(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(plans.withdraw(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/sign")
    @Operation(summary = "Sign the next step; the last signature approves the plan")
    @APIResponse(responseCode = "200", description = "The plan as it is now")
    @APIResponse(responseCode = "403", description = "procurement.own-plan, procurement.not-your-step")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-waiting, procurement.signed-before")
    public Response sign(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Note note) {
        String text = note.note == null ? "" : note.note;
        return answer(approvals.sign(id, Versions.seen(seen), text));
    }

    @POST
    @Path("/{id}/return")
    @Operation(summary = "Send the plan back to who made it, saying why")
    @APIResponse(responseCode = "200", description = "The plan, returned")
    @APIResponse(responseCode = "403", description = "procurement.own-plan, procurement.not-your-step")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-waiting, procurement.signed-before")
    public Response giveBack(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid NeedsResource.Reason reason) {
        return answer(approvals.giveBack(id, Versions.seen(seen), reason.reason()));
    }

    @POST
    @Path("/{id}/delegate")
    @Operation(summary = "Let a colleague sign the next step in one's stead")
    @APIResponse(responseCode = "200", description = "The plan as it is now")
    @APIResponse(responseCode = "403", description = "procurement.own-plan, procurement.not-your-step")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-waiting, procurement.signed-before")
    @APIResponse(responseCode = "422", description = "procurement.delegate-unknown")
    public Response delegate(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Delegate delegate) {
        return answer(approvals.delegate(id, Versions.seen(seen), delegate.personId));
    }

    private static Response answer(PurchasePlanView view) {
        return Versions.tagged(PurchasePlanJson.of(view), view.version()).build();
    }

    /** A note for those who sign next. */
    public record Note(@Nullable @Size(max = 2000) String note) {}

    /** Who signs instead. */
    public record Delegate(@NotNull UUID personId) {}
}
