package org.yiqi.web.equipment;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.DocumentView;
import org.yiqi.equipment.Documents;
import org.yiqi.equipment.Imports;
import org.yiqi.equipment.LabelSheet;
import org.yiqi.equipment.Labels;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.api.TableExport;
import org.yiqi.web.shell.QrCode;

/** Files for people who are signed in to the pages: exports, labels, documents, errors of an import. */
@WebServlet("/equipment/download/*")
public class EquipmentDownloads extends HttpServlet {

    private static final int LABELS_AT_ONCE = 200;

    @Inject
    Units units;

    @Inject
    Labels labels;

    @Inject
    Documents documents;

    @Inject
    Imports imports;

    @Inject
    Caller caller;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (IllegalArgumentException e) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (RuntimeException e) {
            BusinessException refusal = DatabaseRefusals.in(e);
            if (refusal == null) {
                throw e;
            }
            response.sendError(
                    refusal instanceof NotFound ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/units.xlsx" -> {
                attach(response, TableExport.XLSX, "units.xlsx");
                UnitColumns.export(units, query(request, ListQuery.MAX_LIMIT)).writeXlsx(response.getOutputStream());
            }
            case "/units.csv" -> {
                attach(response, TableExport.CSV + ";charset=UTF-8", "units.csv");
                UnitColumns.export(units, query(request, ListQuery.MAX_LIMIT)).writeCsv(response.getOutputStream());
            }
            case "/labels.pdf" -> {
                List<UUID> ids = units.list(query(request, LABELS_AT_ONCE)).items().stream()
                        .map(UnitRow::id)
                        .toList();
                pdf(response, labels.pdf(ids, LabelSheet.A4_24));
            }
            case "/label.pdf" -> pdf(response, labels.pdf(List.of(id(request, "unit")), sheet(request)));
            case "/qr.svg" -> qr(request, response);
            case "/document" -> document(request, response);
            case "/import-errors.csv" -> {
                UUID id = id(request, "import");
                attach(response, TableExport.CSV + ";charset=UTF-8", "import-errors.csv");
                ImportsResource.table(imports.errors(id)).writeCsv(response.getOutputStream());
            }
            case "/units-template.csv" -> {
                attach(response, TableExport.CSV + ";charset=UTF-8", "units-template.csv");
                template().writeCsv(response.getOutputStream());
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private ListQuery query(HttpServletRequest request, int limit) {
        return new UnitFilter(
                        request.getParameter("q"),
                        request.getParameter("status"),
                        request.getParameter("category"),
                        request.getParameter("condition"),
                        request.getParameter("department"),
                        request.getParameter("model"),
                        request.getParameter("whose"))
                .query(caller.orgId(), 0, limit, List.of());
    }

    private void qr(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var matrix = labels.qr(labels.address(units.get(id(request, "unit"))));
        response.setContentType("image/svg+xml");
        response.getWriter().write(QrCode.svg(matrix));
    }

    private void document(HttpServletRequest request, HttpServletResponse response) throws IOException {
        UUID unit = id(request, "unit");
        UUID id = id(request, "id");
        DocumentView document = documents.get(unit, id);
        response.setContentType(document.mediaType());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader(
                "Content-Disposition",
                (document.picture() ? "inline" : "attachment") + "; filename*=UTF-8''"
                        + URLEncoder.encode(document.name(), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
        response.setContentLengthLong(document.size());
        Files.copy(documents.content(unit, id), response.getOutputStream());
    }

    private static TableExport template() {
        List<String> names = Arrays.asList(
                "assetTag",
                "deviceIdentifier",
                "udi",
                "serial",
                "lot",
                "manufacturedOn",
                "expiresOn",
                "department",
                "regionCode",
                "site",
                "condition",
                "criticality",
                "acquiredOn",
                "acquisitionCost",
                "warrantyUntil",
                "endOfSupportOn");
        return new TableExport("units", names, sink -> {});
    }

    private static LabelSheet sheet(HttpServletRequest request) {
        String name = request.getParameter("sheet");
        return name == null ? LabelSheet.ROLL_62 : LabelSheet.valueOf(name);
    }

    private static UUID id(HttpServletRequest request, String parameter) {
        @Nullable String text = request.getParameter(parameter);
        return UUID.fromString(String.valueOf(text));
    }

    private static void attach(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static void pdf(HttpServletResponse response, byte[] content) throws IOException {
        response.setContentType("application/pdf");
        response.setHeader("Content-Disposition", "inline; filename=\"labels.pdf\"");
        response.getOutputStream().write(content);
    }
}
