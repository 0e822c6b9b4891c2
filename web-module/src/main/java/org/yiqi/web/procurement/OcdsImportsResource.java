package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.procurement.OcdsImports;

/** A buyer's earlier tenders from another system. */
@Path("/ocds-imports")
@Produces(MediaType.APPLICATION_JSON)
public class OcdsImportsResource {

    @Inject
    OcdsImports imports;

    @GET
    @Operation(summary = "What your organisation brought, the newest first")
    @APIResponse(responseCode = "200", description = "The imports")
    public List<OcdsImports.Imported> list() {
        return imports.mine();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take an OCDS 1.1 release package; its releases are published again as they were",
            description =
                    "A release that is here already, word for word, is not taken twice: sending a package again is safe.")
    @APIResponse(responseCode = "200", description = "What was taken and what was known")
    @APIResponse(responseCode = "409", description = "procurement.release-known, procurement.process-foreign")
    @APIResponse(responseCode = "422", description = "procurement.package-invalid")
    public OcdsImports.Outcome take(InputStream body) {
        return imports.take(body);
    }
}
