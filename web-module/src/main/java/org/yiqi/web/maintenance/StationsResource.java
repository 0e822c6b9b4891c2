package org.yiqi.web.maintenance;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Parts;
import org.yiqi.maintenance.StationView;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** Service stations of the caller's organisation. */
@Path("/stations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StationsResource {

    @Inject
    Parts parts;

    @GET
    @Operation(summary = "List stations; filters: region, active")
    @APIResponse(responseCode = "200", description = "One page of stations")
    public Page<StationView> list(@Context UriInfo uri) {
        return parts.stations(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Open a station")
    @APIResponse(responseCode = "201", description = "The station")
    public Response open(@NotNull @Valid NewStation station, @Context UriInfo uri) {
        StationView view = parts.open(new Parts.OpenStation(
                station.nameZh,
                station.nameEn,
                station.regionCode,
                Acts.text(station.address),
                Boolean.TRUE.equals(station.headquarters)));
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .tag(Long.toString(view.version()))
                .entity(view)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One station")
    @APIResponse(responseCode = "200", description = "The station")
    public Response get(@PathParam("id") UUID id) {
        StationView view = parts.station(id);
        return Versions.tagged(view, view.version()).build();
    }

    /** A station; the region is a code of GB/T 2260. */
    public record NewStation(
            @NotBlank @Size(max = 200) String nameZh,
            @NotBlank @Size(max = 200) String nameEn,
            @NotNull @Pattern(regexp = "[0-9]{6}") String regionCode,
            @Nullable @Size(max = 300) String address,
            @Nullable Boolean headquarters) {}
}
