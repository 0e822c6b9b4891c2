package org.yiqi.web.procurement;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.OcdsPackages;
import org.yiqi.procurement.Releases;
import org.yiqi.shared.problem.RuleViolation;

/** Open data: everything published about procurement in the Open Contracting Data Standard 1.1.5, for anybody. */
@Path("/public/ocds")
@PermitAll
public class OcdsResource {

    private static final String JSON_LINES = "application/jsonl";
    private static final int RECORDS_OF_A_PAGE = 50;

    @Inject
    OcdsPackages packages;

    @Inject
    Releases releases;

    @GET
    @Path("/releases")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A release package: of one process (ocid), or a page of the feed (after, limit)",
            description =
                    "Follow links.next to its end. On the last page links.newer is where to ask later: 204 as long as there is nothing new.")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "A release package")
    @APIResponse(responseCode = "204", description = "Nothing was published after that position")
    @APIResponse(responseCode = "404", description = "procurement.process-not-found")
    @APIResponse(responseCode = "422", description = "shared.bad-limit")
    public Response releases(
            @QueryParam("ocid") @Nullable String ocid,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return ocid == null
                ? page(packages.feed(number("after", after, 0, Long.MAX_VALUE), limit(limit, Releases.MOST)))
                : page(Optional.of(packages.releasesOf(ocid)));
    }

    @GET
    @Path("/releases")
    @Produces(JSON_LINES + ";qs=0.5")
    @Operation(summary = "All releases, one a line, process by process")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "JSON Lines")
    @APIResponse(responseCode = "204", description = "Nothing was published after that position")
    @APIResponse(responseCode = "404", description = "procurement.process-not-found")
    @APIResponse(responseCode = "422", description = "shared.bad-limit")
    public Response releaseLines() {
        return lines("releases", out -> releases.each(release -> line(out, release.json())));
    }

    @GET
    @Path("/releases.jsonl")
    @Produces(JSON_LINES)
    @Operation(summary = "All releases, one a line, process by process")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "JSON Lines")
    public Response releaseFile() {
        return releaseLines();
    }

    @GET
    @Path("/records")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A record package: of one process (ocid), or processes by ocid (after, limit); follow links.next")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "A record package with releases, compiled and versioned release")
    @APIResponse(responseCode = "204", description = "No process comes after that one")
    @APIResponse(responseCode = "404", description = "procurement.process-not-found")
    @APIResponse(responseCode = "422", description = "shared.bad-limit")
    public Response records(
            @QueryParam("ocid") @Nullable String ocid,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        return ocid == null
                ? page(packages.records(after == null ? "" : after, limit(limit, RECORDS_OF_A_PAGE)))
                : page(Optional.of(packages.recordOf(ocid)));
    }

    @GET
    @Path("/records")
    @Produces(JSON_LINES + ";qs=0.5")
    @Operation(summary = "What holds in every process: compiled releases, one a line, as red-flag tools read them")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "JSON Lines")
    @APIResponse(responseCode = "204", description = "No process comes after that one")
    @APIResponse(responseCode = "404", description = "procurement.process-not-found")
    @APIResponse(responseCode = "422", description = "shared.bad-limit")
    public Response recordLines() {
        return lines("records", out -> packages.eachCompiled(release -> line(out, release.toString())));
    }

    @GET
    @Path("/records.jsonl")
    @Produces(JSON_LINES)
    @Operation(summary = "What holds in every process: compiled releases, one a line, as red-flag tools read them")
    @SecurityRequirements
    @APIResponse(responseCode = "200", description = "JSON Lines")
    public Response recordFile() {
        return recordLines();
    }

    private static Response page(Optional<JsonObject> content) {
        return content.map(json -> Response.ok((StreamingOutput) out -> {
                            try (var writer = Json.createWriter(out)) {
                                writer.writeObject(json);
                            }
                        })
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .header("Access-Control-Allow-Origin", "*"))
                .orElseGet(Response::noContent)
                .build();
    }

    private static Response lines(String name, StreamingOutput content) {
        return Response.ok(content)
                .type(JSON_LINES)
                .header("Content-Disposition", "attachment; filename=\"" + name + ".jsonl\"")
                .header("Access-Control-Allow-Origin", "*")
                .build();
    }

    private static void line(OutputStream out, String json) {
        try {
            out.write(json.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int limit(@Nullable String text, int most) {
        return (int) number("limit", text == null ? Integer.toString(Math.min(most, 100)) : text, 1, most);
    }

    private static long number(String name, @Nullable String text, long low, long high) {
        try {
            long number = text == null ? low : Long.parseLong(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new RuleViolation("shared.bad-limit", name + " is a number", e).at("/" + name, low + " to " + high);
        }
        throw new RuleViolation("shared.bad-limit", name + " is out of range").at("/" + name, low + " to " + high);
    }
}
