package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.procurement.BidResupplies;
import org.yiqi.procurement.DueBid;
import org.yiqi.procurement.OpenedEnvelope;
import org.yiqi.procurement.OpeningView;
import org.yiqi.procurement.Openings;
import org.yiqi.shared.problem.NotFound;

/** The opening of a tender's bids: who has released, what came out. */
@Path("/tenders/{tender}/opening")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OpeningResource {

    @Inject
    Openings openings;

    @Inject
    BidResupplies resupplies;

    @GET
    @Operation(summary = "How the opening stands: who has released what, and what came out of each envelope")
    @APIResponse(responseCode = "200", description = "The opening")
    @APIResponse(responseCode = "404", description = "procurement.tender-not-found")
    public OpeningView view(@PathParam("tender") UUID tender) {
        return openings.view(tender);
    }

    @GET
    @Path("/{envelope}/due")
    @Operation(summary = "The public halves of exactly the bids whose envelope is due")
    @APIResponse(responseCode = "200", description = "The bids")
    @APIResponse(
            responseCode = "409",
            description = "procurement.tender-open, procurement.envelope-not-due, procurement.bidders-hidden")
    public List<DueBid> due(@PathParam("tender") UUID tender, @PathParam("envelope") String envelope) {
        return openings.due(tender, envelope);
    }

    @POST
    @Path("/shares")
    @Operation(
            summary = "Release an opener's shares of the bids that are due; with the last one needed, all are opened")
    @APIResponse(responseCode = "200", description = "The opening")
    @APIResponse(responseCode = "409", description = "procurement.shares-posted, procurement.envelope-not-due")
    @APIResponse(responseCode = "422", description = "procurement.shares-not-exact, procurement.shares-signature")
    public OpeningView post(@PathParam("tender") UUID tender, @NotNull @Valid Shares shares) {
        return openings.post(tender, shares.list, shares.signature);
    }

    @GET
    @Path("/{envelope}/contents")
    @Operation(summary = "What was in the envelopes that could be read, for the buyer")
    @APIResponse(responseCode = "200", description = "The contents")
    public List<OpenedEnvelope> contents(@PathParam("tender") UUID tender, @PathParam("envelope") String envelope) {
        return openings.opened(tender, envelope);
    }

    @GET
    @Path("/{envelope}/bids/{bid}/attachments/{index}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "An attachment of an envelope that was opened, decrypted as it streams")
    @APIResponse(responseCode = "200", description = "The attachment")
    @APIResponse(responseCode = "404", description = "procurement.attachment-not-found")
    public Response attachment(
            @PathParam("tender") UUID tender,
            @PathParam("envelope") String envelope,
            @PathParam("bid") UUID bid,
            @PathParam("index") int index) {
        OpenedEnvelope opened = openings.opened(tender, envelope).stream()
                .filter(each -> each.bid().equals(bid)
                        && index >= 0
                        && index < each.content().attachments().size())
                .findFirst()
                .orElseThrow(() -> new NotFound("procurement.attachment-not-found", "No such attachment"));
        StreamingOutput content = out -> openings.attachment(tender, bid, envelope, index, out);
        return Response.ok(content)
                .header("Content-Disposition", "attachment; filename=\"" + bid + "-" + index + "\"")
                .header(
                        "Content-Length",
                        opened.content().attachments().get(index).size())
                .build();
    }

    @PUT
    @Path("/{envelope}/bids/{bid}/bytes")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "Bring the sealed bytes of a bid that are missing or changed here, as they were committed to",
            description =
                    "All bytes of the envelope, attachments included. If the others were opened without it, the bid is opened.")
    @APIResponse(responseCode = "200", description = "The opening")
    @APIResponse(responseCode = "404", description = "procurement.tender-not-found, procurement.bid-not-found")
    @APIResponse(
            responseCode = "409",
            description =
                    "procurement.tender-open, procurement.bid-bytes-whole, procurement.opening-not-recorded, procurement.envelope-scored")
    @APIResponse(responseCode = "422", description = "procurement.bid-other-bytes")
    public OpeningView resupply(
            @PathParam("tender") UUID tender,
            @PathParam("envelope") String envelope,
            @PathParam("bid") UUID bid,
            InputStream content) {
        return resupplies.bring(tender, bid, envelope, content);
    }

    /**
     * What an opener's tool posts.
     *
     * @param list canonical JSON, see {@code docs/sealing.md}
     * @param signature by the opener's single-use key: DER in Base64
     */
    public record Shares(
            @NotBlank @Size(max = 2_000_000) String list,
            @NotBlank @Size(max = 200) String signature) {}
}
