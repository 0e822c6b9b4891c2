package org.yiqi.web.procurement;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.yiqi.procurement.ContractSigning;
import org.yiqi.procurement.Envelope;
import org.yiqi.procurement.EvaluationReports;
import org.yiqi.procurement.Evaluations;
import org.yiqi.procurement.TenderDocument;
import org.yiqi.procurement.TenderDocuments;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;

/**
 * Files of procurement for the browser, since the API takes no cookies: {@code /procurement-files/tender/<tender>/<document>},
 * {@code /procurement-files/contract/<contract>/<revision>}, {@code /procurement-files/evaluation/<tender>/<envelope>} and
 * {@code /procurement-files/report/<tender>/<zh or en>}.
 */
@WebServlet("/procurement-files/*")
public class ProcurementDownloads extends HttpServlet {

    private static final int PARTS = 4;
    private static final String PDF = "application/pdf";

    @Inject
    TenderDocuments documents;

    @Inject
    ContractSigning signing;

    @Inject
    Evaluations evaluations;

    @Inject
    EvaluationReports reports;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        try {
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("a kind, a thing and a file");
            }
            send(parts[1], UUID.fromString(parts[2]), parts[3], response);
        } catch (IllegalArgumentException | NotFound | Conflict | RuleViolation e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void send(String kind, UUID id, String name, HttpServletResponse response) throws IOException {
        switch (kind) {
            case "tender" -> {
                TenderDocument file = documents.get(id, UUID.fromString(name));
                send(response, documents.content(id, file.id()), file.mediaType(), file.name());
            }
            case "contract" ->
                send(response, signing.pdf(id, Integer.parseInt(name)), PDF, "contract-" + name + ".pdf");
            case "evaluation" -> {
                Envelope envelope = Envelope.valueOf(name);
                byte[] said = evaluations.document(id, envelope).getBytes(StandardCharsets.UTF_8);
                send(response, said, "application/json", "evaluation-" + id + "-" + envelope + ".json");
            }
            case "report" -> {
                String language = EvaluationReports.language(name);
                send(response, reports.report(id, language), PDF, "evaluation-" + id + "-" + language + ".pdf");
            }
            default -> throw new IllegalArgumentException("no such kind");
        }
    }

    private static void send(HttpServletResponse response, byte[] content, String type, String name)
            throws IOException {
        response.setContentType(type);
        response.setHeader("Content-Security-Policy", "default-src 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename*=UTF-8''"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }
}
