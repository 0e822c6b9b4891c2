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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;

/**
 * Writes a list as CSV or XLSX row by row, however long it is. In a spreadsheet numbers, money and times are values that can be
 * added up and sorted, times in the platform's zone since its cells know none; in CSV money is a plain number and an instant is
 * written as ISO 8601 has it. A text that a spreadsheet program would take for a formula stays text.
 *
 * @param name the file's name without its ending
 * @param headers the columns' titles
 * @param rows gives each row's cells to the consumer, one after the other; a null is an empty cell
 */
public record TableExport(String name, List<String> headers, Consumer<Consumer<List<?>>> rows) {

    public static final String CSV = "text/csv";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** For {@code @Produces}: who accepts anything gets JSON. */
    public static final String CSV_IF_ASKED = CSV + ";qs=0.2";

    public static final String XLSX_IF_ASKED = XLSX + ";qs=0.1";

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
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
                    write(sheet, line[0], i, row.get(i));
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

    private static void write(Worksheet sheet, int line, int column, @Nullable Object value) {
        if (value instanceof Money money) {
            sheet.value(line, column, money.amount());
            sheet.style(line, column).format(format(money.currency())).set();
        } else if (value instanceof Number number) {
            sheet.value(line, column, number);
        } else if (value instanceof Instant at) {
            sheet.value(line, column, at.atZone(ZONE).toLocalDateTime());
            sheet.style(line, column).format("yyyy-mm-dd hh:mm").set();
        } else if (value instanceof LocalDate day) {
            sheet.value(line, column, day);
            sheet.style(line, column).format("yyyy-mm-dd").set();
        } else if (value != null) {
            // XLSX cells have a type: a text is never run as a formula.
            sheet.value(line, column, value.toString());
        }
    }

    private static String format(String currency) {
        return "[$" + (currency.equals("CNY") ? "¥" : currency + " ") + "]#,##0.00";
    }

    private static void line(Writer writer, List<?> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            writer.write(i == 0 ? "" : ",");
            writer.write(cell(cells.get(i)));
        }
        writer.write("\r\n");
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Money money) {
            return money.amount().toPlainString();
        }
        return value == null ? "" : value instanceof Number ? value.toString() : cell(value.toString());
    }

    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted =
                safe.indexOf(',') >= 0 || safe.indexOf('"') >= 0 || safe.indexOf('\n') >= 0 || safe.indexOf('\r') >= 0;
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
