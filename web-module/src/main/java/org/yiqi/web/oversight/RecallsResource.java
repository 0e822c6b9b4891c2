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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.IssueRecall;
import org.yiqi.oversight.RecallClass;
import org.yiqi.oversight.RecallNotice;
import org.yiqi.oversight.RecallNotices;
import org.yiqi.oversight.RecallPreview;
import org.yiqi.oversight.RecallScope;
import org.yiqi.oversight.RecallView;
import org.yiqi.oversight.RecalledBooking;
import org.yiqi.oversight.RecalledUnit;
import org.yiqi.oversight.RecalledUnits;
import org.yiqi.oversight.Recalls;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.TableExport;
import org.yiqi.web.api.Versions;

/** Recalls: what they found, who was told and who answered. */
@Path("/oversight/recalls")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RecallsResource {

    private static final List<String> COLUMNS = List.of(
            "unitId",
            "foundAs",
            "foundAt",
            "nameZh",
            "nameEn",
            "serial",
            "lot",
            "assetTag",
            "owner",
            "custodian",
            "region",
            "statusFound",
            "status",
            "held",
            "act",
            "refusal");

    @Inject
    Recalls recalls;

    @Inject
    RecalledUnits units;

    @Inject
    RecallNotices notices;

    @GET
    @Operation(
            summary =
                    "List recalls; filters: state, recallClass, overdue, unsigned. Organisations see those that they were told of")
    @APIResponse(responseCode = "200", description = "One page of recalls, newest first")
    public Page<RecallView> list(@Context UriInfo uri) {
        return recalls.list(Lists.query(uri));
    }

    @POST
    @Path("/preview")
    @Operation(summary = "How many units, custodians, bookings and fitted parts a recall would reach")
    @APIResponse(responseCode = "200", description = "The numbers; nothing is done")
    @APIResponse(responseCode = "422", description = "oversight.recall-invalid")
    public RecallPreview preview(@NotNull @Valid Scope scope) {
        return recalls.preview(scope.scope());
    }

    @POST
    @Operation(
            summary = "Issue a recall by model, lot or range of serial numbers",
            description =
                    "Every unit that is found is quarantined, everybody who owns, holds or has booked one is told, and the"
                            + " acts of the holds are signed by your organisation before this answers. If that is interrupted,"
                            + " go on with sign.")
    @APIResponse(responseCode = "201", description = "The recall")
    @APIResponse(responseCode = "403", description = "Needs the roles REGULATOR and SIGNATORY")
    @APIResponse(responseCode = "409", description = "oversight.recall-stands")
    @APIResponse(responseCode = "422", description = "oversight.recall-invalid, oversight.recall-finds-nothing")
    public Response issue(@NotNull @Valid NewRecall recall, @Context UriInfo uri) {
        RecallView issued =
                recalls.issue(new IssueRecall(recall.title, recall.reason, recall.recallClass, recall.scope.scope()));
        RecallView view = signAll(issued.id(), false);
        return Versions.created(uri, view.id(), view, view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One recall and how far it has come")
    @APIResponse(responseCode = "200", description = "The recall")
    @APIResponse(responseCode = "404", description = "No such recall, or you were not told of it")
    public Response get(@PathParam("id") UUID id) {
        RecallView view = recalls.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @GET
    @Path("/{id}/units")
    @Operation(
            summary =
                    "Units that a recall found; filters: foundAs, custodian, statusFound, held, later. With Accept text/csv all of them")
    @APIResponse(responseCode = "200", description = "One page of units")
    public Page<RecalledUnit> units(@PathParam("id") UUID id, @Context UriInfo uri) {
        return units.list(id, Lists.query(uri));
    }

    @GET
    @Path("/{id}/units")
    @Produces(TableExport.CSV_IF_ASKED)
    @Operation(
            summary =
                    "Units that a recall found; filters: foundAs, custodian, statusFound, held, later. With Accept text/csv all of them")
    @APIResponse(responseCode = "200", description = "One page of units")
    public Response csv(@PathParam("id") UUID id, @Context UriInfo uri) {
        ListQuery query = Lists.query(uri);
        return new TableExport("recall", COLUMNS, rows -> units.export(id, query, u -> rows.accept(cells(u)))).csv();
    }

    private static List<@Nullable Object> cells(RecalledUnit u) {
        return Arrays.asList(
                u.unitId(),
                u.foundAs(),
                u.foundAt(),
                u.nameZh(),
                u.nameEn(),
                u.serial(),
                u.lot(),
                u.assetTag(),
                u.ownerZh(),
                u.custodianZh(),
                u.regionCode(),
                u.statusFound(),
                u.status(),
                u.held(),
                u.actState(),
                u.refusal());
    }

    @GET
    @Path("/{id}/bookings")
    @Operation(summary = "Rentals of its units that are not over, the next first, at most 500")
    @APIResponse(responseCode = "200", description = "The rentals that you may see")
    public List<RecalledBooking> bookings(@PathParam("id") UUID id) {
        return units.bookings(id);
    }

    @GET
    @Path("/{id}/notices")
    @Operation(summary = "Notices and their receipts; filters: organisation, received")
    @APIResponse(responseCode = "200", description = "One page of notices; organisations see their own")
    public Page<RecallNotice> notices(@PathParam("id") UUID id, @Context UriInfo uri) {
        recalls.get(id);
        return notices.list(Lists.query(uri).where("recall", id.toString()));
    }

    @POST
    @Path("/{id}/receive")
    @Operation(summary = "Confirm your organisation's notice, with what has been done")
    @APIResponse(responseCode = "200", description = "The notice with its receipt")
    @APIResponse(responseCode = "404", description = "No such recall, or you were not told of it")
    @APIResponse(responseCode = "409", description = "oversight.notice-received")
    public RecallNotice receive(@PathParam("id") UUID id, @NotNull @Valid Answer answer) {
        return notices.receive(id, answer.answer);
    }

    @POST
    @Path("/{id}/remind")
    @Operation(summary = "Remind everybody who has not confirmed")
    @APIResponse(responseCode = "200", description = "The recall")
    @APIResponse(responseCode = "404", description = "No such recall")
    public RecallView remind(@PathParam("id") UUID id) {
        notices.remind(id);
        return recalls.get(id);
    }

    @POST
    @Path("/{id}/sign")
    @Operation(summary = "Sign the acts that are still missing, those again that the ledger would not take before")
    @APIResponse(responseCode = "200", description = "The recall")
    @APIResponse(responseCode = "403", description = "Another authority's recall, or no right to sign")
    @APIResponse(responseCode = "404", description = "No such recall")
    public RecallView sign(@PathParam("id") UUID id) {
        return signAll(id, true);
    }

    @POST
    @Path("/{id}/lift")
    @Operation(summary = "Lift a recall: its units may be used again unless something else stops them")
    @APIResponse(responseCode = "200", description = "The recall")
    @APIResponse(responseCode = "404", description = "No such recall")
    @APIResponse(responseCode = "409", description = "oversight.recall-lifted, oversight.recall-unsigned")
    public Response lift(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Reason reason) {
        recalls.lift(id, Versions.seen(seen), reason.reason);
        RecallView view = signAll(id, false);
        return Versions.tagged(view, view.version()).build();
    }

    /** Each batch is a transaction of its own: what is signed stays signed. */
    private RecallView signAll(UUID id, boolean again) {
        boolean more = recalls.sign(id, again);
        while (more) {
            more = recalls.sign(id, false);
        }
        return recalls.get(id);
    }

    /** What is recalled: modelId or deviceIdentifier, and perhaps a lot or a range of serial numbers. */
    public record Scope(
            @Nullable UUID modelId,
            @Nullable @Size(max = 60) String deviceIdentifier,
            @Nullable @Size(max = 60) String lot,
            @Nullable @Size(max = 60) String serialFrom,
            @Nullable @Size(max = 60) String serialTo) {

        RecallScope scope() {
            return new RecallScope(modelId, text(deviceIdentifier), text(lot), text(serialFrom), text(serialTo));
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given;
        }
    }

    /** A recall to issue. */
    public record NewRecall(
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 4000) String reason,
            @NotNull RecallClass recallClass,
            @NotNull @Valid Scope scope) {}

    /** What has been done. */
    public record Answer(@NotBlank @Size(max = 2000) String answer) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}
}
