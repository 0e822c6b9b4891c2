package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Attachment;
import org.yiqi.rental.DamagePhoto;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityDossier;
import org.yiqi.rental.LiabilityDossiers;

/** Photos of a damage, and the dossier of its case. */
@Path("/liabilities/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class LiabilityFilesResource {

    @Inject
    Liabilities liabilities;

    @Inject
    LiabilityDossiers dossiers;

    @POST
    @Path("/photos")
    @Consumes({"image/jpeg", "image/png"})
    @Operation(
            summary = "Add a JPEG or PNG photo of at most 8 MB until the facts are frozen; the bytes decide what it is")
    @APIResponse(responseCode = "201", description = "The id of the piece of evidence")
    @APIResponse(responseCode = "409", description = "rental.evidence-frozen")
    public Response addPhoto(
            @PathParam("id") UUID id, @QueryParam("name") @Nullable String name, InputStream body, @Context UriInfo uri)
            throws IOException {
        byte[] content = body.readNBytes(Attachment.LARGEST + 1);
        UUID photo = liabilities.addPhoto(id, name == null ? "" : name, content);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(photo.toString()).build())
                .entity(Map.of("id", photo))
                .build();
    }

    @GET
    @Path("/photos/{photoId}")
    @Produces({"image/jpeg", "image/png", MediaType.APPLICATION_JSON})
    @Operation(summary = "One photo")
    @APIResponse(responseCode = "200", description = "Its bytes")
    public Response photo(@PathParam("id") UUID id, @PathParam("photoId") UUID photoId) {
        DamagePhoto photo = liabilities.photo(id, photoId);
        return Response.ok(photo.content(), photo.mediaType())
                .header("Content-Disposition", "attachment; filename=\"" + photoId + "\"")
                .build();
    }

    @GET
    @Path("/dossier")
    @Produces({"application/pdf", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "The dossier as a PDF, in zh or en",
            description =
                    "Once a split was put to signature: as it was then. Yiqi-Salt (Base64) before the PDF's bytes hashes by"
                            + " SHA-256 to Yiqi-Digest, which stands in the act liability.determined.")
    @APIResponse(responseCode = "200", description = "The PDF")
    public Response dossier(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("zh") String language) {
        LiabilityDossier dossier = dossiers.get(id, language);
        Response.ResponseBuilder answer = Response.ok(dossier.content(), "application/pdf")
                .header("Content-Disposition", "attachment; filename=\"dossier-" + id + ".pdf\"");
        if (!dossier.digest().isEmpty()) {
            answer.header("Yiqi-Digest", dossier.digest()).header("Yiqi-Salt", dossier.salt());
        }
        return answer.build();
    }
}
