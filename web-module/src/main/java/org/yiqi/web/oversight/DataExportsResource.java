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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.DataExportView;
import org.yiqi.oversight.DataExports;
import org.yiqi.oversight.RequestExport;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Personal data that goes abroad: requested, endorsed, approved, and each time written down. */
@Path("/oversight/exports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DataExportsResource {

    @Inject
    DataExports exports;

    @GET
    @Operation(summary = "Requests to send personal data abroad; filters: state, way. Organisations see their own")
    @APIResponse(responseCode = "200", description = "One page, the newest first")
    @APIResponse(responseCode = "403", description = "Needs the role ORG_ADMIN, REGULATOR or AUDITOR")
    public Page<DataExportView> list(@Context UriInfo uri) {
        return exports.list(Lists.query(uri));
    }

    @POST
    @Operation(summary = "Request an export; the answer says which way the law demands. Nothing leaves by this")
    @APIResponse(
            responseCode = "201",
            description = "The request",
            content = @Content(schema = @Schema(implementation = DataExportView.class)))
    @APIResponse(responseCode = "403", description = "Needs the role ORG_ADMIN")
    @APIResponse(responseCode = "422", description = "oversight.export-invalid, or something is missing")
    public Response request(@NotNull @Valid RequestExport wish, @Context UriInfo uri) {
        DataExportView export = exports.request(wish);
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(export.id().toString())
                        .build())
                .entity(export)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One request, with how much has left")
    @APIResponse(responseCode = "200", description = "The request")
    @APIResponse(responseCode = "403", description = "Needs the role ORG_ADMIN, REGULATOR or AUDITOR")
    @APIResponse(responseCode = "404", description = "No such request, or it is not yours to see")
    public DataExportView get(@PathParam("id") UUID id) {
        return exports.get(id);
    }

    @POST
    @Path("/{id}/endorse")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Stand for a request of a colleague")
    @APIResponse(responseCode = "200", description = "The request, endorsed")
    @APIResponse(responseCode = "403", description = "Needs the role ORG_ADMIN; oversight.export-two-people")
    @APIResponse(responseCode = "404", description = "No such request, or it is not yours to see")
    @APIResponse(responseCode = "409", description = "oversight.export-state")
    public DataExportView endorse(@PathParam("id") UUID id) {
        return exports.endorse(id);
    }

    @POST
    @Path("/{id}/decide")
    @Operation(summary = "Approve or refuse, as a regulator of cyberspace")
    @APIResponse(responseCode = "200", description = "The request, decided")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR; oversight.export-remit")
    @APIResponse(responseCode = "404", description = "No such request")
    @APIResponse(responseCode = "409", description = "oversight.export-state")
    @APIResponse(
            responseCode = "422",
            description = "The number of the contract or assessment, or the reason, is missing")
    public DataExportView decide(@PathParam("id") UUID id, @NotNull @Valid Decision decision) {
        String text = decision.decision;
        return exports.decide(id, decision.approve, text == null ? "" : text);
    }

    @POST
    @Path("/{id}/send")
    @Operation(summary = "The gate: write down that data leave now. Refused unless approved")
    @APIResponse(responseCode = "200", description = "The request, with how much has left")
    @APIResponse(responseCode = "403", description = "Needs the role ORG_ADMIN")
    @APIResponse(responseCode = "404", description = "No such request, or it is not yours to see")
    @APIResponse(responseCode = "409", description = "oversight.export-not-approved")
    @APIResponse(responseCode = "422", description = "oversight.export-invalid")
    public DataExportView send(@PathParam("id") UUID id, @NotNull @Valid Sending sending) {
        return exports.send(id, sending.ordinary, sending.sensitive, sending.sha256);
    }

    /** @param decision the number under which it is filed or assessed, or why it is refused */
    public record Decision(
            @NotNull Boolean approve,
            @Nullable @Size(max = 2000) String decision) {}

    /** How many people's data leave, in which file. */
    public record Sending(
            @NotNull Long ordinary,
            @NotNull Long sensitive,
            @NotBlank @Size(max = 64) String sha256) {}
}
