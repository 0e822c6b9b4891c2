package org.yiqi.web.maintenance;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Attachment;
import org.yiqi.maintenance.AttachmentView;
import org.yiqi.maintenance.WorkOrders;

/** Photos and documents of a work order, from the first report on. */
@Path("/work-orders/{id}/attachments")
@Produces(MediaType.APPLICATION_JSON)
public class AttachmentsResource {

    @Inject
    WorkOrders orders;

    @GET
    @Operation(summary = "The order's photos and documents")
    @APIResponse(responseCode = "200", description = "All of them, oldest first")
    public List<AttachmentView> list(@PathParam("id") UUID id) {
        return orders.attachments(id);
    }

    @POST
    @Consumes({"image/jpeg", "image/png", "application/pdf"})
    @Operation(summary = "Add a JPEG or PNG photo or a PDF of at most 8 MB; the bytes decide what it is")
    @APIResponse(responseCode = "201", description = "Its id")
    public Response add(
            @PathParam("id") UUID id, @QueryParam("name") @Nullable String name, InputStream body, @Context UriInfo uri)
            throws IOException {
        byte[] content = body.readNBytes(Attachment.LARGEST + 1);
        UUID file = orders.attach(id, new Attachment(name == null ? "" : name, content));
        return Response.created(
                        uri.getAbsolutePathBuilder().path(file.toString()).build())
                .entity(Map.of("id", file))
                .build();
    }

    @GET
    @Path("/{attachmentId}")
    @Produces({"image/jpeg", "image/png", "application/pdf", MediaType.APPLICATION_JSON})
    @Operation(summary = "One photo or document")
    @APIResponse(responseCode = "200", description = "Its bytes")
    public Response get(@PathParam("id") UUID id, @PathParam("attachmentId") UUID attachmentId) {
        Attachment file = orders.attachment(id, attachmentId);
        return Response.ok(file.content(), file.mediaType())
                .header("Content-Disposition", "attachment; filename=\"" + attachmentId + "\"")
                .build();
    }
}
