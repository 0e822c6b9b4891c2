package org.yiqi.oversight;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.yiqi.shared.pdf.PdfReport;

/** Draws the report on supervision over a period, in Chinese or English. */
final class OversightPdf {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneId.of("Asia/Shanghai"));

    private final boolean chinese;
    private final ResourceBundle texts;
    private final PdfReport pdf;

    OversightPdf(String language, OpenPeriod period) {
        chinese = language.equals("zh");
        texts = ResourceBundle.getBundle(
                "org.yiqi.oversight.report",
                chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        pdf = new PdfReport(text("title") + " " + period.first() + " – " + period.last(), text("notice"));
    }

    OversightPdf cases(List<OpenCases> rows) {
        PdfReport.Table table =
                section("cases", rows.isEmpty(), new int[] {3, 1, 1, 1}, "kind", "opened", "closed", "joint");
        rows.forEach(r -> cells(table, text("kind." + r.kind()), r.opened(), r.closed(), r.joint()));
        table.end();
        return this;
    }

    OversightPdf decisions(List<OpenDecision> rows) {
        PdfReport.Table table = section(
                "decisions",
                rows.isEmpty(),
                new int[] {2, 3, 2, 3, 3},
                "number",
                "authority",
                "day",
                "decision",
                "concerned");
        rows.forEach(r -> cells(
                table,
                r.number(),
                name(r.authorityZh(), r.authorityEn()),
                day(r.decidedAt()),
                r.sanction().isEmpty() ? text("decision." + r.decision()) : text("sanction." + r.sanction()),
                name(r.concernedZh(), r.concernedEn()) + " " + name(r.nameZh(), r.nameEn())));
        table.end();
        return this;
    }

    OversightPdf recalls(List<OpenRecall> rows) {
        PdfReport.Table table = section(
                "recalls",
                rows.isEmpty(),
                new int[] {2, 4, 1, 2, 1, 1, 2},
                "number",
                "product",
                "class",
                "day",
                "units",
                "held",
                "confirmed");
        rows.forEach(r -> cells(
                table,
                r.number(),
                r.title() + "\n" + name(r.nameZh(), r.nameEn()) + " " + r.deviceIdentifier() + " " + r.lot(),
                r.recallClass(),
                day(r.issuedAt()),
                r.units(),
                r.held(),
                r.confirmedInTime() + " / " + r.confirmed() + " / " + r.told()));
        table.end();
        return this;
    }

    OversightPdf adverseEvents(List<OpenAdverseEvents> rows) {
        PdfReport.Table table = section(
                "adverse",
                rows.isEmpty(),
                new int[] {3, 2, 1, 1, 1, 1, 1},
                "harm",
                "class",
                "events",
                "duties",
                "inTime",
                "late",
                "overdue");
        rows.forEach(r -> cells(
                table,
                text("harm." + r.harm()),
                r.deviceClass().isEmpty() ? "–" : r.deviceClass(),
                r.events(),
                r.duties(),
                r.inTime(),
                r.late(),
                r.overdue()));
        table.end();
        return this;
    }

    OversightPdf inspections(List<OpenInspection> rows) {
        PdfReport.Table table = section(
                "inspections",
                rows.isEmpty(),
                new int[] {2, 4, 1, 2, 1, 1, 1, 1},
                "number",
                "inspection",
                "class",
                "population",
                "sample",
                "inspected",
                "findings",
                "missing");
        rows.forEach(r -> cells(
                table,
                r.number(),
                r.title(),
                r.deviceClass(),
                r.population(),
                r.sampleSize(),
                r.inspected(),
                r.findings(),
                r.notFound()));
        table.end();
        return this;
    }

    byte[] bytes() {
        return pdf.bytes();
    }

    private PdfReport.Table section(String heading, boolean empty, int[] widths, String... columns) {
        pdf.heading(text(heading));
        if (empty) {
            pdf.paragraph(text("none"));
        }
        PdfReport.Table table = pdf.table(widths);
        String[] titles = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            titles[i] = text("column." + columns[i]);
        }
        return table.header(titles);
    }

    private static void cells(PdfReport.Table table, Object... values) {
        for (Object value : values) {
            table.cell(value.toString().strip());
        }
    }

    private String text(String key) {
        return texts.getString(key);
    }

    private String name(String zh, String en) {
        String first = chinese ? zh : en;
        return first.isEmpty() ? zh + en : first;
    }

    private static String day(Instant at) {
        return DAY.format(at);
    }
}
