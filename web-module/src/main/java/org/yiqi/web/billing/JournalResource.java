package org.yiqi.web.billing;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.billing.Account;
import org.yiqi.billing.EntryView;
import org.yiqi.billing.Journal;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** The books. */
@Path("/journal")
@Produces(MediaType.APPLICATION_JSON)
public class JournalResource {

    @Inject
    Journal journal;

    @GET
    @Operation(summary = "Entries of your organisation's book; filters: reason, source, counterparty, book")
    @APIResponse(responseCode = "200", description = "One page of entries; the debits of each equal its credits")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(
            responseCode = "403",
            description = "Needs FINANCE, EQUIPMENT, PLATFORM_OPERATOR, REGULATOR or AUDITOR")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<EntryJson> list(@Context UriInfo uri) {
        Page<EntryView> page = journal.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(EntryJson::of).toList(), page.next(), page.total());
    }

    /** An entry. */
    public record EntryJson(
            UUID id,
            UUID bookOrg,
            UUID counterparty,
            Instant at,
            String reason,
            UUID sourceId,
            List<PostingJson> postings) {

        static EntryJson of(EntryView e) {
            return new EntryJson(
                    e.id(),
                    e.bookOrg(),
                    e.counterparty(),
                    e.at(),
                    e.reason(),
                    e.sourceId(),
                    e.postings().stream()
                            .map(p -> new PostingJson(p.account(), Amount.of(p.debit()), Amount.of(p.credit())))
                            .toList());
        }
    }

    /** One side of an entry. */
    public record PostingJson(Account account, Amount debit, Amount credit) {}
}
