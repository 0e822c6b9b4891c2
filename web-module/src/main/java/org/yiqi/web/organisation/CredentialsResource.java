package org.yiqi.web.organisation;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.CredentialView;
import org.yiqi.organisation.Credentials;
import org.yiqi.organisation.NewCredential;
import org.yiqi.organisation.StoredFile;
import org.yiqi.shared.list.Page;

/** The credentials of an organisation and their files. */
@Path("/organisations/{org}/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CredentialsResource {

    @Inject
    Credentials credentials;

    @PathParam("org")
    UUID org;

    @GET
    @Operation(summary = "The credentials that an organisation has handed in")
    @APIResponse(responseCode = "200", description = "All of them")
    public Page<CredentialView> list() {
        List<CredentialView> all = credentials.list(org);
        return new Page<>(all, null, all.size());
    }

    @POST
    @Operation(summary = "Hand in a credential; its file follows by PUT")
    @APIResponse(responseCode = "201", description = "The credential")
    public Response add(@NotNull @Valid CredentialRequest request, @Context UriInfo uri) {
        CredentialView view = credentials.add(
                org,
                new NewCredential(
                        request.type(),
                        request.number(),
                        request.issuer(),
                        request.scope() == null ? "" : request.scope(),
                        request.validFrom(),
                        request.validTo()));
        return Response.created(
                        uri.getAbsolutePathBuilder().path(view.id().toString()).build())
                .entity(view)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One credential")
    @APIResponse(responseCode = "200", description = "The credential")
    public CredentialView get(@PathParam("id") UUID id) {
        return credentials.get(org, id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Withdraw a credential that nobody has verified yet")
    @APIResponse(responseCode = "204", description = "Withdrawn")
    public void withdraw(@PathParam("id") UUID id) {
        credentials.withdraw(org, id);
    }

    @PUT
    @Path("/{id}/file")
    @Consumes({"application/pdf", "image/png", "image/jpeg", MediaType.APPLICATION_OCTET_STREAM})
    @Operation(summary = "The file of a credential: PDF, PNG or JPEG, at most 10 MiB; its type is told by its bytes")
    @APIResponse(responseCode = "200", description = "The credential with the SHA-256 of its file")
    public CredentialView attach(
            @PathParam("id") UUID id,
            @QueryParam("name") @Size(max = 200) @Nullable String name,
            @QueryParam("sha256") @Size(max = 64) @Nullable String sha256,
            InputStream content)
            throws IOException {
        byte[] bytes = content.readNBytes(Credentials.LARGEST_FILE + 1);
        return credentials.attach(org, id, name == null || name.isBlank() ? "document" : name, bytes, sha256);
    }

    @GET
    @Path("/{id}/file")
    @Produces({"application/pdf", "image/png", "image/jpeg", MediaType.APPLICATION_JSON})
    @Operation(summary = "The file of a credential, compared with its stored hash")
    @APIResponse(responseCode = "200", description = "The file")
    public Response file(@PathParam("id") UUID id) {
        StoredFile file = credentials.file(org, id);
        return Response.ok(file.content(), file.contentType())
                .header("Content-Disposition", "attachment")
                .header("X-Content-SHA256", file.sha256())
                .build();
    }

    /** What a credential says. */
    public record CredentialRequest(
            @NotBlank @Size(max = 50) String type,
            @NotBlank @Size(max = 100) String number,
            @NotBlank @Size(max = 200) String issuer,
            @Nullable @Size(max = 500) String scope,
            @NotNull LocalDate validFrom,
            @Nullable LocalDate validTo) {}
}
