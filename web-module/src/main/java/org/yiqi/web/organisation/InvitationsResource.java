package org.yiqi.web.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.InvitationView;
import org.yiqi.organisation.Invitations;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.ShownOnce;

/** Invitations of colleagues. */
@Path("/invitations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvitationsResource {

    @Inject
    Invitations invitations;

    @GET
    @Operation(summary = "The invitations of the own organisation")
    @APIResponse(responseCode = "200", description = "The last 200")
    public Page<InvitationView> list() {
        List<InvitationView> all = invitations.list();
        return new Page<>(all, null, all.size());
    }

    @POST
    @ShownOnce
    @Operation(summary = "Invite a colleague; the answer holds the link's token, shown once")
    @APIResponse(responseCode = "201", description = "The invitation; the link is /invitation?token=...")
    public Response invite(@NotNull @Valid NewInvitation request, @Context UriInfo uri) {
        InvitationView view = invitations.invite(
                request.email(), request.department() == null ? "" : request.department(), request.roles());
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .entity(view)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Withdraw an invitation that nobody has used")
    @APIResponse(responseCode = "204", description = "The link no longer works")
    public void withdraw(@PathParam("id") UUID id) {
        invitations.withdraw(id);
    }

    @POST
    @Path("/accept")
    @PermitAll
    @Operation(summary = "Use an invitation: makes the account; open to whoever holds the link")
    @APIResponse(responseCode = "204", description = "Sign in with the name and password given")
    public void accept(@NotNull @Valid Acceptance request) {
        invitations.accept(
                request.token(),
                request.username(),
                request.password(),
                request.name(),
                request.language() == null ? "zh-CN" : request.language());
    }

    @POST
    @Path("/join")
    @Operation(
            summary =
                    "Use an invitation with the account that the caller has: one more organisation for the same login")
    @APIResponse(responseCode = "204", description = "A token for that organisation can be had now")
    public void join(@NotNull @Valid Joining request) {
        invitations.join(request.token());
    }

    /** The link's token. */
    public record Joining(@NotBlank @Size(max = 100) String token) {}

    /** Whom to invite as what. */
    public record NewInvitation(
            @NotBlank @Email @Size(max = 200) String email,
            @Nullable @Size(max = 100) String department,
            @NotEmpty @Size(max = 13) List<@NotBlank @Size(max = 50) String> roles) {}

    /** The account of the invited person. */
    public record Acceptance(
            @NotBlank @Size(max = 100) String token,

            @NotBlank @Pattern(regexp = "[A-Za-z0-9._-]{3,60}")
            String username,

            @NotBlank @Size(max = 200) String password,
            @NotBlank @Size(max = 100) String name,
            @Nullable @Pattern(regexp = "zh-CN|en") String language) {}
}
