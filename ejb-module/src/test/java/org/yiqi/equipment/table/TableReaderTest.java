package org.yiqi.equipment.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {

    @TempDir
    Path folder;

    private List<TableRow> read(byte[] content) throws IOException {
        List<TableRow> rows = new ArrayList<>();
        new TableReader(rows::add).read(Files.write(folder.resolve("table"), content));
        return rows;
    }

    private List<TableRow> read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cellsAreFoundByTheNamesOfTheirColumnsWhateverTheirCase() throws IOException {
        List<TableRow> rows = read("\uFEFFAsset Tag,serial_no,资产编号\r\nA-1, S1 ,甲\r\n\r\nA-2,,乙\r\n");
        assertEquals(2, rows.size());
        assertEquals("A-1", rows.get(0).text("assetTag"));
        assertEquals("S1", rows.get(0).text("serialNo"));
        assertEquals("甲", rows.get(0).text("nothing", "资产编号"));
        assertNull(rows.get(1).text("serialNo"));
        assertEquals(2, rows.get(0).line());
        assertEquals(4, rows.get(1).line());
    }

    @Test
    void quotesHoldSeparatorsLineEndsAndQuotes() throws IOException {
        List<TableRow> rows = read("a,b\n\"x,\"\"y\"\"\n z\",2\n3,4\n");
        assertEquals("x,\"y\"\n z", rows.get(0).text("a"));
        assertEquals("2", rows.get(0).text("b"));
        assertEquals(4, rows.get(1).line());
    }

    @Test
    void semicolonsAndTabsSeparateToo() throws IOException {
        assertEquals("2", read("a;b\n1;2\n").get(0).text("b"));
        assertEquals("2", read("a\tb\n1\t2\n").get(0).text("b"));
    }

    @Test
    void whatAChineseSpreadsheetProgramSavesIsRead() throws IOException {
        List<TableRow> rows = read("名称\n磁共振\n".getBytes(Charset.forName("GB18030")));
        assertEquals("磁共振", rows.get(0).text("名称"));
    }

    @Test
    void aWorkbookIsReadLikeATable() throws IOException {
        Path file = folder.resolve("units.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = book.newWorksheet("units");
            sheet.value(0, 0, "assetTag");
            sheet.value(0, 1, "acquiredOn");
            sheet.value(0, 2, "acquisitionCost");
            sheet.value(1, 0, "A-1");
            sheet.value(1, 1, LocalDate.of(2024, 3, 31));
            sheet.style(1, 1).format("yyyy-MM-dd").set();
            sheet.value(1, 2, 1234567.5);
        }
        List<TableRow> rows = read(Files.readAllBytes(file));
        assertEquals("A-1", rows.get(0).text("assetTag"));
        assertEquals(LocalDate.of(2024, 3, 31), rows.get(0).day("acquiredOn"));
        assertEquals(1234567.5, rows.get(0).number("acquisitionCost"));
    }

    @Test
    void daysAreReadAsPeopleWriteThem() throws IOException {
        List<TableRow> rows = read("d\n2026-03-31\n2026/3/31\n2026年3月31日\n31.3.2026\nsoon\n");
        for (int i = 0; i < 3; i++) {
            assertEquals(LocalDate.of(2026, 3, 31), rows.get(i).day("d"));
        }
        assertThrows(IllegalArgumentException.class, () -> rows.get(3).day("d"));
        assertThrows(IllegalArgumentException.class, () -> rows.get(4).day("d"));
    }

    @Test
    void aFileThatIsNoTableIsRefused() {
        assertThrows(UnreadableTable.class, () -> read("a,b\n\"open,1\n"));
        assertThrows(UnreadableTable.class, () -> read("a\n" + "x".repeat(10_001) + "\n"));
        assertThrows(UnreadableTable.class, () -> read("a,b\n" + ",".repeat(200) + "\n"));
    }
}
