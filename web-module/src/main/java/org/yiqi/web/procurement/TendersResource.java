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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AmendmentView;
import org.yiqi.procurement.Amendments;
import org.yiqi.procurement.EndReason;
import org.yiqi.procurement.Envelope;
import org.yiqi.procurement.QuestionView;
import org.yiqi.procurement.Questions;
import org.yiqi.procurement.TenderClosing;
import org.yiqi.procurement.TenderPublication;
import org.yiqi.procurement.TenderRow;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Tenders, from the draft to the closed gate. */
@Path("/tenders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TendersResource {

    @Inject
    Tenders tenders;

    @Inject
    TenderPublication publication;

    @Inject
    Questions questions;

    @Inject
    Amendments amendments;

    @Inject
    TenderClosing closing;

    @GET
    @Operation(summary = "List tenders that you may read; filters: state, category, buyer, plan")
    @APIResponse(responseCode = "200", description = "One page of tenders")
    public Page<TenderRow> list(@Context UriInfo uri) {
        return tenders.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Draft a tender from an approved plan")
    @APIResponse(responseCode = "201", description = "The draft")
    @APIResponse(responseCode = "409", description = "procurement.plan-not-approved, procurement.plan-tendered")
    @APIResponse(responseCode = "422", description = "procurement.tender-invalid naming each field")
    public Response create(@NotNull @Valid TenderJson.Terms terms, @Context UriInfo uri) {
        TenderView view = tenders.create(terms.toTerms());
        return Versions.created(uri, view.id(), TenderJson.of(view), view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One tender with its terms, openers and their keys")
    @APIResponse(responseCode = "200", description = "The tender")
    public Response get(@PathParam("id") UUID id) {
        return answer(tenders.get(id));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Change a draft")
    @APIResponse(responseCode = "200", description = "The draft")
    @APIResponse(responseCode = "409", description = "procurement.tender-state")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid TenderJson.Terms terms) {
        return answer(tenders.change(id, Versions.seen(seen), terms.toTerms()));
    }

    @POST
    @Path("/{id}/openers/keys")
    @Operation(summary = "Register the key that your organisation made for one envelope, with the proof that it has it")
    @APIResponse(responseCode = "200", description = "The tender with the key")
    @APIResponse(responseCode = "403", description = "procurement.not-an-opener")
    @APIResponse(responseCode = "409", description = "procurement.key-registered, procurement.key-known")
    @APIResponse(responseCode = "422", description = "procurement.key-invalid")
    public Response registerKey(@PathParam("id") UUID id, @NotNull @Valid Key key) {
        return answer(publication.registerKey(id, key.envelope, key.key, key.proof));
    }

    @POST
    @Path("/{id}/publish")
    @Operation(summary = "Sign the publication; the openers sign it next, then it is public")
    @APIResponse(responseCode = "200", description = "The tender; pendingAct waits for the openers' signatures")
    @APIResponse(responseCode = "409", description = "procurement.keys-missing")
    @APIResponse(responseCode = "422", description = "procurement.window-short, procurement.deadline-rest-day")
    public Response publish(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(publication.publish(id, Versions.seen(seen)));
    }

    @GET
    @Path("/{id}/questions")
    @Operation(summary = "Questions: those that are answered, and your own")
    @APIResponse(responseCode = "200", description = "The questions, the oldest first")
    public List<QuestionView> questions(@PathParam("id") UUID id) {
        return questions.of(id);
    }

    @POST
    @Path("/{id}/questions")
    @Operation(summary = "Ask; nobody learns who asked")
    @APIResponse(responseCode = "201", description = "The question")
    @APIResponse(responseCode = "409", description = "procurement.enquiry-over")
    public Response ask(@PathParam("id") UUID id, @NotNull @Valid NewQuestion question, @Context UriInfo uri) {
        QuestionView view = questions.ask(id, question.lot, question.text);
        return Versions.created(uri, view.id(), view, view.version());
    }

    @POST
    @Path("/{id}/questions/{question}/answer")
    @Operation(summary = "Answer a question for all to read")
    @APIResponse(responseCode = "200", description = "The question with its answer")
    @APIResponse(responseCode = "409", description = "procurement.question-answered, procurement.deadline-passed")
    public Response answer(
            @PathParam("id") UUID id,
            @PathParam("question") UUID question,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Answer answer) {
        QuestionView view = questions.answer(id, question, Versions.seen(seen), answer.answer);
        return Versions.tagged(view, view.version()).build();
    }

    @GET
    @Path("/{id}/amendments")
    @Operation(summary = "The changes of a tender since its publication")
    @APIResponse(responseCode = "200", description = "The changes, the first one first")
    public List<AmendmentView> amendments(@PathParam("id") UUID id) {
        return amendments.of(id);
    }

    @POST
    @Path("/{id}/amendments")
    @Operation(summary = "Change a published tender; bids made before it have to be made again")
    @APIResponse(responseCode = "200", description = "The tender")
    @APIResponse(responseCode = "409", description = "procurement.deadline-passed, procurement.amendment-open")
    @APIResponse(responseCode = "422", description = "procurement.window-short, procurement.deadline-rest-day")
    public Response amend(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid NewAmendment change) {
        return answer(amendments.amend(id, Versions.seen(seen), change.text, change.substantial, change.deadline));
    }

    @POST
    @Path("/{id}/close")
    @Operation(summary = "Close the gate, ten minutes after the deadline or later")
    @APIResponse(responseCode = "200", description = "The tender, sealed")
    @APIResponse(responseCode = "409", description = "procurement.too-early, procurement.bids-on-their-way")
    public Response close(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(closing.close(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Give a tender up, with the reason published")
    @APIResponse(responseCode = "200", description = "The tender, cancelled")
    @APIResponse(responseCode = "409", description = "procurement.tender-state")
    public Response cancel(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Ending ending) {
        return answer(closing.cancel(id, Versions.seen(seen), ending.reason, ending.note));
    }

    @POST
    @Path("/{id}/fail")
    @Operation(summary = "Say that a tender came to nothing, with the reason published")
    @APIResponse(responseCode = "200", description = "The tender, failed")
    @APIResponse(responseCode = "409", description = "procurement.tender-state")
    public Response fail(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Ending ending) {
        return answer(closing.fail(id, Versions.seen(seen), ending.reason, ending.note));
    }

    private static Response answer(TenderView view) {
        return Versions.tagged(TenderJson.of(view), view.version()).build();
    }

    /** A key of an opener. */
    public record Key(
            @NotNull Envelope envelope,
            @NotBlank @Size(max = 200) String key,
            @NotBlank @Size(max = 200) String proof) {}

    /** A question; without a lot it is about all. */
    public record NewQuestion(
            @Nullable @Size(max = 20) String lot,
            @NotBlank @Size(max = 2000) String text) {}

    /** The buyer's answer. */
    public record Answer(@NotBlank @Size(max = 4000) String answer) {}

    /** A change; substantial when it may bear on how bids are drawn up. */
    public record NewAmendment(
            @NotBlank @Size(max = 4000) String text,
            @NotNull Boolean substantial,
            @NotNull Instant deadline) {}

    /** Why it ends. */
    public record Ending(
            @NotNull EndReason reason,
            @NotBlank @Size(max = 2000) String note) {}
}
