package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.BidEnvelopes;
import org.yiqi.procurement.BidOrigins;
import org.yiqi.procurement.BidReceipt;
import org.yiqi.procurement.BidUploads;
import org.yiqi.procurement.BidView;
import org.yiqi.procurement.Bids;
import org.yiqi.procurement.ToSign;
import org.yiqi.shared.problem.NotFound;

/** Sealed bids for a tender, as their bidder works with them. What is sent here was sealed elsewhere. */
@Path("/tenders/{tender}/bids")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BidsResource {

    @Inject
    Bids bids;

    @Inject
    BidEnvelopes envelopes;

    @Inject
    BidUploads uploads;

    @Inject
    BidOrigins origins;

    @GET
    @Operation(summary = "The organisation's own bids for the tender, the newest first")
    @APIResponse(responseCode = "200", description = "The bids")
    public List<BidView> own(@PathParam("tender") UUID tender) {
        return bids.own(tender);
    }

    @GET
    @Path("/count")
    @Operation(summary = "How many bids there are; before the opening nobody learns more")
    @APIResponse(responseCode = "200", description = "The number of bids that count")
    @APIResponse(responseCode = "404", description = "procurement.tender-not-found")
    public Count count(@PathParam("tender") UUID tender) {
        return new Count(bids.count(tender));
    }

    @POST
    @Operation(summary = "Start a bid for a lot under a fresh one-time key")
    @APIResponse(responseCode = "201", description = "The bid")
    @APIResponse(responseCode = "409", description = "procurement.bid-exists, procurement.tender-closed")
    @APIResponse(responseCode = "422", description = "procurement.bid-key, procurement.bid-late")
    public Response start(@PathParam("tender") UUID tender, @NotNull @Valid NewBid bid, @Context UriInfo uri) {
        BidView view = bids.start(tender, bid.lot, bid.publicKey);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .entity(view)
                .build();
    }

    @GET
    @Path("/{bid}")
    @Operation(summary = "One of the organisation's bids, with how many bytes of each envelope are here")
    @APIResponse(responseCode = "200", description = "The bid")
    public BidView get(@PathParam("tender") UUID tender, @PathParam("bid") UUID bid) {
        return own(tender, bid);
    }

    @PUT
    @Path("/{bid}/envelopes/{envelope}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "Send an envelope's sealed bytes, or go on with them where they were cut")
    @APIResponse(responseCode = "200", description = "How many bytes are here now")
    @APIResponse(responseCode = "409", description = "procurement.bid-offset, naming where to go on")
    @APIResponse(responseCode = "422", description = "procurement.bid-late, procurement.bid-too-large")
    public Uploaded upload(
            @PathParam("tender") UUID tender,
            @PathParam("bid") UUID bid,
            @PathParam("envelope") String envelope,
            @Parameter(description = "How many bytes are here already") @QueryParam("offset") @DefaultValue("0")
                    long offset,
            InputStream content) {
        own(tender, bid);
        return new Uploaded(uploads.upload(bid, envelope, offset, content));
    }

    @DELETE
    @Path("/{bid}/envelopes")
    @Operation(summary = "Throw away what was sent of the version in the making, to begin again")
    @APIResponse(responseCode = "200", description = "The bid")
    @APIResponse(responseCode = "409", description = "procurement.bid-nothing-in-the-making")
    public BidView clear(@PathParam("tender") UUID tender, @PathParam("bid") UUID bid) {
        own(tender, bid);
        envelopes.clear(bid);
        return bids.get(bid);
    }

    @POST
    @Path("/{bid}/stamp")
    @Operation(
            summary =
                    "Have the bid checked whole and stamped with the time; answers the act to sign with the bid's key")
    @APIResponse(responseCode = "200", description = "The act to sign")
    @APIResponse(
            responseCode = "422",
            description = "procurement.bid-late, procurement.bid-wrong-proof, procurement.bid-other-bytes, ...")
    public ToSign stamp(
            @PathParam("tender") UUID tender, @PathParam("bid") UUID bid, @NotNull @Valid Manifest manifest) {
        own(tender, bid);
        return envelopes.stamp(bid, manifest.manifest);
    }

    @POST
    @Path("/{bid}/submit")
    @Operation(summary = "Submit what was stamped, with the signature of the bid's key")
    @APIResponse(responseCode = "200", description = "The signed receipt; the same one however often this is sent")
    @APIResponse(responseCode = "409", description = "procurement.bid-not-stamped")
    @APIResponse(responseCode = "422", description = "ledger.wrong-signature, procurement.bid-late")
    public BidReceipt submit(
            @PathParam("tender") UUID tender,
            @PathParam("bid") UUID bid,
            @NotNull @Valid Signed signed,
            @Context HttpServletRequest http) {
        own(tender, bid);
        BidReceipt receipt = bids.submit(bid, signed.signature);
        origins.submitted(bid, http.getRemoteAddr());
        return receipt;
    }

    @GET
    @Path("/{bid}/receipt")
    @Operation(summary = "The receipt of the version that counts")
    @APIResponse(responseCode = "200", description = "The signed receipt")
    @APIResponse(responseCode = "409", description = "procurement.bid-not-submitted")
    public BidReceipt receipt(@PathParam("tender") UUID tender, @PathParam("bid") UUID bid) {
        own(tender, bid);
        return bids.receipt(bid);
    }

    @POST
    @Path("/{bid}/replace")
    @Operation(summary = "Start the version that will replace the one that was submitted; until then that one counts")
    @APIResponse(responseCode = "200", description = "The bid")
    @APIResponse(responseCode = "409", description = "procurement.bid-not-submitted, procurement.bid-in-the-making")
    public BidView replace(@PathParam("tender") UUID tender, @PathParam("bid") UUID bid) {
        own(tender, bid);
        return bids.replace(bid);
    }

    @POST
    @Path("/{bid}/withdraw")
    @Operation(
            summary =
                    "Take the bid back: without a signature answers the act to sign, with it destroys the bid's bytes")
    @APIResponse(responseCode = "200", description = "The act to sign, or null once the bid is gone")
    @APIResponse(responseCode = "409", description = "procurement.bid-withdrawn, procurement.bid-not-withdrawing")
    @APIResponse(responseCode = "422", description = "procurement.bid-late, ledger.wrong-signature")
    public Withdrawal withdraw(
            @PathParam("tender") UUID tender, @PathParam("bid") UUID bid, @NotNull @Valid Withdraw withdraw) {
        own(tender, bid);
        String signature = withdraw.signature;
        if (signature == null) {
            ToSign act = bids.withdraw(bid);
            return new Withdrawal(act, bids.get(bid));
        }
        return new Withdrawal(null, bids.withdraw(bid, signature));
    }

    private BidView own(UUID tender, UUID bid) {
        BidView view = bids.get(bid);
        if (!view.tenderId().equals(tender)) {
            throw new NotFound("procurement.bid-not-found", "No such bid for this tender");
        }
        return view;
    }

    /** A bid to start. */
    public record NewBid(
            @NotBlank @Size(max = 20) String lot,
            @NotBlank @Size(max = 200) String publicKey) {}

    /** The public half of a sealed bid: canonical JSON, see {@code docs/sealing.md}. */
    public record Manifest(@NotBlank @Size(max = 200_000) String manifest) {}

    /** A signature by the bid's one-time key: DER in Base64. */
    public record Signed(@NotBlank @Size(max = 200) String signature) {}

    /** Without a signature, to ask for the act; with it, to be done. */
    public record Withdraw(@Nullable @Size(max = 200) String signature) {}

    /** The act to sign, or null when nothing is left to sign. */
    public record Withdrawal(@Nullable ToSign act, BidView bid) {}

    /** How many. */
    public record Count(int count) {}

    /** How many bytes are here. */
    public record Uploaded(long size) {}
}
