package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.DescribeModel;
import org.yiqi.equipment.Imports;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** The catalogue of models, common to all members. */
@Path("/models")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    @Inject
    Models models;

    @Inject
    Imports imports;

    @GET
    @Operation(
            summary = "List models",
            description = "Filters: category, deviceClass, manufacturer, issuer, deviceIdentifier, source, id."
                    + " Sorts: updatedAt, nameEn, nameZh, manufacturer, category.")
    @APIResponse(responseCode = "200", description = "One page of models")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<ModelView> list(@Context UriInfo uri) {
        return models.list(Lists.query(uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add a model to the catalogue")
    @APIResponse(responseCode = "201", description = "The model; its address is in Location")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs the role EQUIPMENT, SUPPLIER or PLATFORM_OPERATOR")
    @APIResponse(responseCode = "409", description = "A model with this device identifier exists")
    @APIResponse(responseCode = "422", description = "A field breaks a rule, such as the check digit")
    public Response add(@NotNull @Valid DescribeModel request, @Context UriInfo uri) {
        ModelView model = models.add(request);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(model.id().toString()).build())
                .tag(Long.toString(model.version()))
                .entity(model)
                .build();
    }

    @POST
    @Path("/import")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import models from GUDID's XML (or a zip of it) or a table, sent as the body",
            description = "Runs in the background and answers an import. A table's first row names the columns: nameZh,"
                    + " nameEn, manufacturer, modelNumber, catalogNumber, issuer, deviceIdentifier, category, deviceClass,"
                    + " registrationNumber, gmdnName, description. What is in the catalogue already stays unchanged.")
    @APIResponse(responseCode = "202", description = "The import; follow it at the address in Location")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs the role EQUIPMENT, SUPPLIER or PLATFORM_OPERATOR")
    @APIResponse(responseCode = "422", description = "The file is empty or too large")
    public Response importModels(
            InputStream body, @QueryParam("name") @DefaultValue("models") String name, @Context UriInfo uri) {
        return ImportsResource.accepted(imports.models(name, body), uri);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One model")
    @APIResponse(responseCode = "200", description = "The model; ETag is its version")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such model")
    public Response get(@PathParam("id") UUID id) {
        ModelView model = models.get(id);
        return Versions.tagged(model, model.version()).build();
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Describe a model anew; for who added it, or the platform")
    @APIResponse(responseCode = "200", description = "The model as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Someone else added it")
    @APIResponse(responseCode = "404", description = "No such model")
    @APIResponse(responseCode = "409", description = "Another model has this device identifier")
    @APIResponse(responseCode = "412", description = "Someone else changed it in the meantime")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid DescribeModel request) {
        ModelView model = models.change(id, Versions.seen(ifMatch), request);
        return Versions.tagged(model, model.version()).build();
    }
}
