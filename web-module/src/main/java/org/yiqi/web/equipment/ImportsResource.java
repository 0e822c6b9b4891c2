package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.yiqi.equipment.ImportError;
import org.yiqi.equipment.ImportView;
import org.yiqi.equipment.Imports;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.TableExport;

/** Imports that the caller's organisation started. */
@Path("/imports")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {

    @Inject
    Imports imports;

    @GET
    @Operation(summary = "List imports, newest first; filters: kind, state")
    @APIResponse(responseCode = "200", description = "One page of imports")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<ImportView> list(@Context UriInfo uri) {
        return imports.list(Lists.query(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An import and how far it is")
    @APIResponse(responseCode = "200", description = "The import")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such import of yours")
    public ImportView get(@PathParam("id") UUID id) {
        return imports.get(id);
    }

    @GET
    @Path("/{id}/errors")
    @Operation(summary = "The rows that were left out, by line; with Accept text/csv as a table")
    @APIResponse(responseCode = "200", description = "At most 10,000 rows")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such import of yours")
    public List<ImportError> errors(@PathParam("id") UUID id) {
        return imports.errors(id);
    }

    @GET
    @Path("/{id}/errors")
    @Produces(TableExport.CSV_IF_ASKED)
    @Operation(hidden = true)
    public Response errorsAsTable(@PathParam("id") UUID id) {
        return table(imports.errors(id)).csv();
    }

    static TableExport table(List<ImportError> errors) {
        return new TableExport(
                "errors",
                List.of("line", "key", "code", "message"),
                sink -> errors.forEach(
                        e -> sink.accept(List.of(Integer.toString(e.line()), e.key(), e.code(), e.message()))));
    }

    static Response accepted(ImportView started, UriInfo uri) {
        return Response.accepted(started)
                .location(uri.getBaseUriBuilder()
                        .path("imports")
                        .path(started.id().toString())
                        .build())
                .build();
    }
}
