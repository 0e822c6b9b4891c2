package org.yiqi.web.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Logins;
import org.yiqi.shared.problem.NotPermitted;

/** Signing in as a program. */
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PermitAll
public class TokensResource {

    @Inject
    Logins logins;

    @POST
    @Operation(summary = "Sign in with name and password; answers a bearer token")
    @SecurityRequirements
    @APIResponse(responseCode = "201", description = "The token, shown once, and when it ends")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "Name and password do not match, or too many attempts")
    @APIResponse(responseCode = "422", description = "A field is missing or too long")
    public Response signIn(@NotNull @Valid SignInRequest request, @Context HttpServletRequest http) {
        return logins.signIn(request.username(), request.password(), http.getRemoteAddr())
                .map(logins::issueToken)
                .map(t -> Response.status(Response.Status.CREATED).entity(t).build())
                .orElseThrow(() -> new NotPermitted("shared.not-signed-in", "Name and password do not match"));
    }

    @DELETE
    @Operation(summary = "Revoke the token that this request carries")
    @APIResponse(responseCode = "204", description = "The token no longer works")
    public void signOut(@HeaderParam("Authorization") @Nullable String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            logins.revoke(authorization.substring(7).strip());
        }
    }

    public record SignInRequest(
            @NotBlank @Size(max = 200) String username,
            @NotBlank @Size(max = 200) String password) {}
}
