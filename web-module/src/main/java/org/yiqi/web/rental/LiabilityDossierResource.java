package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.rental.LiabilityDossier;
import org.yiqi.rental.LiabilityDossiers;

/** The dossier of a case of damage. */
@Path("/liabilities/{id}/dossier")
@Produces(MediaType.APPLICATION_JSON)
public class LiabilityDossierResource {

    @Inject
    LiabilityDossiers dossiers;

    @GET
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
