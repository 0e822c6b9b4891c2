package org.yiqi.web.disposal;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionAwards;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.disposal.Auctions;
import org.yiqi.disposal.CertificateKind;
import org.yiqi.disposal.DisposalHandovers;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.ListUnit;
import org.yiqi.disposal.MaterialKind;
import org.yiqi.disposal.MediumKind;
import org.yiqi.disposal.Outcome;
import org.yiqi.disposal.Sanitisation;
import org.yiqi.disposal.WipeMethod;
import org.yiqi.shared.Amount;

/** What happens to a unit between being let go and its end: certificates, award, payment, handover, the last certificate. */
@Path("/disposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DisposalStepsResource {

    @Inject
    Sanitisation sanitisation;

    @Inject
    Auctions auctions;

    @Inject
    AuctionAwards awards;

    @Inject
    DisposalHandovers handovers;

    @PUT
    @Path("/{id}/media")
    @Operation(summary = "State everything in the unit that keeps data; an empty list says that nothing does")
    @APIResponse(responseCode = "200", description = "The disposal with its media and what makes each unreadable")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    public Response media(@PathParam("id") UUID id, @NotNull @Valid Media media) {
        return DisposalsResource.answer(sanitisation.stateMedia(
                id,
                media.media.stream()
                        .map(m -> new Sanitisation.StatedMedium(m.medium, m.label))
                        .toList()));
    }

    @POST
    @Path("/{id}/certificates")
    @Operation(
            summary = "Add a certificate: data wipe of a medium (NIST SP 800-88), decontamination, removal of a source")
    @APIResponse(responseCode = "200", description = "The disposal with its certificates")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.certified-before")
    @APIResponse(responseCode = "422", description = "disposal.wipe-method, disposal.certificate-invalid")
    public Response certificate(@PathParam("id") UUID id, @NotNull @Valid NewCertificate c) {
        return DisposalsResource.answer(sanitisation.certify(
                id, new Sanitisation.NewCertificate(c.kind, c.mediumId, c.method, c.issuer, c.issuedOn, c.documentId)));
    }

    @POST
    @Path("/{id}/list")
    @Operation(summary = "Put a unit that was let go up for auction among qualified recyclers")
    @APIResponse(responseCode = "200", description = "The auction")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    @APIResponse(responseCode = "422", description = "disposal.listing-invalid")
    public Response open(@PathParam("id") UUID disposal, @NotNull @Valid Listing listing) {
        return AuctionsResource.answer(auctions.open(
                disposal,
                new ListUnit(
                        listing.kind,
                        listing.description,
                        listing.start.toMoney(),
                        listing.step == null ? listing.start.toMoney() : listing.step.toMoney(),
                        listing.stepSeconds == null ? 60 : listing.stepSeconds,
                        listing.reserve.toMoney(),
                        listing.opensAt,
                        listing.closesAt)));
    }

    @POST
    @Path("/{id}/verify")
    @Operation(summary = "Accept the winner of the auction, who pays next, or pass it over with a reason")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "403", description = "disposal.not-qualified")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    public Response verify(@PathParam("id") UUID id, @NotNull @Valid Verification verification) {
        String reason = verification.reason == null ? "" : verification.reason;
        return DisposalsResource.answer(awards.verify(id, verification.accepted, reason));
    }

    @POST
    @Path("/{id}/payment")
    @Operation(summary = "The price has arrived; deposits go back")
    @APIResponse(responseCode = "200", description = "The disposal, paid")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.payment-late")
    public Response paid(@PathParam("id") UUID id, @NotNull @Valid Reference reference) {
        return DisposalsResource.answer(awards.paid(id, reference.reference));
    }

    @POST
    @Path("/{id}/award")
    @Operation(summary = "The owner signs the sale; it waits for the recycler's signature")
    @APIResponse(responseCode = "200", description = "The disposal as it is now")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state, disposal.act-waiting")
    public Response award(@PathParam("id") UUID id) {
        return DisposalsResource.answer(handovers.award(id));
    }

    @POST
    @Path("/{id}/end")
    @Operation(summary = "The recycler certifies the end of the unit; its history is closed for ever")
    @APIResponse(responseCode = "200", description = "The disposal, completed")
    @APIResponse(responseCode = "409", description = "disposal.wrong-state")
    @APIResponse(responseCode = "422", description = "disposal.end-invalid, disposal.too-heavy")
    public Response end(@PathParam("id") UUID id, @NotNull @Valid End end) {
        return DisposalsResource.answer(handovers.certify(
                id,
                new DisposalHandovers.EndCertificate(
                        end.outcome,
                        end.number,
                        end.materials.stream()
                                .map(m -> new DisposalView.Material(m.material, m.grams))
                                .toList())));
    }

    /** What keeps data. */
    public record Media(@NotNull @Size(max = 50) List<@NotNull @Valid Medium> media) {}

    /** One thing that keeps data. */
    public record Medium(
            @NotNull MediumKind medium,
            @NotBlank @Size(max = 120) String label) {}

    /** A certificate; a wipe names its medium and method, the paper is a document of the unit. */
    public record NewCertificate(
            @NotNull CertificateKind kind,
            @Nullable UUID mediumId,
            @Nullable WipeMethod method,
            @NotBlank @Size(max = 200) String issuer,
            @NotNull LocalDate issuedOn,
            @Nullable UUID documentId) {}

    /** A listing; the step of bids is the start price unless told. */
    public record Listing(
            @NotNull AuctionKind kind,
            @NotBlank @Size(max = 4000) String description,
            @NotNull @Valid Amount start,
            @Nullable @Valid Amount step,
            @Nullable Integer stepSeconds,
            @NotNull @Valid Amount reserve,
            @Nullable Instant opensAt,
            @NotNull Instant closesAt) {}

    /** What the owner thinks of the winner. */
    public record Verification(
            @NotNull Boolean accepted,
            @Nullable @Size(max = 2000) String reason) {}

    /** The bank transfer. */
    public record Reference(@NotBlank @Size(max = 120) String reference) {}

    /** The certificate of the end. */
    public record End(
            @NotNull Outcome outcome,
            @NotBlank @Size(max = 80) String number,
            @NotNull @Size(max = 9) List<@NotNull @Valid Weight> materials) {}

    /** The weight of a material. */
    public record Weight(
            @NotNull MaterialKind material, @NotNull Long grams) {}
}
