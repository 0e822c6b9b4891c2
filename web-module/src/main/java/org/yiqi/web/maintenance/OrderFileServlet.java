package org.yiqi.web.maintenance;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.yiqi.maintenance.Attachment;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.shared.problem.NotFound;

/** A file of a work order for the browser: {@code /maintenance-files/<order>/<file>}. The API takes no cookies, so it cannot. */
@WebServlet("/maintenance-files/*")
public class OrderFileServlet extends HttpServlet {

    @Inject
    WorkOrders orders;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String[] ids = path == null ? new String[0] : path.split("/", -1);
        try {
            if (ids.length != 3) {
                throw new IllegalArgumentException("an order and a file");
            }
            Attachment file = orders.attachment(UUID.fromString(ids[1]), UUID.fromString(ids[2]));
            response.setContentType(file.mediaType());
            // Pictures open in the browser; what can hold scripts is only ever saved.
            String how = file.mediaType().startsWith("image/") ? "inline" : "attachment";
            response.setHeader("Content-Disposition", how + "; filename=\"" + ids[2] + "\"");
            response.setHeader("Content-Security-Policy", "default-src 'none'");
            response.getOutputStream().write(file.content());
        } catch (IllegalArgumentException | NotFound e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
