package org.yiqi.web.organisation;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.organisation.OrganisationProfile;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.organisation.Qualification;
import org.yiqi.organisation.RegisterOrganisation;
import org.yiqi.organisation.Registration;
import org.yiqi.organisation.SecondFactor;
import org.yiqi.organisation.Standing;
import org.yiqi.organisation.Supervision;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The directory of organisations, registration, and where each stands. */
@Path("/organisations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrganisationsResource {

    @Inject
    Organisations organisations;

    @Inject
    SecondFactor factor;

    @Inject
    Registration registration;

    @Inject
    Qualification qualification;

    @Inject
    Supervision supervision;

    @GET
    @Operation(summary = "List organisations; filters: id, kind, status, region")
    @APIResponse(responseCode = "200", description = "One page of organisations")
    public Page<OrganisationView> list(@Context UriInfo uri) {
        return organisations.list(Lists.query(uri));
    }

    @POST
    @PermitAll
    @Operation(summary = "Register an organisation with its first administrator; open to all")
    @APIResponse(responseCode = "201", description = "Registered as a draft; sign in with the name and password given")
    @APIResponse(responseCode = "409", description = "The credit code or the user name is taken")
    public Response register(@NotNull @Valid NewOrganisation request, @Context UriInfo uri) {
        UUID id = registration.register(request.command());
        URI location = uri.getAbsolutePathBuilder().path(id.toString()).build();
        return Response.created(location).entity(new Registered(id, "DRAFT")).build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One organisation")
    @APIResponse(responseCode = "200", description = "The organisation, with its ETag")
    public Response get(@PathParam("id") UUID id) {
        OrganisationView view = organisations.get(id);
        return Versions.tagged(view, view.version()).build();
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change what the own organisation says of itself; absent fields stay")
    @APIResponse(responseCode = "200", description = "The organisation as it is now")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ProfileChange request) {
        OrganisationView view = organisations.changeProfile(id, request.profile(), Versions.seen(ifMatch));
        return Versions.tagged(view, view.version()).build();
    }

    @GET
    @Path("/{id}/standing")
    @Operation(summary = "Where an organisation stands, what is missing, until when it is qualified, its last review")
    @APIResponse(responseCode = "200", description = "The standing")
    public Standing standing(@PathParam("id") UUID id) {
        return qualification.standing(id);
    }

    @POST
    @Path("/{id}/submit")
    @Operation(summary = "Hand the credentials in for review: first, corrected, or to renew")
    @APIResponse(responseCode = "200", description = "The standing after it")
    public Standing submit(@PathParam("id") UUID id) {
        return qualification.submit(id);
    }

    @POST
    @Path("/{id}/suspend")
    @Operation(summary = "Stop an organisation's new business (regulator)")
    @APIResponse(responseCode = "200", description = "The organisation's standing")
    public Standing suspend(@PathParam("id") UUID id, @NotNull @Valid Reason request) {
        supervision.suspend(id, request.reason());
        return qualification.standing(id);
    }

    @POST
    @Path("/{id}/reinstate")
    @Operation(summary = "Lift a suspension (regulator)")
    @APIResponse(responseCode = "200", description = "The organisation's standing")
    public Standing reinstate(@PathParam("id") UUID id, @NotNull @Valid Reason request) {
        supervision.reinstate(id, request.reason());
        return qualification.standing(id);
    }

    @POST
    @Path("/{id}/revoke")
    @Operation(summary = "End a qualification for good (regulator)")
    @APIResponse(responseCode = "200", description = "The organisation's standing")
    public Standing revoke(@PathParam("id") UUID id, @NotNull @Valid Reason request) {
        supervision.revoke(id, request.reason());
        return qualification.standing(id);
    }

    @PUT
    @Path("/{id}/second-factor")
    @Operation(summary = "Ask all people of the own organisation for a second factor, or no longer")
    @APIResponse(responseCode = "200", description = "The caller's state under the new rule")
    public SecondFactor.State requireSecondFactor(@PathParam("id") UUID id, @NotNull @Valid FactorRule request) {
        return factor.require(id, request.required());
    }

    /** Whether a password alone is enough. */
    public record FactorRule(@NotNull Boolean required) {}

    /** A registration. */
    public record NewOrganisation(
            @NotNull OrganisationKind kind,
            @NotBlank @Size(max = 200) String nameZh,
            @NotBlank @Size(max = 200) String nameEn,
            @NotBlank @Size(max = 20) String creditCode,
            @NotBlank @Pattern(regexp = "\\d{6}") String regionCode,
            @Nullable @Size(max = 300) String address,
            @Nullable @Size(max = 50) String level,

            @Nullable @Pattern(regexp = "HEALTH|MARKET|CYBERSPACE")
            String remit,

            @Nullable @Size(max = 100) String phone,
            @Nullable @Email @Size(max = 200) String email,
            @NotNull @Valid FirstPerson administrator) {

        RegisterOrganisation command() {
            OrganisationProfile profile = new OrganisationProfile(
                    nameZh, nameEn, regionCode, address, level, administrator.name(), phone, email);
            String language = administrator.language() == null ? "zh-CN" : administrator.language();
            return new RegisterOrganisation(
                    kind,
                    creditCode,
                    remit,
                    profile,
                    administrator.username(),
                    administrator.password(),
                    administrator.name(),
                    language);
        }
    }

    /** The person who administers the organisation at first. */
    public record FirstPerson(
            @NotBlank @Pattern(regexp = "[A-Za-z0-9._-]{3,60}")
            String username,

            @NotBlank @Size(max = 200) String password,
            @NotBlank @Size(max = 100) String name,
            @Nullable @Pattern(regexp = "zh-CN|en") String language) {}

    /** What was registered. */
    public record Registered(UUID id, String status) {}

    /** Why. */
    public record Reason(@NotBlank @Size(max = 1000) String reason) {}

    /** A change of the profile. */
    public record ProfileChange(
            @Nullable @Size(min = 1, max = 200) String nameZh,
            @Nullable @Size(min = 1, max = 200) String nameEn,
            @Nullable @Pattern(regexp = "\\d{6}") String regionCode,
            @Nullable @Size(max = 300) String address,
            @Nullable @Size(max = 50) String level,
            @Nullable @Size(max = 100) String contactName,
            @Nullable @Size(max = 100) String phone,
            @Nullable @Email @Size(max = 200) String email) {

        OrganisationProfile profile() {
            return new OrganisationProfile(nameZh, nameEn, regionCode, address, level, contactName, phone, email);
        }
    }
}
