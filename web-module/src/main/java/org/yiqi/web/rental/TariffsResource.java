package org.yiqi.web.rental;

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
import org.yiqi.rental.TariffView;
import org.yiqi.rental.Tariffs;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Price lists. A stored one never changes: the same name again is its next revision. */
@Path("/tariffs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TariffsResource {

    @Inject
    Tariffs tariffs;

    @GET
    @Operation(summary = "Price lists that you may see; filters: owner, name")
    @APIResponse(responseCode = "200", description = "One page of price lists")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<TariffJson> list(@Context UriInfo uri) {
        Page<TariffView> page = tariffs.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(TariffJson::of).toList(), page.next(), page.total());
    }

    @POST
    @Operation(summary = "Add a price list, or the next revision of the one with this name")
    @APIResponse(responseCode = "201", description = "The revision")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs EQUIPMENT or FINANCE")
    @APIResponse(responseCode = "409", description = "Another revision came in at the same moment")
    @APIResponse(responseCode = "422", description = "rental.tariff-invalid, naming each field")
    public Response add(@NotNull @Valid NewTariff request, @Context UriInfo uri) {
        TariffJson tariff = TariffJson.of(tariffs.add(request.name, request.terms.toTerms()));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(tariff.id().toString())
                        .build())
                .entity(tariff)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One revision of a price list")
    @APIResponse(responseCode = "200", description = "The price list")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "rental.tariff-not-found")
    public TariffJson get(@PathParam("id") UUID id) {
        return TariffJson.of(tariffs.get(id));
    }

    /** A price list to add. */
    public record NewTariff(
            @NotBlank @Size(max = 120) String name,
            @NotNull @Valid TariffJson.Terms terms) {}
}
