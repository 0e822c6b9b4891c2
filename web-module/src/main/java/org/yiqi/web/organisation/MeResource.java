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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.organisation.Account;
import org.yiqi.organisation.MembershipView;
import org.yiqi.organisation.SecondFactor;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.ShownOnce;

/** The own account. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    Account account;

    @Inject
    SecondFactor factor;

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

    @GET
    @Path("/memberships")
    @Operation(summary = "The organisations that the caller may act for; a token is for one of them")
    @APIResponse(responseCode = "200", description = "All, the oldest membership first")
    public Page<MembershipView> memberships() {
        List<MembershipView> all = account.memberships();
        return new Page<>(all, null, all.size());
    }

    @GET
    @Path("/second-factor")
    @Operation(summary = "Whether the account has a second factor, and whether the organisation asks for it")
    @APIResponse(responseCode = "200", description = "The state")
    public SecondFactor.State secondFactor() {
        return factor.state();
    }

    @POST
    @Path("/second-factor")
    @ShownOnce
    @Operation(
            summary = "Begin a second factor (RFC 6238); it counts once confirm has seen a code",
            description = "Answers the secret for the authenticator, shown once.")
    @APIResponse(responseCode = "200", description = "The secret, and the address for a QR code")
    public SecondFactor.Enrolment beginFactor() {
        return factor.begin();
    }

    @POST
    @Path("/second-factor/confirm")
    @ShownOnce
    @Operation(summary = "Switch the second factor on with its first code; answers ten recovery codes, shown once")
    @APIResponse(responseCode = "200", description = "The recovery codes")
    public Recovery confirmFactor(@NotNull @Valid Code request) {
        return new Recovery(factor.confirm(request.code()));
    }

    @POST
    @Path("/second-factor/recovery-codes")
    @ShownOnce
    @Operation(summary = "New recovery codes; the old ones end")
    @APIResponse(responseCode = "200", description = "The recovery codes, shown once")
    public Recovery renewCodes(@NotNull @Valid Code request) {
        return new Recovery(factor.renewCodes(request.code()));
    }

    @POST
    @Path("/second-factor/end")
    @Operation(summary = "Switch the second factor off, with a code of it")
    @APIResponse(responseCode = "204", description = "The password alone signs in again")
    public void endFactor(@NotNull @Valid Code request) {
        factor.end(request.code());
    }

    /** A code of the authenticator, or a recovery code. */
    public record Code(@NotBlank @Size(max = 20) String code) {}

    /** Each is good once. */
    public record Recovery(List<String> recoveryCodes) {}

    /** The old and the new password. */
    public record PasswordChange(
            @NotBlank @Size(max = 200) String current,
            @NotBlank @Size(max = 200) String next) {}
}
