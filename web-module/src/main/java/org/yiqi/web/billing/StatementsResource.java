package org.yiqi.web.billing;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.billing.StatementRow;
import org.yiqi.billing.StatementView;
import org.yiqi.billing.Statements;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;
import org.yiqi.web.api.Versions;

/** What rentals cost. */
@Path("/statements")
@Produces(MediaType.APPLICATION_JSON)
public class StatementsResource {

    @Inject
    Statements statements;

    @GET
    @Operation(summary = "Statements of your rentals; filters: state, rental, owner, lessee")
    @APIResponse(responseCode = "200", description = "One page of statements")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<StatementJson.Row> list(@Context UriInfo uri) {
        Page<StatementRow> page = statements.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(StatementJson.Row::of).toList(), page.next(), page.total());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One statement, line by line, computed again to see whether it reproduces")
    @APIResponse(responseCode = "200", description = "The statement, with its ETag")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "billing.statement-not-found")
    public Response get(@PathParam("id") UUID id) {
        StatementView statement = statements.get(id);
        return Versions.tagged(StatementJson.of(statement), statement.version()).build();
    }
}
