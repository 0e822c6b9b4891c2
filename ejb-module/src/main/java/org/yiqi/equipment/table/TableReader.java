package org.yiqi.equipment.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table whose first row names its columns. Chinese spreadsheet programs save CSV in GB 18030, so a file that is not
 * UTF-8 is read as that.
 */
public final class TableReader {

    private static final int SAMPLE = 1 << 20;
    private static final int MOST_COLUMNS = 100;
    private static final int LONGEST_CELL = 10_000;
    private static final long MOST_UNPACKED = 256L << 20;

    private final Consumer<TableRow> rows;
    private List<String> columns = List.of();

    public TableReader(Consumer<TableRow> rows) {
        this.rows = rows;
    }

    /** @throws UnreadableTable when it is neither CSV nor XLSX, or larger inside than any real table */
    public void read(Path file) throws IOException {
        if (isZip(file)) {
            readWorkbook(file);
        } else {
            readCsv(file);
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(2);
            return start.length == 2 && start[0] == 'P' && start[1] == 'K';
        }
    }

    private void readWorkbook(Path file) throws IOException {
        long unpacked = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                unpacked += Math.max(entry.getSize(), 0);
            }
        }
        if (unpacked > MOST_UNPACKED) {
            throw new UnreadableTable("The workbook unpacks to more than 256 MB.");
        }
        try (ReadableWorkbook book = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false));
                Stream<Row> all = book.getFirstSheet().openStream()) {
            all.forEach(row -> {
                List<String> cells = new ArrayList<>();
                row.stream().forEach(cell -> cells.add(text(cell)));
                row(row.getRowNum(), cells);
            });
        } catch (ExcelReaderException e) {
            throw new UnreadableTable("The workbook is damaged.", e);
        }
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        return switch (cell.getType()) {
            case NUMBER -> {
                boolean day = String.valueOf(cell.getDataFormatString())
                        .toLowerCase(Locale.ROOT)
                        .contains("yy");
                yield day
                        ? cell.asDate().toLocalDate().toString()
                        : cell.asNumber().toPlainString();
            }
            case EMPTY, ERROR -> "";
            default -> cell.getText();
        };
    }

    private void readCsv(Path file) throws IOException {
        try (Reader reader = new BufferedReader(Files.newBufferedReader(file, encoding(file)))) {
            CsvParser parser = new CsvParser(reader, LONGEST_CELL, MOST_COLUMNS);
            while (true) {
                int line = parser.line();
                List<String> cells = parser.next();
                if (cells.isEmpty()) {
                    return;
                }
                row(line, cells);
            }
        }
    }

    private static Charset encoding(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(SAMPLE);
            CoderResult read = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length + 1), start.length < SAMPLE);
            return read.isError() ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
        }
    }

    private void row(int line, List<String> cells) {
        if (cells.stream().allMatch(String::isBlank)) {
            return;
        }
        if (columns.isEmpty()) {
            columns = cells.stream()
                    .map(name -> TableRow.normal(name.replace("\uFEFF", "")))
                    .toList();
            return;
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
            named.put(columns.get(i), cells.get(i));
        }
        rows.accept(new TableRow(line, named));
    }
}
