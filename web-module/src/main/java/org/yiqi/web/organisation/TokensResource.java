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
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Logins;
import org.yiqi.organisation.SignIn;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.YiqiPrincipal;

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
    @APIResponse(
            responseCode = "401",
            description = "Name, password or otp do not match, too many attempts, or organisation.otp-needed")
    @APIResponse(
            responseCode = "409",
            description = "organisation.choose-organisation with the choices, or organisation.factor-required")
    @APIResponse(responseCode = "422", description = "A field is missing or too long")
    public Response signIn(@NotNull @Valid SignInRequest request, @Context HttpServletRequest http) {
        String otp = request.otp() == null || request.otp().isBlank() ? null : request.otp();
        SignIn outcome = logins.signIn(
                request.username(), request.password(), otp, request.organisation(), http.getRemoteAddr());
        if (outcome.step() == SignIn.Step.CODE_NEEDED) {
            throw new NotPermitted("organisation.otp-needed", "Send the code of the second factor as otp");
        }
        if (outcome.step() == SignIn.Step.CHOICE_NEEDED) {
            throw new Conflict("organisation.choose-organisation", "Say for which organisation the token is")
                    .with(
                            "organisations",
                            outcome.choices().stream()
                                    .map(m -> Map.of(
                                            "id", m.organisationId(), "nameZh", m.nameZh(), "nameEn", m.nameEn()))
                                    .toList());
        }
        YiqiPrincipal who = outcome.done()
                .orElseThrow(() -> new NotPermitted("shared.not-signed-in", "Name and password do not match"));
        if (who.mustEnrol()) {
            throw new Conflict(
                    "organisation.factor-required",
                    "The organisation asks for a second factor: enrol it on the page first");
        }
        return Response.status(Response.Status.CREATED)
                .entity(logins.issueToken(who))
                .build();
    }

    @DELETE
    @Operation(summary = "Revoke the token that this request carries")
    @APIResponse(responseCode = "204", description = "The token no longer works")
    public void signOut(@HeaderParam("Authorization") @Nullable String authorization) {
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            logins.revoke(authorization.substring(7).strip());
        }
    }

    /**
     * @param otp the present code of the second factor, or a recovery code, where the account has one
     * @param organisation for which the token is, where the person belongs to several
     */
    public record SignInRequest(
            @NotBlank @Size(max = 200) String username,
            @NotBlank @Size(max = 200) String password,
            @Nullable @Size(max = 20) String otp,
            @Nullable UUID organisation) {}
}
