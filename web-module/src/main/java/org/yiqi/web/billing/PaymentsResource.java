package org.yiqi.web.billing;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.billing.Invoices;
import org.yiqi.billing.PaymentView;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Payments that came in. */
@Path("/payments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PaymentsResource {

    @Inject
    Invoices invoices;

    @GET
    @Operation(summary = "Payments for invoices that you sent or received; filters: invoice, reference")
    @APIResponse(responseCode = "200", description = "One page of payments")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "422", description = "A bad filter, sort, limit or cursor")
    public Page<PaymentJson> list(@Context UriInfo uri) {
        Page<PaymentView> page = invoices.payments(Lists.query(uri));
        return new Page<>(page.items().stream().map(PaymentJson::of).toList(), page.next(), page.total());
    }

    @POST
    @Operation(
            summary = "Note a payment",
            description =
                    "A reference is posted once: the same payment again answers 200 with the first, and changes nothing.")
    @APIResponse(responseCode = "200", description = "This payment stood already")
    @APIResponse(responseCode = "201", description = "The payment, entered in both books")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "Needs FINANCE of the owner")
    @APIResponse(responseCode = "404", description = "billing.invoice-not-found")
    @APIResponse(responseCode = "409", description = "billing.payment-reference-used")
    @APIResponse(responseCode = "422", description = "billing.payment-amount: nothing, or more than is open")
    public Response receive(@NotNull @Valid NewPayment request, @Context UriInfo uri) {
        Invoices.Received received = invoices.receive(request.invoiceId, request.reference, request.amount.toMoney());
        PaymentJson payment = PaymentJson.of(received.payment());
        if (!received.isNew()) {
            return Response.ok(payment).build();
        }
        return Response.created(uri.getAbsolutePathBuilder()
                        .queryParam("reference", "{reference}")
                        .build(payment.reference()))
                .entity(payment)
                .build();
    }

    /** A payment to note; the reference is the bank's. */
    public record NewPayment(
            @NotNull UUID invoiceId,
            @NotBlank @Size(max = 120) String reference,
            @NotNull Amount amount) {}

    /** A payment. */
    public record PaymentJson(UUID id, UUID invoiceId, String reference, Amount amount, Instant receivedAt) {

        static PaymentJson of(PaymentView p) {
            return new PaymentJson(p.id(), p.invoiceId(), p.reference(), Amount.of(p.amount()), p.receivedAt());
        }
    }
}
