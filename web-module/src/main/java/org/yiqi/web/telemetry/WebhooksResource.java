package org.yiqi.web.telemetry;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.yiqi.shared.list.Page;
import org.yiqi.telemetry.DeliveryView;
import org.yiqi.telemetry.WebhookView;
import org.yiqi.telemetry.Webhooks;
import org.yiqi.web.api.Lists;

/** Where an organisation's own systems hear of alerts. */
@Path("/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    @Inject
    Webhooks webhooks;

    @GET
    @Operation(summary = "The own organisation's webhooks, with the outcome of the newest delivery")
    @APIResponse(responseCode = "200", description = "All webhooks, at most ten")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    public Page<WebhookView> list() {
        List<WebhookView> all = webhooks.list();
        return new Page<>(all, null, all.size());
    }

    @POST
    @Operation(
            summary = "Make a webhook; its secret is shown this once",
            description = "Deliveries are POSTs with Yiqi-Event, Yiqi-Timestamp and Yiqi-Signature:"
                    + " sha256=hex(HMAC-SHA256(secret, timestamp + '.' + body)).")
    @APIResponse(responseCode = "201", description = "The webhook with its secret")
    @APIResponse(responseCode = "400", description = "Not JSON, or an unknown field")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "422", description = "Not a web address, or too many webhooks")
    public Response create(@NotNull @Valid WebhookRequest request, @Context UriInfo uri) {
        WebhookView made = webhooks.create(request.url());
        return Response.created(
                        uri.getAbsolutePathBuilder().path(made.id().toString()).build())
                .entity(made)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove a webhook")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "403", description = "The caller's roles do not allow it")
    @APIResponse(responseCode = "404", description = "No such webhook")
    public void remove(@PathParam("id") UUID id) {
        webhooks.remove(id);
    }

    @POST
    @Path("/{id}/test")
    @Operation(
            summary = "Send a trial message to the webhook",
            description = "Its event is webhook.trial; it is signed and sent like any other.")
    @APIResponse(responseCode = "200", description = "The delivery, which goes out within a second")
    public DeliveryView tryOut(@PathParam("id") UUID id) {
        return webhooks.tryOut(id);
    }

    @GET
    @Path("/{id}/deliveries")
    @Operation(summary = "What was sent to the webhook; filter: state; sort: createdAt")
    @APIResponse(responseCode = "200", description = "One page of deliveries, the newest first")
    public Page<DeliveryView> deliveries(@PathParam("id") UUID id, @Context UriInfo uri) {
        return webhooks.deliveries(id, Lists.query(uri));
    }

    @POST
    @Path("/{id}/deliveries/{delivery}/retry")
    @Operation(summary = "Try at once what has not arrived")
    @APIResponse(responseCode = "200", description = "The delivery")
    public DeliveryView retry(@PathParam("id") UUID id, @PathParam("delivery") UUID delivery) {
        return webhooks.retry(id, delivery);
    }

    /** Where to send. */
    public record WebhookRequest(@NotBlank @Size(max = 500) String url) {}
}
