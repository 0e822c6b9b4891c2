package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.procurement.PriceIndex;
import org.yiqi.procurement.PriceIndexView;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** What devices are bought for. */
@Path("/price-index")
@Produces(MediaType.APPLICATION_JSON)
public class PriceIndexResource {

    @Inject
    PriceIndex prices;

    @GET
    @Operation(
            summary =
                    "List reference prices; filters: kind, subject, currency; q finds names and codes; sorts: prices, median, lastDay",
            description =
                    "Figures are null where they would come from fewer prices or buyers than fewestPrices and fewestBuyers.")
    @APIResponse(responseCode = "200", description = "One page of reference prices, without their quarters")
    public Page<PriceIndexView> list(@Context UriInfo uri) {
        return prices.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One reference price with its quarters")
    @APIResponse(responseCode = "200", description = "The reference price")
    @APIResponse(responseCode = "404", description = "procurement.price-index-not-found")
    public PriceIndexView get(@PathParam("id") UUID id) {
        return prices.get(id);
    }
}
