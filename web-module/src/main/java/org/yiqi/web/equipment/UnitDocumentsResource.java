package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.yiqi.equipment.DocumentKind;
import org.yiqi.equipment.DocumentView;
import org.yiqi.equipment.Documents;
import org.yiqi.shared.problem.RuleViolation;

/** Photos and documents of a unit. */
@Path("/units")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class UnitDocumentsResource {

    @Inject
    Documents documents;

    @GET
    @Path("/{id}/documents")
    @Operation(summary = "The unit's documents, newest first")
    @APIResponse(responseCode = "200", description = "The documents")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    public List<DocumentView> list(@PathParam("id") UUID id) {
        return documents.of(id);
    }

    @POST
    @Path("/{id}/documents")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Add a PDF, PNG, JPEG or WebP, sent as the body; its content decides what it is")
    @APIResponse(responseCode = "201", description = "The document; its content is at the address in Location")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Not with your roles")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "422", description = "Empty, larger than 20 MB, or another type of file")
    public Response add(
            @PathParam("id") UUID id,
            @QueryParam("name") @DefaultValue("document") String name,
            @QueryParam("kind") @DefaultValue("OTHER") String kind,
            InputStream body,
            @Context UriInfo uri) {
        DocumentView added = documents.add(id, kind(kind), name, body);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(added.id().toString()).build())
                .entity(added)
                .build();
    }

    @GET
    @Path("/{id}/documents/{document}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "The content of a document")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit or document for you")
    public Response content(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        DocumentView view = documents.get(id, document);
        return Response.ok(documents.content(id, document).toFile(), view.mediaType())
                .header("Content-Disposition", "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @DELETE
    @Path("/{id}/documents/{document}")
    @Operation(summary = "Take a document off the unit that your organisation added")
    @APIResponse(responseCode = "204", description = "It is no longer listed")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Another organisation added it")
    @APIResponse(responseCode = "404", description = "No such unit or document for you")
    public void remove(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        documents.remove(id, document);
    }

    private static DocumentKind kind(String name) {
        try {
            return DocumentKind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new RuleViolation("shared.bad-value", "No such kind of document", e)
                    .at("/kind", "PHOTO, MANUAL, CERTIFICATE, REPORT or OTHER");
        }
    }
}
