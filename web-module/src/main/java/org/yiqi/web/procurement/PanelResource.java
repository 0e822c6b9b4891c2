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
import org.yiqi.procurement.DrawView;
import org.yiqi.procurement.Panels;
import org.yiqi.web.api.Versions;

/** The panel of a tender: its draw, and what those who are asked answer. */
@Path("/tenders/{tender}/panel")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PanelResource {

    @Inject
    Panels panels;

    @PathParam("tender")
    UUID tender;

    @GET
    @Operation(summary = "The draws, with everything that it takes to make them again")
    @APIResponse(responseCode = "200", description = "The draws of panel and ties")
    public List<DrawView> draws() {
        return panels.draws(tender);
    }

    @POST
    @Operation(summary = "Draw the panel and invite it")
    @APIResponse(responseCode = "200", description = "The draws")
    @APIResponse(
            responseCode = "409",
            description = "procurement.tender-state, procurement.panel-drawn, procurement.too-few-experts")
    public List<DrawView> draw(@HeaderParam("If-Match") @Nullable String seen, @NotNull @Valid NewDraw draw) {
        panels.draw(
                tender, Versions.seen(seen), draw.word, Objects.requireNonNullElse(draw.representatives, List.of()));
        return panels.draws(tender);
    }

    @POST
    @Path("/accept")
    @Operation(summary = "Declare that nothing binds oneself, and take the seat")
    @APIResponse(responseCode = "204", description = "The seat is taken")
    @APIResponse(responseCode = "409", description = "procurement.not-invited, procurement.invitation-expired")
    public void accept(@NotNull @Valid Declaration declaration) {
        panels.accept(tender, declaration.unbound);
    }

    @POST
    @Path("/leave")
    @Operation(summary = "Decline, or recuse oneself; the next of the draw is invited")
    @APIResponse(responseCode = "204", description = "The seat is free")
    @APIResponse(responseCode = "409", description = "procurement.not-invited, procurement.sheet-locked")
    public void leave(@NotNull @Valid Reason reason) {
        panels.leave(tender, reason.reason);
    }

    @POST
    @Path("/replace")
    @Operation(summary = "Ask the next of the draw where an invitation has run out")
    @APIResponse(responseCode = "204", description = "They are asked")
    public void replace() {
        panels.replaceSilent(tender);
    }

    /** @param word of the caller's own; {@code representatives} are people of the buyer */
    public record NewDraw(
            @NotBlank @Size(max = 200) String word,
            @Nullable List<UUID> representatives) {}

    /** That nothing binds the person to buyer or bidders. */
    public record Declaration(boolean unbound) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 2000) String reason) {}
}
