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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.SaveSheet;
import org.yiqi.procurement.SheetView;
import org.yiqi.procurement.Sheets;
import org.yiqi.web.api.Versions;

/** The caller's own scoring sheets of a tender. */
@Path("/tenders/{tender}/sheets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SheetsResource {

    @Inject
    Sheets sheets;

    @PathParam("tender")
    UUID tender;

    @GET
    @Operation(summary = "One's own sheets, one for each bid")
    @APIResponse(responseCode = "200", description = "The sheets")
    @APIResponse(responseCode = "404", description = "procurement.sheet-not-found")
    public List<SheetView> list() {
        return sheets.of(tender);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One of one's own sheets")
    @APIResponse(responseCode = "200", description = "The sheet")
    public Response get(@PathParam("id") UUID id) {
        return tagged(sheets.get(tender, id));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Save a draft of a sheet")
    @APIResponse(responseCode = "200", description = "The sheet")
    @APIResponse(responseCode = "409", description = "procurement.sheet-locked, procurement.evaluation-step")
    @APIResponse(responseCode = "422", description = "procurement.sheet-invalid")
    public Response save(
            @PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid Said said) {
        SaveSheet sheet = new SaveSheet(
                said.verdicts.stream()
                        .map(v -> new SaveSheet.Verdict(v.requirement, v.met, Objects.requireNonNullElse(v.reason, "")))
                        .toList(),
                said.marks.stream()
                        .map(m -> new SaveSheet.Mark(m.criterion, m.points))
                        .toList());
        return tagged(sheets.save(tender, id, Versions.seen(seen), sheet));
    }

    @POST
    @Path("/{id}/lock")
    @Operation(summary = "Lock a sheet for ever")
    @APIResponse(responseCode = "200", description = "The sheet")
    @APIResponse(responseCode = "409", description = "procurement.sheet-locked, procurement.sheet-not-whole")
    public Response lock(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return tagged(sheets.lock(tender, id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/explain")
    @Operation(summary = "Explain points that stand far from the others'")
    @APIResponse(responseCode = "200", description = "The sheet")
    public Response explain(@PathParam("id") UUID id, @NotNull @Valid Explanation explanation) {
        return tagged(sheets.explain(tender, id, explanation.criterion, explanation.explanation));
    }

    private static Response tagged(SheetView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** What is left out stays unsaid. */
    public record Said(
            @NotNull @Size(max = 200) List<@Valid Verdict> verdicts,
            @NotNull @Size(max = 20) List<@Valid Mark> marks) {}

    /** @param reason needed where it is not met */
    public record Verdict(
            int requirement, boolean met, @Nullable String reason) {}

    /** From 0 to the criterion's weight, at most two decimals. */
    public record Mark(int criterion, @Nullable BigDecimal points) {}

    /** Why the points are what they are. */
    public record Explanation(
            int criterion, @NotBlank @Size(max = 2000) String explanation) {}
}
