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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.billing.DepositView;
import org.yiqi.billing.Deposits;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.Page;
import org.yiqi.web.api.Lists;

/** Deposits that owners hold for rentals. */
@Path("/deposits")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DepositsResource {

    @Inject
    Deposits deposits;

    @GET
    @Operation(summary = "Deposits that you hold or left; filters: rental, owner, lessee")
    @APIResponse(responseCode = "200", description = "One page of deposits")
    public Page<DepositView> list(@Context UriInfo uri) {
        return deposits.list(Lists.query(uri));
    }

    @POST
    @Operation(
            summary = "Note the deposit of a rental that came in; entered in both books",
            description = "The same reference, rental and amount again answer 200 with the first, and change nothing.")
    @APIResponse(responseCode = "200", description = "This deposit stood already")
    @APIResponse(responseCode = "201", description = "The deposit")
    @APIResponse(responseCode = "403", description = "Needs FINANCE of the owner")
    @APIResponse(responseCode = "404", description = "rental.not-found")
    @APIResponse(
            responseCode = "409",
            description = "billing.deposit-held, billing.payment-reference-used, billing.wrong-state")
    @APIResponse(responseCode = "422", description = "billing.payment-amount, billing.payment-reference")
    public Response receive(@NotNull @Valid NewDeposit request, @Context UriInfo uri) {
        Deposits.Received received = deposits.receive(request.rentalId, request.reference, request.amount.toMoney());
        DepositView deposit = received.deposit();
        if (!received.isNew()) {
            return Response.ok(deposit).build();
        }
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(deposit.id().toString())
                        .build())
                .entity(deposit)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One deposit: what is held, captured and released")
    @APIResponse(responseCode = "200", description = "The deposit")
    public DepositView get(@PathParam("id") UUID id) {
        return deposits.get(id);
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Give back what no damage took")
    @APIResponse(responseCode = "200", description = "The deposit")
    @APIResponse(responseCode = "403", description = "Needs FINANCE of the owner")
    @APIResponse(responseCode = "409", description = "billing.deposit-needed, billing.deposit-gone")
    public DepositView release(@PathParam("id") UUID id) {
        return deposits.release(id);
    }

    /** A deposit to note; the reference is the bank's. */
    public record NewDeposit(
            @NotNull UUID rentalId,
            @NotBlank @Size(max = 120) String reference,
            @NotNull Amount amount) {}
}
