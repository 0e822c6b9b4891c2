package org.yiqi.web.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.yiqi.procurement.AmendmentView;
import org.yiqi.procurement.Amendments;
import org.yiqi.procurement.AwardNotice;
import org.yiqi.procurement.Awards;
import org.yiqi.procurement.QuestionView;
import org.yiqi.procurement.Questions;
import org.yiqi.procurement.TenderRow;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Published tenders, for anybody without a login. */
@Path("/public/tenders")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class PublicTendersResource {

    @Inject
    Tenders tenders;

    @Inject
    Questions questions;

    @Inject
    Amendments amendments;

    @Inject
    Awards awards;

    @GET
    @Operation(summary = "List published tenders; filters: state, category, buyer")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "One page of tenders")
    public Page<TenderRow> list(@Context UriInfo uri) {
        return tenders.published(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One published tender")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The tender")
    public Response get(@PathParam("id") UUID id) {
        TenderView view = tenders.notice(id);
        return Versions.tagged(TenderJson.of(view), view.version()).build();
    }

    @GET
    @Path("/{id}/questions")
    @Operation(summary = "The answered questions on a published tender")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The questions")
    public List<QuestionView> questions(@PathParam("id") UUID id) {
        return questions.of(tenders.notice(id).id());
    }

    @GET
    @Path("/{id}/amendments")
    @Operation(summary = "The changes of a published tender")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The changes")
    public List<AmendmentView> amendments(@PathParam("id") UUID id) {
        return amendments.of(tenders.notice(id).id());
    }

    @GET
    @Path("/{id}/award-notices")
    @Operation(
            summary = "To whom the lots of a published tender are meant to go, and what was decided about complaints")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The notices, the newest of a lot first")
    public List<AwardNotice> awardNotices(@PathParam("id") UUID id) {
        return awards.notices(id);
    }
}
