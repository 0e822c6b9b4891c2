package org.yiqi.web.rental;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.yiqi.rental.DamagePhoto;
import org.yiqi.rental.Liabilities;
import org.yiqi.rental.LiabilityDossiers;
import org.yiqi.shared.problem.NotFound;

/**
 * Files of a case for the browser: {@code /liability-files/<case>/<photo>} and {@code /liability-files/<case>/dossier-zh.pdf}.
 * The API takes no cookies, so it cannot.
 */
@WebServlet("/liability-files/*")
public class LiabilityDownloads extends HttpServlet {

    @Inject
    Liabilities liabilities;

    @Inject
    LiabilityDossiers dossiers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        try {
            if (parts.length != 3) {
                throw new IllegalArgumentException("a case and a file");
            }
            UUID id = UUID.fromString(parts[1]);
            response.setHeader("Content-Security-Policy", "default-src 'none'");
            if (parts[2].equals("dossier-zh.pdf") || parts[2].equals("dossier-en.pdf")) {
                response.setContentType("application/pdf");
                response.setHeader("Content-Disposition", "attachment; filename=\"" + parts[2] + "\"");
                response.getOutputStream()
                        .write(dossiers.get(id, parts[2].substring(8, 10)).content());
            } else {
                DamagePhoto photo = liabilities.photo(id, UUID.fromString(parts[2]));
                response.setContentType(photo.mediaType());
                response.setHeader("Content-Disposition", "inline");
                response.getOutputStream().write(photo.content());
            }
        } catch (IllegalArgumentException | NotFound e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
