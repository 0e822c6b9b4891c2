package org.yiqi.shared.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A report on A4 in Chinese or English: a title, headings, paragraphs and ruled tables, written from top to bottom. */
public final class PdfReport {

    private static final float MARGIN = 48;
    private static final float PADDING = 4;
    private static final float BEFORE_TABLE = 6;
    private static final float BEFORE_HEADING = 14;
    private static final Color LINE = new Color(0xD0, 0xD5, 0xDD);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Document pdf = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
    private final Font title;
    private final Font head;
    private final Font plain;
    private final Font small;

    /** @param notice in small letters below the title */
    public PdfReport(String heading, String notice) {
        try {
            // Names are Chinese in either language; every reader has a face for these glyphs.
            BaseFont face = BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED);
            title = new Font(face, 17, Font.BOLD);
            head = new Font(face, 12, Font.BOLD);
            plain = new Font(face, 9.5f);
            small = new Font(face, 7.5f, Font.NORMAL, Color.DARK_GRAY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PdfWriter.getInstance(pdf, out);
        pdf.addTitle(heading);
        pdf.addCreator("Yiqi");
        pdf.open();
        pdf.add(new Paragraph(heading, title));
        pdf.add(new Paragraph(notice, small));
    }

    /** Begins a section. */
    public void heading(String text) {
        Paragraph heading = new Paragraph(text, head);
        heading.setSpacingBefore(BEFORE_HEADING);
        pdf.add(heading);
    }

    public void paragraph(String text) {
        pdf.add(new Paragraph(text, plain));
    }

    /** A line in small letters, such as one of a history. */
    public void line(String text) {
        pdf.add(new Paragraph(text, small));
    }

    /** A table whose columns have these widths to each other; {@link Table#end} puts it into the report. */
    public Table table(int... widths) {
        PdfPTable table = new PdfPTable(widths.length);
        table.setWidthPercentage(100);
        table.setSpacingBefore(BEFORE_TABLE);
        table.setWidths(widths);
        return new Table(table);
    }

    /** The file; nothing can be added afterwards. */
    public byte[] bytes() {
        pdf.close();
        return out.toByteArray();
    }

    /** Cells from left to right, row by row. */
    public final class Table {

        private final PdfPTable table;

        private Table(PdfPTable table) {
            this.table = table;
        }

        public Table header(String... texts) {
            for (String text : texts) {
                framed(new PdfPCell(new Phrase(text, small)));
            }
            table.setHeaderRows(1);
            return this;
        }

        public Table cell(String text) {
            framed(new PdfPCell(new Phrase(text, plain)));
            return this;
        }

        /** One cell with lines below each other, the last of them in small letters. */
        public Table cell(List<String> lines, String last) {
            PdfPCell cell = new PdfPCell();
            lines.forEach(each -> cell.addElement(new Paragraph(each, plain)));
            cell.addElement(new Paragraph(last, small));
            framed(cell);
            return this;
        }

        /** A name and what it has, for tables of two columns. */
        public Table row(String label, String value) {
            framed(new PdfPCell(new Phrase(label, small)));
            return cell(value);
        }

        private void framed(PdfPCell cell) {
            cell.setBorder(Rectangle.BOTTOM);
            cell.setBorderColor(LINE);
            cell.setPadding(PADDING);
            table.addCell(cell);
        }

        public void end() {
            pdf.add(table);
        }
    }
}
