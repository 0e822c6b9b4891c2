package org.yiqi.web.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.yiqi.procurement.ContractFile;
import org.yiqi.procurement.ContractSigning;

/** Checks a contract's file for whoever holds it. */
@Path("/public/contracts/check")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class ContractCheckResource {

    @Inject
    ContractSigning signing;

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Say what a file is, sent as the body: SIGNED, WAITING, ALTERED or UNKNOWN. It is not kept")
    @SecurityRequirements
    @APIResponse(
            responseCode = "200",
            description = "The verdict, with the contract, its sides and the act on the ledger")
    @APIResponse(responseCode = "422", description = "procurement.file-invalid")
    public ContractFile check(InputStream body) throws IOException {
        return signing.check(body.readNBytes(ContractSigning.LARGEST_FILE + 1));
    }
}
