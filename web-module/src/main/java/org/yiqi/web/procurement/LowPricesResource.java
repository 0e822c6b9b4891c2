package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.procurement.Evaluations;
import org.yiqi.procurement.LowPriceView;

/** What bidders are asked about their prices; they answer below the tender's evaluation. */
@Path("/low-prices")
@Produces(MediaType.APPLICATION_JSON)
public class LowPricesResource {

    @Inject
    Evaluations evaluations;

    @GET
    @Operation(summary = "The questions about your organisation's abnormally low prices, the latest first")
    @APIResponse(responseCode = "200", description = "The questions, with what was answered and decided")
    public List<LowPriceView> own() {
        return evaluations.questions();
    }
}
