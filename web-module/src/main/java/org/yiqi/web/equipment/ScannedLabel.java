package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.tenancy.Caller;

/** Where a label's QR code leads: to the unit's page for those who may see it, otherwise to the report of a fault. */
@WebServlet("/q/*")
public class ScannedLabel extends HttpServlet {

    @Inject
    Units units;

    @Inject
    Caller caller;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = String.valueOf(request.getPathInfo());
        String code = path.startsWith("/") ? path.substring(1) : path;
        Optional<UnitView> unit = caller.isSignedIn() ? units.byLabel(code) : Optional.empty();
        String target = unit.map(found -> "/equipment/unit?id=" + found.id())
                .orElse("/report?unit=" + URLEncoder.encode(code, StandardCharsets.UTF_8));
        response.sendRedirect(request.getContextPath() + target);
    }
}
