package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.SaveSheet;
import org.yiqi.procurement.SheetView;
import org.yiqi.procurement.Sheets;

/** The caller's scoring sheets of a tender as a grid, one row for each bid. */
@Named
@ViewScoped
public class SheetsPage implements Serializable {

    @Inject
    Sheets sheets;

    private String tender = "";
    private List<Row> rows = List.of();

    /** Reads the sheets of the address. */
    public void open() {
        rows = sheets.of(BidRoomPage.id(tender)).stream().map(Row::new).toList();
    }

    public String save() {
        UUID id = BidRoomPage.id(tender);
        for (Row row : rows) {
            if (!row.sheet.locked()) {
                sheets.save(id, row.sheet.id(), row.sheet.version(), row.said());
            }
        }
        return again();
    }

    /** Saves everything and locks it for ever. */
    public String lock() {
        save();
        UUID id = BidRoomPage.id(tender);
        for (SheetView sheet : sheets.of(id)) {
            if (!sheet.locked()) {
                sheets.lock(id, sheet.id(), sheet.version());
            }
        }
        return again();
    }

    public String explain(Row row, MarkCell cell) {
        sheets.explain(BidRoomPage.id(tender), row.sheet.id(), cell.line.criterion(), cell.explanation);
        return again();
    }

    private String again() {
        return "/procurement/sheets?faces-redirect=true&tender=" + tender;
    }

    /** Whether something can still be written. */
    public boolean isWritable() {
        return rows.stream().anyMatch(row -> !row.sheet.locked());
    }

    public List<Row> getRows() {
        return rows;
    }

    public String getTender() {
        return tender;
    }

    public void setTender(@Nullable String tender) {
        this.tender = tender == null ? "" : tender;
    }

    /** A bid's sheet with what is being written into it. */
    public static final class Row {

        private final SheetView sheet;
        private final List<VerdictCell> verdicts = new ArrayList<>();
        private final List<MarkCell> marks = new ArrayList<>();

        Row(SheetView sheet) {
            this.sheet = sheet;
            sheet.verdicts().forEach(line -> verdicts.add(new VerdictCell(line)));
            sheet.marks().forEach(line -> marks.add(new MarkCell(line)));
        }

        private SaveSheet said() {
            List<SaveSheet.Verdict> met = new ArrayList<>();
            for (VerdictCell cell : verdicts) {
                if (!cell.met.isEmpty()) {
                    met.add(new SaveSheet.Verdict(cell.line.requirement(), cell.met.equals("yes"), cell.reason));
                }
            }
            return new SaveSheet(
                    met,
                    marks.stream()
                            .map(cell -> new SaveSheet.Mark(cell.line.criterion(), cell.points))
                            .toList());
        }

        public SheetView getSheet() {
            return sheet;
        }

        public List<VerdictCell> getVerdicts() {
            return verdicts;
        }

        public List<MarkCell> getMarks() {
            return marks;
        }
    }

    /** Whether a requirement is met: {@code yes}, {@code no}, or empty. */
    public static final class VerdictCell {

        private final SheetView.VerdictLine line;
        private String met;
        private String reason;

        VerdictCell(SheetView.VerdictLine line) {
            this.line = line;
            Boolean said = line.met();
            met = said == null ? "" : said ? "yes" : "no";
            reason = line.reason();
        }

        public SheetView.VerdictLine getLine() {
            return line;
        }

        public String getMet() {
            return met;
        }

        public void setMet(@Nullable String met) {
            this.met = met == null ? "" : met;
        }

        public String getReason() {
            return reason;
        }

        public void setReason(@Nullable String reason) {
            this.reason = reason == null ? "" : reason;
        }
    }

    /** Points, and their explanation where one is due. */
    public static final class MarkCell {

        private final SheetView.MarkLine line;
        private @Nullable BigDecimal points;
        private String explanation = "";

        MarkCell(SheetView.MarkLine line) {
            this.line = line;
            points = line.points();
        }

        public SheetView.MarkLine getLine() {
            return line;
        }

        /** Whether an explanation is asked for. */
        public boolean isAsked() {
            return line.outlier() && line.explanation().isEmpty();
        }

        public @Nullable BigDecimal getPoints() {
            return points;
        }

        public void setPoints(@Nullable BigDecimal points) {
            this.points = points;
        }

        public String getExplanation() {
            return explanation;
        }

        public void setExplanation(@Nullable String explanation) {
            this.explanation = explanation == null ? "" : explanation;
        }
    }
}
