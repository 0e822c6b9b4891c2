package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.organisation.Account;

/** The own account. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    Account account;

    @GET
    @Operation(summary = "Who the caller is and for which organisation")
    @APIResponse(responseCode = "200", description = "The person")
    public Account.Me me() {
        return account.me();
    }

    @POST
    @Path("/password")
    @Operation(summary = "Change the own password; ends all tokens and sessions")
    @APIResponse(responseCode = "204", description = "Sign in anew")
    public void changePassword(@NotNull @Valid PasswordChange request) {
        account.changePassword(request.current(), request.next());
    }

    /** The old and the new password. */
    public record PasswordChange(
            @NotBlank @Size(max = 200) String current,
            @NotBlank @Size(max = 200) String next) {}
}
