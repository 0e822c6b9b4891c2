package org.yiqi.web.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.TenderDocument;
import org.yiqi.procurement.TenderDocuments;
import org.yiqi.web.api.Versions;

/** The files of a tender. Anybody reads those of a published one. */
@Path("/tenders/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class TenderFilesResource {

    @Inject
    TenderDocuments documents;

    @GET
    @PermitAll
    @Operation(summary = "The files of a tender, with their SHA-256")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The files")
    public List<TenderDocument> list(@PathParam("id") UUID id) {
        return documents.of(id);
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Add a PDF or a picture to a draft, sent as the body; its content decides what it is")
    @APIResponse(responseCode = "201", description = "The file")
    @APIResponse(responseCode = "409", description = "procurement.tender-state, procurement.document-known")
    @APIResponse(responseCode = "422", description = "procurement.file-invalid")
    public Response add(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String seen,
            @QueryParam("name") @DefaultValue("document") String name,
            InputStream body,
            @Context UriInfo uri) {
        TenderDocument added = documents.add(id, Versions.seen(seen), name, body);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(added.id().toString()).build())
                .entity(added)
                .build();
    }

    @GET
    @Path("/{document}")
    @Produces(MediaType.WILDCARD)
    @PermitAll
    @Operation(summary = "The content of a file")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The file")
    public Response content(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        TenderDocument file = documents.get(id, document);
        return Response.ok(documents.content(id, document), file.mediaType())
                .header("Content-Disposition", "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @DELETE
    @Path("/{document}")
    @Operation(summary = "Take a file off a draft")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "409", description = "procurement.tender-state")
    public void remove(
            @PathParam("id") UUID id,
            @PathParam("document") UUID document,
            @HeaderParam("If-Match") @Nullable String seen) {
        documents.remove(id, Versions.seen(seen), document);
    }
}
