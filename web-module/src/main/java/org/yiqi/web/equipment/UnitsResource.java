package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ChangeUnit;
import org.yiqi.equipment.HistoryEntry;
import org.yiqi.equipment.ImportView;
import org.yiqi.equipment.Imports;
import org.yiqi.equipment.LabelSheet;
import org.yiqi.equipment.Labels;
import org.yiqi.equipment.RegisterUnit;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.TableExport;
import org.yiqi.web.api.Versions;

/** Units: those that the caller's organisation owns, holds or maintains, or has been shown. */
@Path("/units")
@Tag(name = "equipment")
@Produces(MediaType.APPLICATION_JSON)
public class UnitsResource {

    @Inject
    Units units;

    @Inject
    Labels labels;

    @Inject
    Imports imports;

    @GET
    @Operation(
            summary = "List units",
            description =
                    "Filters: status, category, owner, custodian, maintainer, region, model, condition, criticality,"
                            + " department, serial, assetTag, deviceIdentifier, id. Sorts: assetTag, nameZh, nameEn, category, status,"
                            + " serial, region, department, condition, updatedAt, createdAt. With Accept text/csv or XLSX all that"
                            + " match are exported.")
    @APIResponse(responseCode = "200", description = "One page of units, or the export")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<UnitRow> list(@Context UriInfo uri) {
        return units.list(Lists.query(uri));
    }

    @GET
    @Produces(TableExport.CSV_IF_ASKED)
    @Operation(hidden = true)
    public Response csv(@Context UriInfo uri) {
        return UnitColumns.export(units, Lists.query(uri)).csv();
    }

    @GET
    @Produces(TableExport.XLSX_IF_ASKED)
    @Operation(hidden = true)
    public Response xlsx(@Context UriInfo uri) {
        return UnitColumns.export(units, Lists.query(uri)).xlsx();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Register a unit that your organisation owns; an act on the ledger says so")
    @APIResponse(responseCode = "201", description = "The unit; its address is in Location")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs the roles EQUIPMENT and SIGNATORY")
    @APIResponse(responseCode = "404", description = "No such model")
    @APIResponse(responseCode = "409", description = "The serial number or asset tag is taken")
    @APIResponse(responseCode = "422", description = "A field breaks a rule, such as the identifier's check digit")
    public Response register(@NotNull @Valid RegisterUnit request, @Context UriInfo uri) {
        UnitView unit = units.register(request);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(unit.id().toString()).build())
                .tag(Long.toString(unit.version()))
                .entity(unit)
                .build();
    }

    @POST
    @Path("/import")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Import units from a table, CSV or XLSX, sent as the body",
            description = "The first row names the columns: assetTag, deviceIdentifier or udi or modelId, serial, lot,"
                    + " manufacturedOn, expiresOn, department, regionCode, site, latitude, longitude, condition, criticality,"
                    + " acquiredOn, acquisitionCost, warrantyUntil, endOfSupportOn, firmware, accessories, inService; Chinese"
                    + " names are read too. Runs in the background.")
    @APIResponse(responseCode = "202", description = "The import; follow it at the address in Location")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs the role EQUIPMENT")
    @APIResponse(responseCode = "422", description = "The file is empty or too large")
    public Response importUnits(
            InputStream body, @QueryParam("name") @DefaultValue("units") String name, @Context UriInfo uri) {
        ImportView started = imports.units(name, body);
        return ImportsResource.accepted(started, uri);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One unit")
    @APIResponse(responseCode = "200", description = "The unit; ETag is its version")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    public Response get(@PathParam("id") UUID id) {
        UnitView unit = units.get(id);
        return Versions.tagged(unit, unit.version()).build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(summary = "Correct a unit; what is absent stays")
    @APIResponse(responseCode = "200", description = "The unit as it is now")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Only the owner changes this, or the role EQUIPMENT is missing")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "409", description = "The serial number or asset tag is taken, or the unit is disposed")
    @APIResponse(responseCode = "412", description = "Someone else changed it in the meantime")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public Response change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ChangeUnit request) {
        UnitView unit = units.change(id, Versions.seen(ifMatch), request);
        return Versions.tagged(unit, unit.version()).build();
    }

    @POST
    @Path("/{id}/registration")
    @Operation(summary = "Ask again for the signature that brings a unit onto the ledger, after its time ran out")
    @APIResponse(responseCode = "200", description = "The unit; an act waits for your organisation's signature")
    @APIResponse(responseCode = "403", description = "Only the owner does this")
    @APIResponse(responseCode = "404", description = "No such unit")
    @APIResponse(responseCode = "409", description = "It is on the ledger already, or an act still waits")
    public UnitView registerAgain(@PathParam("id") UUID id) {
        return units.registerAgain(id);
    }

    @GET
    @Path("/{id}/history")
    @Operation(summary = "What happened to a unit, newest first")
    @APIResponse(responseCode = "200", description = "At most 500 entries")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    public List<HistoryEntry> history(@PathParam("id") UUID id) {
        return units.history(id);
    }

    @GET
    @Path("/{id}/label")
    @Produces("application/pdf")
    @Operation(summary = "The unit's label with its QR code, as PDF; sheet is A4_24 or ROLL_62")
    @APIResponse(responseCode = "200", description = "The PDF")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such unit for you")
    @APIResponse(responseCode = "422", description = "No such sheet")
    public Response label(@PathParam("id") UUID id, @QueryParam("sheet") @DefaultValue("ROLL_62") String sheet) {
        return Response.ok(labels.pdf(List.of(id), sheet(sheet)), "application/pdf")
                .header("Content-Disposition", "inline; filename=\"label.pdf\"")
                .build();
    }

    private static LabelSheet sheet(String name) {
        try {
            return LabelSheet.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new RuleViolation("equipment.no-such-sheet", "The sheet is A4_24 or ROLL_62", e)
                    .at("/sheet", "A4_24 or ROLL_62");
        }
    }
}
