package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
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
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The directory of organisations. */
@Path("/organisations")
@Produces(MediaType.APPLICATION_JSON)
public class OrganisationsResource {

    @Inject
    Organisations organisations;

    @GET
    @Operation(summary = "List organisations; filters: kind, status, region")
    @APIResponse(responseCode = "200", description = "One page of organisations")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<OrganisationView> list(@Context UriInfo uri) {
        return organisations.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One organisation")
    @APIResponse(responseCode = "200", description = "The organisation")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such organisation")
    public Response get(@PathParam("id") UUID id) {
        OrganisationView view = organisations.get(id);
        return Versions.tagged(view, view.version()).build();
    }
}
