package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.organisation.RenewalView;
import org.yiqi.organisation.Renewals;
import org.yiqi.organisation.ReviewView;
import org.yiqi.organisation.Reviews;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The review of organisations by two different people. */
@Path("/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReviewsResource {

    @Inject
    Reviews reviews;

    @Inject
    Renewals renewals;

    @GET
    @Operation(summary = "List reviews; filters: id, status, kind, organisationKind, organisation")
    @APIResponse(responseCode = "200", description = "One page of reviews")
    public Page<ReviewView> list(@Context UriInfo uri) {
        return reviews.list(Lists.query(uri));
    }

    @GET
    @Path("/renewals")
    @Operation(
            summary =
                    "Mandatory credentials that end within 90 days; filters: stage (90, 30, 7, 0), organisation, type")
    @APIResponse(responseCode = "200", description = "One page of renewals")
    public Page<RenewalView> renewals(@Context UriInfo uri) {
        return renewals.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One review")
    @APIResponse(responseCode = "200", description = "The review")
    public Response get(@PathParam("id") UUID id) {
        return tagged(reviews.get(id));
    }

    @POST
    @Path("/{id}/claim")
    @Operation(summary = "Take a review on as the first of two reviewers")
    @APIResponse(responseCode = "200", description = "The review, now REVIEWING")
    public Response claim(@PathParam("id") UUID id) {
        return tagged(reviews.claim(id));
    }

    @POST
    @Path("/{id}/request-correction")
    @Operation(summary = "Ask the organisation to mend something within ten days")
    @APIResponse(responseCode = "200", description = "The review, now in CORRECTION")
    public Response requestCorrection(@PathParam("id") UUID id, @NotNull @Valid ReviewReason request) {
        return tagged(reviews.requestCorrection(id, request.reason()));
    }

    @POST
    @Path("/{id}/approve")
    @Operation(summary = "Approve as the second reviewer; 403 for the one who claimed it")
    @APIResponse(responseCode = "200", description = "The review, APPROVED")
    public Response approve(@PathParam("id") UUID id) {
        return tagged(reviews.approve(id));
    }

    @POST
    @Path("/{id}/reject")
    @Operation(summary = "Reject with a reason")
    @APIResponse(responseCode = "200", description = "The review, REJECTED")
    public Response reject(@PathParam("id") UUID id, @NotNull @Valid ReviewReason request) {
        return tagged(reviews.reject(id, request.reason()));
    }

    private static Response tagged(ReviewView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** Why. */
    public record ReviewReason(@NotBlank @Size(max = 1000) String reason) {}
}
