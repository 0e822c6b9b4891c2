package org.yiqi.web.billing;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import org.yiqi.billing.InvoiceView;
import org.yiqi.billing.Invoices;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Invoices of agreed statements and of damage. */
@Path("/invoices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class InvoicesResource {

    @Inject
    Invoices invoices;

    @GET
    @Operation(summary = "Invoices that you sent or received; filters: state, statement, liability, owner, lessee")
    @APIResponse(responseCode = "200", description = "One page of invoices")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<InvoiceJson> list(@Context UriInfo uri) {
        Page<InvoiceView> page = invoices.list(Lists.query(uri));
        return new Page<>(page.items().stream().map(InvoiceJson::of).toList(), page.next(), page.total());
    }

    @POST
    @Operation(summary = "Invoice a statement; entered in both books")
    @APIResponse(responseCode = "201", description = "The invoice")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs FINANCE of the owner")
    @APIResponse(responseCode = "404", description = "billing.statement-not-found")
    @APIResponse(responseCode = "409", description = "billing.wrong-state: not agreed yet, or invoiced already")
    @APIResponse(responseCode = "422", description = "A field breaks a rule")
    public Response issue(@NotNull @Valid NewInvoice request, @Context UriInfo uri) {
        InvoiceJson invoice = InvoiceJson.of(invoices.issue(request.statementId));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(invoice.id().toString())
                        .build())
                .entity(invoice)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One invoice")
    @APIResponse(responseCode = "200", description = "The invoice")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "billing.invoice-not-found")
    public InvoiceJson get(@PathParam("id") UUID id) {
        return InvoiceJson.of(invoices.get(id));
    }

    /** The statement to invoice. */
    public record NewInvoice(@NotNull UUID statementId) {}
}
