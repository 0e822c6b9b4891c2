package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.Responsibilities;
import org.yiqi.oversight.ResponsibilityView;
import org.yiqi.shared.problem.RuleViolation;

/** Who owned, held, used, maintained and insured a unit at an instant. */
@Path("/oversight/responsibility")
@Produces(MediaType.APPLICATION_JSON)
public class ResponsibilityResource {

    @Inject
    Responsibilities responsibilities;

    @GET
    @Operation(
            summary =
                    "Who owned, held, used, maintained and insured a unit at an instant, each with its proof, and the graph over time")
    @APIResponse(
            responseCode = "200",
            description = "At most one of each kind; none before registration and after the end")
    @APIResponse(responseCode = "404", description = "No such unit, or you neither own nor hold it")
    @APIResponse(responseCode = "422", description = "The unit or the instant is missing or unreadable")
    public ResponsibilityView at(
            @Parameter(required = true) @QueryParam("unit") @Nullable UUID unit,
            @Parameter(required = true, description = "RFC 3339 instant, such as 2026-03-01T08:00:00Z")
                    @QueryParam("at")
                    @Nullable
                    String at) {
        if (unit == null) {
            throw new RuleViolation("oversight.unit-missing", "Name a unit").at("/unit", "an id");
        }
        return responsibilities.at(unit, OversightResource.instant(at));
    }
}
