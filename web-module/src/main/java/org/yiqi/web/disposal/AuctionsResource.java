package org.yiqi.web.disposal;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionAwards;
import org.yiqi.disposal.AuctionRow;
import org.yiqi.disposal.AuctionView;
import org.yiqi.disposal.Auctions;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Auctions of units at their end. */
@Path("/auctions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuctionsResource {

    @Inject
    Auctions auctions;

    @Inject
    AuctionAwards awards;

    @GET
    @Operation(summary = "List auctions; filters: state, kind, category, region, owner, disposal, bidder")
    @APIResponse(responseCode = "200", description = "One page of auctions")
    public Page<AuctionRow> list(@Context UriInfo uri) {
        return auctions.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One auction with the board of its bids")
    @APIResponse(responseCode = "200", description = "The auction")
    public Response get(@PathParam("id") UUID id) {
        return answer(auctions.get(id));
    }

    @POST
    @Path("/{id}/correct")
    @Operation(summary = "Correct the description before bidding begins")
    @APIResponse(responseCode = "200", description = "The auction")
    @APIResponse(responseCode = "409", description = "disposal.bidding-began")
    public Response correct(@PathParam("id") UUID id, @NotNull @Valid Description description) {
        return answer(auctions.correct(id, description.description));
    }

    @POST
    @Path("/{id}/join")
    @Operation(summary = "Take part: the deposit was paid by this bank transfer")
    @APIResponse(responseCode = "200", description = "The auction with your place")
    @APIResponse(responseCode = "403", description = "disposal.not-qualified, disposal.owners-side")
    @APIResponse(responseCode = "409", description = "disposal.joined-before, disposal.auction-over")
    public Response join(@PathParam("id") UUID id, @NotNull @Valid DisposalStepsResource.Reference reference) {
        return answer(auctions.join(id, reference.reference()));
    }

    @POST
    @Path("/{id}/bids")
    @Operation(summary = "Bid an amount in a public auction, or hand in the digest of a sealed bid")
    @APIResponse(responseCode = "200", description = "The auction after the bid")
    @APIResponse(responseCode = "403", description = "disposal.not-joined, disposal.not-qualified")
    @APIResponse(
            responseCode = "409",
            description = "disposal.auction-not-open, disposal.auction-over, disposal.bid-before")
    @APIResponse(
            responseCode = "422",
            description = "disposal.bid-too-low, disposal.bid-not-the-price, disposal.bid-kind")
    public Response bid(@PathParam("id") UUID id, @NotNull @Valid NewBid bid) {
        if ((bid.amount == null) == (bid.digest == null)) {
            throw new RuleViolation("disposal.bid-kind", "Bid an amount or hand in a digest")
                    .at("/amount", "an amount or a digest");
        }
        return answer(
                bid.amount != null
                        ? auctions.bid(id, bid.amount.toMoney())
                        : auctions.seal(id, bid.digest == null ? "" : bid.digest));
    }

    @POST
    @Path("/{id}/reveal")
    @Operation(summary = "Tell what is in your sealed bid, after the end")
    @APIResponse(responseCode = "200", description = "The auction")
    @APIResponse(responseCode = "409", description = "disposal.not-revealing, disposal.revealed-before")
    @APIResponse(responseCode = "422", description = "disposal.digest-differs")
    public Response reveal(@PathParam("id") UUID id, @NotNull @Valid Opened opened) {
        return answer(auctions.reveal(id, opened.amount.toMoney(), opened.nonce));
    }

    @POST
    @Path("/{id}/decision")
    @Operation(summary = "The committee decides on an auction that brought too little: go on, or list it again")
    @APIResponse(responseCode = "200", description = "The auction, or the next round of it")
    @APIResponse(responseCode = "403", description = "disposal.own-proposal")
    @APIResponse(
            responseCode = "409",
            description = "disposal.not-paused, disposal.nothing-bid, disposal.relisted-enough")
    public Response decide(@PathParam("id") UUID id, @NotNull @Valid Decided decided) {
        AuctionAwards.Round again =
                decided.closesAt == null ? null : new AuctionAwards.Round(decided.opensAt, decided.closesAt);
        return answer(awards.decide(id, decided.decision, decided.reason, again));
    }

    static Response answer(AuctionView view) {
        return Versions.tagged(AuctionJson.of(view), view.version()).build();
    }

    /** A description. */
    public record Description(@NotBlank @Size(max = 4000) String description) {}

    /** A bid: an amount, or a digest for a sealed one. */
    public record NewBid(
            @Nullable @Valid Amount amount,
            @Nullable @Pattern(regexp = "[0-9a-f]{64}") String digest) {}

    /** What is in a sealed bid. */
    public record Opened(
            @NotNull @Valid Amount amount,
            @NotBlank @Size(max = 64) String nonce) {}

    /** What the committee decided. */
    public record Decided(
            AuctionAwards.@NotNull Decision decision,
            @NotBlank @Size(max = 2000) String reason,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt) {}
}
