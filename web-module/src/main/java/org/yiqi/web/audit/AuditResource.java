package org.yiqi.web.audit;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.ledger.EvidenceVerdict;
import org.yiqi.ledger.EvidenceVerification;
import org.yiqi.shared.audit.AuditEntries;
import org.yiqi.shared.audit.AuditEntryView;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Who did what, and the proof that nobody rewrote it. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    @Inject
    AuditEntries entries;

    @Inject
    EvidenceVerification verification;

    @GET
    @Path("/entries")
    @Operation(summary = "List audit entries; filters: action, subject, person, organisation, from, to")
    @APIResponse(responseCode = "200", description = "One page of entries, the newest first")
    public Page<AuditEntryView> list(@Context UriInfo uri) {
        return entries.list(Lists.query(uri));
    }

    @GET
    @Path("/verification")
    @Operation(
            summary =
                    "Recompute the whole evidence log, audit entries and all, compare it with its anchors, and name the first row that is not as it was written")
    @APIResponse(responseCode = "200", description = "What was found; intact says whether all is well")
    public EvidenceVerdict verify() {
        return verification.verify();
    }
}
