package org.yiqi.web.ledger;

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.ConsistencyView;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.InclusionView;
import org.yiqi.ledger.LeafView;
import org.yiqi.ledger.LogCheck;
import org.yiqi.ledger.RootView;
import org.yiqi.shared.evidence.EvidenceOf;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.api.Lists;

/** The evidence log: a Merkle log (RFC 6962) of documents, audit entries, statements and telemetry, anchored on the ledger. */
@Path("/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EvidenceResource {

    @Inject
    EvidenceLog log;

    @GET
    @Operation(
            summary = "The leaves about a thing, with salt and content",
            description =
                    "of is document:<id>, credential-file:<id>, attachment:<id>, statement:<id>, audit:<number> or telemetry:<unit>/<hour, RFC 3339>. A leaf's hash is SHA-256 of 0x00, the salt and the content.")
    @APIResponse(
            responseCode = "200",
            description = "The leaves, oldest first; one without a number waits for its place")
    @APIResponse(responseCode = "404", description = "Nothing, or not yours to see")
    @APIResponse(responseCode = "422", description = "of is missing or names nothing that can be in the log")
    public List<LeafView> of(@Parameter(required = true) @QueryParam("of") @Nullable String of) {
        return log.of(EvidenceOf.parse(of == null ? "" : of));
    }

    @GET
    @Path("/roots")
    @Operation(summary = "Roots that were anchored on the ledger; filters: from, to (when)")
    @APIResponse(responseCode = "200", description = "One page of roots, the newest first")
    public Page<RootView> roots(@Context UriInfo uri) {
        return log.roots(Lists.query(uri));
    }

    @GET
    @Path("/check")
    @Operation(summary = "Recompute the newest roots and compare them with each other and with the ledger")
    @APIResponse(responseCode = "200", description = "What was compared; holds says whether all is well")
    public LogCheck check() {
        return log.check();
    }

    @GET
    @Path("/consistency")
    @Operation(summary = "Show that the log of one size begins with the log of an earlier one (RFC 6962, 2.1.2)")
    @APIResponse(responseCode = "200", description = "Both roots and the path between them")
    @APIResponse(responseCode = "422", description = "Not two sizes that the log has had, the earlier one first")
    public ConsistencyView consistency(
            @Parameter(required = true) @QueryParam("from") @Nullable String from,
            @Parameter(required = true) @QueryParam("to") @Nullable String to) {
        return log.consistency(size(from, "/from"), size(to, "/to"));
    }

    @GET
    @Path("/{leaf}")
    @Operation(summary = "One leaf, with salt and content")
    @APIResponse(responseCode = "200", description = "The leaf")
    @APIResponse(responseCode = "404", description = "No such leaf, or what it is about is not yours to see")
    public LeafView leaf(@PathParam("leaf") long leaf) {
        return log.get(leaf);
    }

    @GET
    @Path("/{leaf}/inclusion")
    @Operation(
            summary = "Show that a leaf is in the log (RFC 6962, 2.1.1)",
            description = "Without size, in the first anchored log that has the leaf.")
    @APIResponse(responseCode = "200", description = "The root and the path to it")
    @APIResponse(responseCode = "404", description = "No such leaf, or what it is about is not yours to see")
    @APIResponse(responseCode = "422", description = "Not a size of the log that has the leaf")
    public InclusionView inclusion(@PathParam("leaf") long leaf, @QueryParam("size") @Nullable String size) {
        return log.inclusion(leaf, size == null ? null : size(size, "/size"));
    }

    @POST
    @Path("/{leaf}/erase")
    @Operation(
            summary = "Destroy what a leaf was made of, and the thing itself",
            description =
                    "For an administrator of the organisation that gave it. The leaf stays, and every other proof holds.")
    @APIResponse(responseCode = "200", description = "The leaf without salt and content")
    @APIResponse(responseCode = "403", description = "Another organisation gave it")
    @APIResponse(responseCode = "404", description = "No such leaf, or what it is about is not yours to see")
    @APIResponse(responseCode = "409", description = "Erased already")
    @APIResponse(responseCode = "422", description = "No reason, or of a kind that the law wants kept")
    public LeafView erase(@PathParam("leaf") long leaf, @NotNull @Valid Reason request) {
        return log.erase(leaf, request.reason());
    }

    private static long size(@Nullable String text, String field) {
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new RuleViolation("ledger.bad-log-size", "A size is a whole number").at(field, "a whole number");
        }
        return Long.parseLong(text);
    }

    /** Why something is erased. */
    public record Reason(@NotBlank @Size(max = 500) String reason) {}
}
