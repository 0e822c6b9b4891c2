package org.yiqi.web.oversight;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.OpenAdverseEvents;
import org.yiqi.oversight.OpenCases;
import org.yiqi.oversight.OpenData;
import org.yiqi.oversight.OpenDecision;
import org.yiqi.oversight.OpenInspection;
import org.yiqi.oversight.OpenPeriod;
import org.yiqi.oversight.OpenRecall;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.api.TableExport;

/** Supervision as open data, for anybody: by days from and to, both counted; without them the twelve months until today. */
@Path("/public/oversight")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class OpenDataResource {

    @Inject
    OpenData data;

    @Inject
    Clock clock;

    @GET
    @Path("/recalls")
    @Operation(summary = "Recalls and how far they came, with from and to; recalls.csv is the same as a table")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "Recalls that were issued in the period, the newest first")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public List<OpenRecall> recalls(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return data.recalls(period(from, to));
    }

    @GET
    @Path("/decisions")
    @Operation(summary = "Decisions and sanctions, with from and to; decisions.csv is the same as a table")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "Decisions of the period, the newest first")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public List<OpenDecision> decisions(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return data.decisions(period(from, to));
    }

    @GET
    @Path("/adverse-events")
    @Operation(summary = "Adverse events by harm and class of device, and whether their clocks were kept")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "Figures of the period")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public List<OpenAdverseEvents> adverseEvents(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return data.adverseEvents(period(from, to));
    }

    @GET
    @Path("/inspections")
    @Operation(summary = "Inspections by sample, by class of risk, with the seed they were drawn by")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "Inspections that were drawn in the period, the newest first")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public List<OpenInspection> inspections(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return data.inspections(period(from, to));
    }

    @GET
    @Path("/cases")
    @Operation(summary = "How many cases were opened, by kind")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "Figures of the period")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public List<OpenCases> cases(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        return data.cases(period(from, to));
    }

    @GET
    @Path("/{what}.csv")
    @Produces(TableExport.CSV)
    @Operation(summary = "The same as a table: recalls, decisions, adverse-events, inspections or cases")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "The rows of the period")
    @APIResponse(responseCode = "404", description = "No such table")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public Response csv(
            @PathParam("what") String what,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return switch (what) {
            case "recalls" -> table(what, OpenRecall.class, recalls(from, to));
            case "decisions" -> table(what, OpenDecision.class, decisions(from, to));
            case "adverse-events" -> table(what, OpenAdverseEvents.class, adverseEvents(from, to));
            case "inspections" -> table(what, OpenInspection.class, inspections(from, to));
            case "cases" -> table(what, OpenCases.class, cases(from, to));
            default -> throw new NotFound("oversight.table-not-found", "No such table");
        };
    }

    /** The columns are the names of the JSON. */
    private static <T extends Record> Response table(String name, Class<T> type, List<T> rows) {
        RecordComponent[] columns = type.getRecordComponents();
        return new TableExport(
                        name,
                        Arrays.stream(columns).map(RecordComponent::getName).toList(),
                        sheet -> rows.forEach(row -> sheet.accept(Arrays.stream(columns)
                                .map(column -> cell(column, row))
                                .toList())))
                .csv();
    }

    private static Object cell(RecordComponent column, Record row) {
        try {
            Object value = column.getAccessor().invoke(row);
            return value == null ? "" : value;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private OpenPeriod period(@Nullable String from, @Nullable String to) {
        return OpenPeriod.read(from, to, clock);
    }
}
