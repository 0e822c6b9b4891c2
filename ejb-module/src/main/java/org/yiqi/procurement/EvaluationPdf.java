package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Money;
import org.yiqi.shared.pdf.PdfReport;
import org.yiqi.shared.problem.NotFound;

/** Draws the panel's work as a PDF, in Chinese or English. */
@ApplicationScoped
class EvaluationPdf {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    @Inject
    Organisations organisations;

    /** @param language {@code zh} or {@code en} */
    byte[] of(TenderView tender, EvaluationView view, List<BidComparison> comparisons, String language) {
        return new Drawing(tender, view, comparisons, language).pdf();
    }

    /** One report in the making. */
    private final class Drawing {

        private final TenderView tender;
        private final EvaluationView view;
        private final List<BidComparison> comparisons;
        private final String language;
        private final ResourceBundle texts;
        private final PdfReport pdf;

        Drawing(TenderView tender, EvaluationView view, List<BidComparison> comparisons, String language) {
            this.tender = tender;
            this.view = view;
            this.comparisons = comparisons;
            this.language = language;
            this.texts = ResourceBundle.getBundle(
                    "org.yiqi.procurement.report",
                    language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            this.pdf = new PdfReport(text("title") + " " + tender.number(), text("notice"));
        }

        byte[] pdf() {
            tender();
            panel();
            view.results().forEach(this::lot);
            lowPrices();
            documents();
            return pdf.bytes();
        }

        private void tender() {
            pdf.heading(text("tender"));
            PdfReport.Table table = pdf.table(1, 3);
            table.row(text("name"), tender.terms().title());
            table.row(text("buyer"), org(tender.buyerId()));
            table.row(text("formula"), view.formula());
            table.row(text("rules"), view.rulesOf().toString());
            table.row(
                    text("criteria"),
                    tender.terms().criteria().stream()
                            .map(each -> each.title() + " " + each.weight())
                            .collect(Collectors.joining(" · ")));
            table.end();
        }

        private void panel() {
            pdf.heading(text("panel"));
            PdfReport.Table table =
                    pdf.table(1, 3, 2, 4).header(text("seat"), text("member"), text("state"), text("reason"));
            for (SeatView seat : view.seats()) {
                table.cell(Integer.toString(seat.number()));
                table.cell(
                        (seat.name().isEmpty() ? text("hidden") : seat.name()) + " · " + text("kind." + seat.kind()));
                table.cell(text("seat." + seat.state()));
                table.cell(seat.reason());
            }
            table.end();
        }

        private void lot(LotResult result) {
            pdf.heading(text("lot") + " " + result.lot() + " · " + text("outcome." + result.outcome()));
            PdfReport.Table table = pdf.table(1, 4, 3, 2, 2, 2, 3)
                    .header(
                            text("rank"),
                            text("bidder"),
                            text("price"),
                            text("points.panel"),
                            text("points.price"),
                            text("points.total"),
                            text("state"));
            for (LotResult.Standing each : result.standings()) {
                table.cell(each.rank() > 0 ? Integer.toString(each.rank()) : "–");
                table.cell(bidder(each.bid()));
                table.cell(money(each.amount()));
                table.cell(each.technical().toPlainString());
                table.cell(each.price().add(each.lifeCycle()).toPlainString());
                table.cell(each.total().toPlainString());
                table.cell(text("fate." + each.fate()));
            }
            table.end();
            comparisons.stream()
                    .filter(each -> each.lot().equals(result.lot()))
                    .flatMap(each -> each.lines().stream().map(line -> new Row(each, line)))
                    .forEach(this::line);
            view.decisions().stream()
                    .filter(each -> each.lot().equals(result.lot()))
                    .forEach(this::decision);
        }

        /** A line of a comparison with the bids that its cells are of. */
        private record Row(BidComparison comparison, BidComparison.Line line) {}

        private void line(Row row) {
            BidComparison.Line line = row.line();
            pdf.paragraph(line.title() + (line.points() ? " (" + line.weight() + ")" : ""));
            for (int i = 0; i < line.cells().size(); i++) {
                BidComparison.Cell cell = line.cells().get(i);
                String all = cell.said().stream()
                        .map(said -> said.seat() + ": "
                                + (said.points() == null
                                        ? text(Boolean.TRUE.equals(said.met()) ? "met" : "notMet")
                                        : said.points().toPlainString())
                                + (said.outlier() ? " (" + text("outlier") + ")" : "")
                                + (said.reason().isEmpty() ? "" : " " + said.reason()))
                        .collect(Collectors.joining(" · "));
                String result = cell.mean() == null
                        ? text(Boolean.TRUE.equals(cell.met()) ? "met" : "notMet")
                        : cell.mean().toPlainString();
                pdf.line(bidder(row.comparison().bids().get(i)) + " — " + result + " — " + all);
            }
        }

        private void decision(EvaluationView.Decision decision) {
            UUID bidder = decision.bidder();
            pdf.paragraph((bidder == null ? text("failed") : text("awarded") + " " + org(bidder))
                    + (decision.reason().isEmpty() ? "" : " · " + decision.reason()) + " · " + time(decision.at()));
        }

        private void lowPrices() {
            if (view.lowPrices().isEmpty()) {
                return;
            }
            pdf.heading(text("low"));
            PdfReport.Table table =
                    pdf.table(3, 4, 2, 4).header(text("bidder"), text("answer"), text("state"), text("reason"));
            for (LowPriceView each : view.lowPrices()) {
                table.cell(org(each.bidder()));
                table.cell(each.answer());
                table.cell(text(each.accepted() == null ? "open" : each.accepted() ? "accepted" : "refused"));
                table.cell(each.decision());
            }
            table.end();
        }

        private void documents() {
            pdf.heading(text("proof"));
            for (EvaluationView.Document each : view.documents()) {
                pdf.line(each.envelope() + "  " + each.root() + "  " + (each.actId() == null ? "" : each.actId()));
            }
        }

        private String bidder(UUID bid) {
            UUID bidder = view.bidder(bid);
            return bidder == null ? bid.toString() : org(bidder);
        }

        private String org(UUID id) {
            try {
                return organisations.get(id).name(language);
            } catch (NotFound e) {
                return id.toString();
            }
        }

        private String money(@Nullable Long minor) {
            return minor == null
                    ? ""
                    : Money.ofMinor(minor, tender.currency()).amount().toPlainString() + " " + tender.currency();
        }

        private String text(String key) {
            return texts.getString(key);
        }

        private static String time(Instant at) {
            return TIME.format(at.atZone(PurchasePlans.ZONE));
        }
    }
}
