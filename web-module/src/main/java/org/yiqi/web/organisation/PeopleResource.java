package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.organisation.SecondFactor;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The people of the caller's organisation. New ones come by invitation. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PeopleResource {

    @Inject
    People people;

    @Inject
    SecondFactor factor;

    @GET
    @Operation(summary = "List the people of the own organisation; filters: id, role, active")
    @APIResponse(responseCode = "200", description = "One page of people")
    public Page<PersonView> list(@Context UriInfo uri) {
        return people.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One person of the own organisation")
    @APIResponse(responseCode = "200", description = "The person, with the ETag of the membership")
    public Response get(@PathParam("id") UUID id) {
        return tagged(people.get(id));
    }

    @PUT
    @Path("/{id}/roles")
    @Operation(summary = "Give a person exactly these roles")
    @APIResponse(responseCode = "200", description = "The person with the new roles")
    public Response changeRoles(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid RolesRequest request) {
        String department = request.department();
        return tagged(people.changeRoles(
                id,
                request.roles(),
                department == null ? people.get(id).department() : department,
                Versions.seen(ifMatch)));
    }

    @POST
    @Path("/{id}/deactivate")
    @Operation(summary = "End a person's membership")
    @APIResponse(responseCode = "200", description = "The person, no longer active")
    public Response deactivate(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return tagged(people.deactivate(id, Versions.seen(ifMatch)));
    }

    @POST
    @Path("/{id}/reactivate")
    @Operation(summary = "Take a person back")
    @APIResponse(responseCode = "200", description = "The person, active again")
    public Response reactivate(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        return tagged(people.reactivate(id, Versions.seen(ifMatch)));
    }

    @POST
    @Path("/{id}/reset-second-factor")
    @Operation(summary = "Take the second factor off a colleague's account who lost it; written to the audit log")
    @APIResponse(responseCode = "200", description = "The person, who signs in by password and begins anew")
    public Response resetSecondFactor(@PathParam("id") UUID id) {
        return tagged(factor.reset(id));
    }

    private static Response tagged(PersonView view) {
        return Versions.tagged(view, view.version()).build();
    }

    /** A person's roles; without a department the old one stays. */
    public record RolesRequest(
            @NotEmpty @Size(max = 13) List<@NotBlank @Size(max = 50) String> roles,
            @Nullable @Size(max = 100) String department) {}
}
