package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.organisation.ApiKeyView;
import org.yiqi.organisation.ApiKeys;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.ShownOnce;

/** Keys for the organisation's own programs. */
@Path("/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApiKeysResource {

    @Inject
    ApiKeys keys;

    @GET
    @Operation(summary = "The keys of the own organisation, without their text")
    @APIResponse(responseCode = "200", description = "The last 200")
    public Page<ApiKeyView> list() {
        List<ApiKeyView> all = keys.list();
        return new Page<>(all, null, all.size());
    }

    @POST
    @ShownOnce
    @Operation(summary = "Make a key with roles, scopes (area:read, area:write) and an end; its text is shown once")
    @APIResponse(responseCode = "201", description = "The key with its text")
    public Response create(@NotNull @Valid NewKey request, @Context UriInfo uri) {
        ApiKeyView view = keys.create(request.label(), request.roles(), request.scopes(), request.expiresAt());
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .entity(view)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a key at once")
    @APIResponse(responseCode = "204", description = "The key no longer works")
    public void revoke(@PathParam("id") UUID id) {
        keys.revoke(id);
    }

    /** What a key may do and until when. */
    public record NewKey(
            @NotBlank @Size(max = 100) String label,
            @NotEmpty @Size(max = 13) List<@NotBlank @Size(max = 50) String> roles,
            @NotEmpty @Size(max = 40) List<@NotBlank @Size(max = 40) String> scopes,
            @NotNull Instant expiresAt) {}
}
