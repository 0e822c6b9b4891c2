package org.yiqi.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Money;

class TableExportTest {

    private static final TableExport TABLE = new TableExport(
            "rentals",
            List.of("number", "total", "dollars", "uses", "from", "due", "note", "nothing"),
            sink -> sink.accept(Arrays.asList(
                    "R-000017",
                    Money.cny("68160.00"),
                    Money.ofMinor(-1_250, "USD"),
                    212,
                    Instant.parse("2026-11-25T16:30:00Z"),
                    LocalDate.of(2026, 12, 1),
                    "=1+1",
                    null)));

    @Test
    void aSpreadsheetHoldsNumbersMoneyAndTimesAsValues() throws IOException {
        Row row = read();
        assertEquals("R-000017", row.getCell(0).getText());
        assertEquals(new BigDecimal("68160"), number(row.getCell(1)).setScale(0));
        assertEquals("[$¥]#,##0.00", row.getCell(1).getDataFormatString());
        assertEquals(new BigDecimal("-12.5"), number(row.getCell(2)).stripTrailingZeros());
        assertEquals("[$USD ]#,##0.00", row.getCell(2).getDataFormatString());
        assertEquals(new BigDecimal("212"), number(row.getCell(3)));
        assertEquals(LocalDateTime.of(2026, 11, 26, 0, 30), row.getCell(4).asDate());
        assertEquals("yyyy-mm-dd hh:mm", row.getCell(4).getDataFormatString());
        assertEquals(LocalDateTime.of(2026, 12, 1, 0, 0), row.getCell(5).asDate());
        assertEquals("yyyy-mm-dd", row.getCell(5).getDataFormatString());
    }

    @Test
    void aTextThatLooksLikeAFormulaStaysText() throws IOException {
        Cell cell = read().getCell(6);
        assertEquals(CellType.STRING, cell.getType());
        assertEquals("=1+1", cell.getText());
        assertEquals(7, read().getCellCount());
    }

    @Test
    void inCsvMoneyIsAPlainNumberAndAnInstantIsIso() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TABLE.writeCsv(out);
        String csv = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                csv.endsWith("R-000017,68160.00,-12.50,212,2026-11-25T16:30:00Z,2026-12-01,'=1+1,\r\n"),
                () -> "written: " + csv);
    }

    private static BigDecimal number(Cell cell) {
        assertEquals(CellType.NUMBER, cell.getType());
        return cell.asNumber();
    }

    private static Row read() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TABLE.writeXlsx(out);
        // With formats, so that the test sees what a reader would.
        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()), new ReadingOptions(true, false))) {
            return book.getFirstSheet().read().get(1);
        }
    }
}
