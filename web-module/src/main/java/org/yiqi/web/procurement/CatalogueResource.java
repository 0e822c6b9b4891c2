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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Catalogue;
import org.yiqi.procurement.ProductReviews;
import org.yiqi.procurement.ProductRow;
import org.yiqi.procurement.ProductView;
import org.yiqi.procurement.ReviewView;
import org.yiqi.procurement.WriteReview;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** What suppliers offer, and what those say of it who have one at work. */
@Path("/catalogue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CatalogueResource {

    @Inject
    Catalogue catalogue;

    @Inject
    ProductReviews reviews;

    @GET
    @Operation(
            summary = "List products; filters: state, category, deviceClass, supplier, model, maxPrice, minRating,"
                    + " minWarranty")
    @APIResponse(responseCode = "200", description = "One page of products")
    public Page<ProductRow> list(@Context UriInfo uri) {
        return catalogue.list(Lists.query(uri));
    }

    @GET
    @Path("/facets")
    @Operation(summary = "How many products there are by class, risk class and supplier, with the filters of the list")
    @APIResponse(responseCode = "200", description = "Counts by facet and value")
    public Map<String, Map<String, Long>> facets(@Context UriInfo uri) {
        return catalogue.facets(Lists.query(uri));
    }

    @GET
    @Path("/comparison")
    @Operation(summary = "Two to four products side by side")
    @APIResponse(responseCode = "200", description = "The products in the order asked for")
    @APIResponse(responseCode = "422", description = "procurement.compare-few")
    public List<ProductJson> compare(@QueryParam("id") List<UUID> ids) {
        return catalogue.compare(ids).stream().map(ProductJson::of).toList();
    }

    @POST
    @Operation(summary = "Draft a product of one's own")
    @APIResponse(responseCode = "201", description = "The draft")
    @APIResponse(responseCode = "409", description = "procurement.product-known")
    public Response add(@NotNull @Valid ProductJson.Terms terms, @Context UriInfo uri) {
        ProductView view = catalogue.add(terms.toTerms());
        return Versions.created(uri, view.id(), ProductJson.of(view), view.version());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One product")
    @APIResponse(responseCode = "200", description = "The product")
    public Response get(@PathParam("id") UUID id) {
        return answer(catalogue.get(id));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Change a product of one's own; its model stays")
    @APIResponse(responseCode = "200", description = "The product")
    @APIResponse(responseCode = "409", description = "procurement.product-withdrawn")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid ProductJson.Terms terms) {
        return answer(catalogue.change(id, Versions.seen(seen), terms.toTerms()));
    }

    @POST
    @Path("/{id}/publish")
    @Operation(summary = "Let all members see it")
    @APIResponse(responseCode = "200", description = "The product, published")
    @APIResponse(responseCode = "409", description = "procurement.product-not-draft")
    @APIResponse(responseCode = "422", description = "procurement.product-incomplete naming each lack")
    public Response publish(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(catalogue.publish(id, Versions.seen(seen)));
    }

    @POST
    @Path("/{id}/withdraw")
    @Operation(summary = "Take it out of the catalogue")
    @APIResponse(responseCode = "200", description = "The product, withdrawn")
    @APIResponse(responseCode = "409", description = "procurement.product-withdrawn")
    public Response withdraw(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String seen) {
        return answer(catalogue.withdraw(id, Versions.seen(seen)));
    }

    @GET
    @Path("/{id}/reviews")
    @Operation(summary = "List reviews of a product; filters: stars")
    @APIResponse(responseCode = "200", description = "One page of reviews")
    public Page<ReviewView> reviews(@PathParam("id") UUID id, @Context UriInfo uri) {
        return reviews.list(id, Lists.query(uri));
    }

    @POST
    @Path("/{id}/reviews")
    @Operation(summary = "Review a product of which one's organisation has an accepted device")
    @APIResponse(responseCode = "201", description = "The review")
    @APIResponse(responseCode = "403", description = "procurement.review-not-owner")
    @APIResponse(responseCode = "409", description = "procurement.reviewed-before, procurement.product-not-published")
    public Response review(@PathParam("id") UUID id, @NotNull @Valid NewReview review, @Context UriInfo uri) {
        ReviewView view = reviews.write(id, new WriteReview(review.stars, review.quality, review.service, review.text));
        return Versions.created(uri, view.id(), view, view.version());
    }

    @POST
    @Path("/{id}/reviews/{review}/answer")
    @Operation(summary = "Answer a review of one's own product, once")
    @APIResponse(responseCode = "200", description = "The review with its answer")
    @APIResponse(responseCode = "409", description = "procurement.review-answered")
    public Response answer(
            @PathParam("id") UUID id,
            @PathParam("review") UUID review,
            @HeaderParam("If-Match") @Nullable String seen,
            @NotNull @Valid Answer answer) {
        ReviewView view = reviews.answer(id, review, Versions.seen(seen), answer.answer);
        return Versions.tagged(view, view.version()).build();
    }

    private static Response answer(ProductView view) {
        return Versions.tagged(ProductJson.of(view), view.version()).build();
    }

    /** A judgement, from 1 to 5 each, and why. */
    public record NewReview(
            @NotNull Integer stars,
            @NotNull Integer quality,
            @NotNull Integer service,
            @NotBlank @Size(max = 2000) String text) {}

    /** The supplier's word. */
    public record Answer(@NotBlank @Size(max = 2000) String answer) {}
}
