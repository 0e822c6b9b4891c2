package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.rental.ConditionView;
import org.yiqi.rental.Conditions;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** What the parties found when a unit changed hands. */
@Path("/conditions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConditionsResource {

    @Inject
    Conditions conditions;

    @GET
    @Operation(summary = "Condition reports of your rentals; filters: rental, moment, sound")
    @APIResponse(responseCode = "200", description = "One page of reports")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<ConditionView> list(@Context UriInfo uri) {
        return conditions.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Report what you found; reports are added and never changed")
    @APIResponse(responseCode = "201", description = "The report")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or CLINICAL of a party")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(responseCode = "422", description = "rental.condition-invalid, or a field breaks a rule")
    public Response report(@NotNull @Valid NewReport request, @Context UriInfo uri) {
        List<ConditionView.Check> checks = request.checklist.stream()
                .map(c -> new ConditionView.Check(c.item, c.good, c.note == null ? "" : c.note))
                .toList();
        ConditionView view =
                conditions.report(request.rentalId, request.moment, checks, request.note == null ? "" : request.note);
        return Response.created(uri.getAbsolutePathBuilder()
                        .queryParam("rental", view.rentalId())
                        .build())
                .entity(view)
                .build();
    }

    /** A report to add. */
    public record NewReport(
            @NotNull UUID rentalId,
            @NotNull ConditionView.Moment moment,
            @NotEmpty @Size(max = 100) List<@NotNull @Valid Check> checklist,
            @Nullable @Size(max = 2000) String note) {}

    /** One line of the checklist. */
    public record Check(
            @NotBlank @Size(max = 200) String item,
            boolean good,
            @Nullable @Size(max = 500) String note) {}
}
