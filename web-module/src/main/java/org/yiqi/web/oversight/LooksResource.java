package org.yiqi.web.oversight;

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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.oversight.LookView;
import org.yiqi.oversight.Looks;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Which regulator looked at what. */
@Path("/oversight/looks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class LooksResource {

    @Inject
    Looks looks;

    @GET
    @Operation(
            summary =
                    "Looks of regulators at units; filters: unit, owner, regulator. Organisations see those at what they own")
    @APIResponse(responseCode = "200", description = "One page, the newest first")
    public Page<LookView> list(@Context UriInfo uri) {
        return looks.list(Lists.query(uri));
    }

    @POST
    @Path("/covert")
    @Operation(
            summary =
                    "For some days your looks at an organisation's units stay hidden from it; after that it sees them")
    @APIResponse(responseCode = "200", description = "When they will be seen")
    @APIResponse(responseCode = "409", description = "oversight.covert-already")
    @APIResponse(responseCode = "422", description = "oversight.covert-invalid")
    public Until covert(@NotNull @Valid Covert covert) {
        return new Until(looks.beginCovert(covert.organisation, covert.reason, covert.days));
    }

    /** Of whom, why and for how long. */
    public record Covert(
            @NotNull UUID organisation,
            @NotBlank @Size(max = 2000) String reason,
            @NotNull Integer days) {}

    /** When the looks will be seen. */
    public record Until(Instant hiddenUntil) {}
}
