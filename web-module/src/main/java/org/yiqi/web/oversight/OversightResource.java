package org.yiqi.web.oversight;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.Board;
import org.yiqi.oversight.BoardView;
import org.yiqi.oversight.CustodianView;
import org.yiqi.oversight.OpenData;
import org.yiqi.oversight.OpenPeriod;
import org.yiqi.oversight.Proofs;
import org.yiqi.oversight.TraceView;
import org.yiqi.oversight.Traces;
import org.yiqi.oversight.UnitMatch;
import org.yiqi.oversight.Verification;
import org.yiqi.shared.problem.RuleViolation;

/** Who answered for a unit, and proof of it. */
@Path("/oversight")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OversightResource {

    @Inject
    Traces traces;

    @Inject
    Proofs proofs;

    @Inject
    Board board;

    @Inject
    OpenData open;

    @Inject
    Clock clock;

    @GET
    @Path("/board")
    @Operation(summary = "How much wants looking at: figures of the regulator's board")
    @APIResponse(responseCode = "200", description = "The figures, as of now")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    public BoardView board() {
        return board.get();
    }

    @GET
    @Path("/report")
    @Produces({"application/pdf", MediaType.APPLICATION_JSON})
    @Operation(summary = "The report on supervision over the days from and to as a PDF, language=zh or en")
    @APIResponse(responseCode = "200", description = "The file")
    @APIResponse(responseCode = "403", description = "Needs the role REGULATOR")
    @APIResponse(responseCode = "422", description = "oversight.period-invalid")
    public Response report(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("language") @Nullable String language) {
        OpenPeriod period = OpenPeriod.read(from, to, clock);
        return Response.ok(open.report(period, "en".equals(language) ? "en" : "zh"), "application/pdf")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"supervision-" + period.first() + "-" + period.last() + ".pdf\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @GET
    @Path("/units")
    @Operation(summary = "Find a unit by serial number, UDI, label text, asset number or name")
    @APIResponse(responseCode = "200", description = "At most 20 units that you may see")
    public List<UnitMatch> find(@QueryParam("q") @Nullable String text) {
        return text == null ? List.of() : traces.find(text);
    }

    @GET
    @Path("/traces/{unitId}")
    @Operation(summary = "A unit's history on the ledger: who answered from when to when, and every act")
    @APIResponse(responseCode = "200", description = "The trace, newest first")
    @APIResponse(responseCode = "404", description = "No such unit, or it is not yours to see")
    public TraceView trace(@PathParam("unitId") UUID unitId) {
        return traces.trace(unitId);
    }

    @GET
    @Path("/custodian")
    @Operation(summary = "Who answered for a unit at an instant")
    @APIResponse(responseCode = "200", description = "The custodian, or none before registration and after the end")
    @APIResponse(responseCode = "404", description = "No such unit, or it is not yours to see")
    @APIResponse(responseCode = "422", description = "The unit or the instant is missing or unreadable")
    public CustodianView custodian(
            @Parameter(required = true) @QueryParam("unit") @Nullable UUID unit,
            @Parameter(required = true, description = "RFC 3339 instant, such as 2026-03-01T08:00:00Z")
                    @QueryParam("at")
                    @Nullable
                    String at) {
        if (unit == null) {
            throw new RuleViolation("oversight.unit-missing", "Name a unit").at("/unit", "an id");
        }
        return traces.custodian(unit, instant(at));
    }

    static Instant instant(@Nullable String at) {
        try {
            if (at != null) {
                return Instant.parse(at);
            }
        } catch (DateTimeParseException e) {
            throw new RuleViolation("oversight.bad-instant", "An instant is RFC 3339", e).at("/at", "RFC 3339");
        }
        throw new RuleViolation("oversight.bad-instant", "Name an instant").at("/at", "RFC 3339");
    }

    @GET
    @Path("/proofs/{subject}")
    @Produces("application/zip")
    @Operation(
            summary = "Proof of a subject's history, to be checked away from the platform with yiqi-tools.jar verify")
    @APIResponse(responseCode = "200", description = "A zip with bundle.json and instructions")
    @APIResponse(responseCode = "404", description = "Nothing is recorded, or it is not yours to see")
    @APIResponse(responseCode = "422", description = "Not a subject, or not a nonce")
    public Response bundle(
            @PathParam("subject") String subject,
            @Parameter(description = "On a channel: what the peers shall answer to, so that their answers are fresh")
                    @QueryParam("nonce")
                    @Nullable
                    String nonce) {
        String name = subject.replaceAll("[^0-9a-z-]", "-") + ".zip";
        return Response.ok(proofs.bundle(subject, nonce))
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    @POST
    @Path("/proofs/{subject}/verify")
    @Operation(summary = "Recompute a subject's history and compare it with the application's rows")
    @APIResponse(responseCode = "200", description = "What was compared; a row that differs is named")
    @APIResponse(responseCode = "404", description = "Nothing is recorded, or it is not yours to see")
    @APIResponse(responseCode = "422", description = "Not a subject")
    public Verification verify(@PathParam("subject") String subject) {
        return proofs.verify(subject);
    }

    @GET
    @Path("/heads")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "The operator's signed heads, one a line: keep them, so that no other history can be shown later")
    @APIResponse(responseCode = "200", description = "All signed heads")
    public Response heads() {
        return Response.ok(proofs.heads())
                .header("Content-Disposition", "attachment; filename=\"heads.jsonl\"")
                .build();
    }
}
