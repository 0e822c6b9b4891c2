package org.yiqi.web.ledger;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.ledger.TimeAuthorities;
import org.yiqi.ledger.TimeAuthorityView;

/** Whose word on time counts for bids. */
@Path("/ledger/time-authorities")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TimeAuthoritiesResource {

    @Inject
    TimeAuthorities authorities;

    @GET
    @Operation(summary = "All time authorities that the ledger has or had")
    @APIResponse(responseCode = "200", description = "The authorities, those that count first")
    public List<TimeAuthorityView> all() {
        return authorities.all();
    }

    @GET
    @Path("/shown")
    @Operation(summary = "Authorities that answer at the configured addresses and are not on the ledger yet")
    @APIResponse(responseCode = "200", description = "To be compared with what their operators say, then registered")
    public List<TimeAuthorityView> shown() {
        return authorities.shown();
    }

    @POST
    @Operation(summary = "Put an authority on the ledger; only regulators do")
    @APIResponse(responseCode = "202", description = "The act; it counts once it is recorded")
    public Response register(@NotNull @Valid NewAuthority request) {
        return Response.accepted(ActAnswer.of(authorities.register(request.certificate())))
                .build();
    }

    @POST
    @Path("/{id}/revoke")
    @Operation(summary = "Take an authority off the ledger; only regulators do")
    @APIResponse(responseCode = "202", description = "The act; from its recording on no token of the authority counts")
    public Response revoke(@PathParam("id") @Size(max = 64) String id, @NotNull @Valid Revocation request) {
        return Response.accepted(ActAnswer.of(authorities.revoke(id, request.reason())))
                .build();
    }

    /** An authority to be. */
    public record NewAuthority(
            @Schema(description = "X.509 for time stamping (RFC 3161), Base64 or PEM") @NotNull @Size(max = 8000)
            String certificate) {}

    /** Why its word counts no more. */
    public record Revocation(
            @Schema(description = "A code in capitals", example = "KEY_LOST")
            @NotNull
            @Pattern(regexp = "[A-Z][A-Z0-9_]{1,60}")
            String reason) {}
}
