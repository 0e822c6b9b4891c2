package org.yiqi.web.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a list as CSV or XLSX row by row, however long it is. A cell that a spreadsheet program would take for a formula is
 * written as text.
 *
 * @param name the file's name without its ending
 * @param headers the columns' titles
 * @param rows gives each row's cells to the consumer, one after the other
 */
public record TableExport(String name, List<String> headers, Consumer<Consumer<List<String>>> rows) {

    public static final String CSV = "text/csv";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** For {@code @Produces}: who accepts anything gets JSON. */
    public static final String CSV_IF_ASKED = CSV + ";qs=0.2";

    public static final String XLSX_IF_ASKED = XLSX + ";qs=0.1";

    private static final int FLUSH_EVERY = 500;

    public Response csv() {
        return answer(this::writeCsv, CSV + ";charset=UTF-8", ".csv");
    }

    public Response xlsx() {
        return answer(this::writeXlsx, XLSX, ".xlsx");
    }

    /** UTF-8 with the byte order mark without which spreadsheet programs guess wrong. */
    public void writeCsv(OutputStream out) throws IOException {
        try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            writer.write('\uFEFF');
            line(writer, headers);
            rows.accept(row -> {
                try {
                    line(writer, row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    public void writeXlsx(OutputStream out) throws IOException {
        try (Workbook book = new Workbook(out, "Yiqi", "1.0")) {
            Worksheet sheet = book.newWorksheet(name);
            for (int i = 0; i < headers.size(); i++) {
                sheet.value(0, i, headers.get(i));
                sheet.style(0, i).bold().set();
            }
            sheet.freezePane(0, 1);
            int[] line = {0};
            rows.accept(row -> {
                line[0]++;
                for (int i = 0; i < row.size(); i++) {
                    // XLSX cells have a type: a text is never run as a formula.
                    sheet.value(line[0], i, row.get(i));
                }
                if (line[0] % FLUSH_EVERY == 0) {
                    try {
                        sheet.flush();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
    }

    private Response answer(StreamingOutput output, String type, String ending) {
        return Response.ok(output, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ending + "\"")
                .build();
    }

    private static void line(Writer writer, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            writer.write(i == 0 ? "" : ",");
            writer.write(cell(cells.get(i)));
        }
        writer.write("\r\n");
    }

    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted =
                safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0 || safe.indexOf('\n') >= 0 || safe.indexOf('\r') >= 0;
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
