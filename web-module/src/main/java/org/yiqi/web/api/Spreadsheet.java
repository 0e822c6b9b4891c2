package org.yiqi.web.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a list as CSV that a spreadsheet opens as it is: UTF-8 with its mark, and no cell that would be run as a formula. */
public final class Spreadsheet {

    private final Writer out;

    private Spreadsheet(Writer out) {
        this.out = out;
    }

    /** @param rows writes each row by {@link #row} */
    public static void write(OutputStream stream, List<String> header, Consumer<Spreadsheet> rows) throws IOException {
        Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        Spreadsheet sheet = new Spreadsheet(writer);
        sheet.row(header.toArray());
        rows.accept(sheet);
        writer.flush();
    }

    public void row(@Nullable Object... cells) {
        try {
            for (int i = 0; i < cells.length; i++) {
                out.write(i == 0 ? "" : ",");
                out.write(cell(cells[i] == null ? "" : String.valueOf(cells[i])));
            }
            out.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
