package org.yiqi.procurement;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.contract.evaluation.Evaluation;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.contract.evaluation.LotResult.Standing;
import org.yiqi.contract.evaluation.Mark;
import org.yiqi.contract.evaluation.Verdict;
import org.yiqi.procurement.BidComparison.Cell;
import org.yiqi.procurement.BidComparison.Line;
import org.yiqi.procurement.BidComparison.Said;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Secured;

/** What came out of the judging, to read: bids side by side, and the report as a file. Who sees scores sees these. */
@Stateless
@Secured
public class EvaluationReports {

    @Inject
    Tenders tenders;

    @Inject
    Evaluations evaluations;

    @Inject
    EvaluationRows rows;

    @Inject
    Judgements judgements;

    @Inject
    EvaluationPdf pdf;

    /**
     * Each lot's bids side by side; nothing before the caller may see scores.
     *
     * @throws NotFound {@code procurement.evaluation-not-found}
     */
    @RolesAllowed("**")
    public List<BidComparison> compare(UUID tenderId) {
        EvaluationView view = evaluations.view(tenderId);
        return view.results().isEmpty() ? List.of() : compare(tenders.get(tenderId), view);
    }

    private List<BidComparison> compare(TenderView tender, EvaluationView view) {
        Head head = rows.find(tender.id()).orElseThrow(Panels::unknown);
        Evaluation said = judgements.technical(tender, head);
        List<Mark> outliers = said.outliers();
        List<BidComparison> lots = new ArrayList<>();
        for (LotResult result : view.results()) {
            List<UUID> bids = result.standings().stream().map(Standing::bid).toList();
            lots.add(new BidComparison(result.lot(), bids, lines(tender, result.lot(), bids, said, outliers)));
        }
        return lots;
    }

    private static List<Line> lines(
            TenderView tender, String lot, List<UUID> bids, Evaluation said, List<Mark> outliers) {
        List<Line> lines = new ArrayList<>();
        List<Requirement> requirements = tender.terms().requirements();
        for (int i = 0; i < requirements.size(); i++) {
            Requirement each = requirements.get(i);
            String code = Integer.toString(i);
            if (each.lot() == null || each.lot().equals(lot)) {
                lines.add(new Line(
                        each.text(),
                        0,
                        each.mandatory(),
                        bids.stream().map(bid -> verdict(said, bid, code)).toList()));
            }
        }
        List<Criterion> criteria = tender.terms().criteria();
        for (int i = 0; i < criteria.size(); i++) {
            Criterion each = criteria.get(i);
            String code = Integer.toString(i);
            if (said.marks().stream().anyMatch(mark -> mark.criterion().equals(code))) {
                lines.add(new Line(
                        each.title(),
                        each.weight(),
                        false,
                        bids.stream()
                                .map(bid -> points(said, bid, code, outliers))
                                .toList()));
            }
        }
        return lines;
    }

    private static Cell verdict(Evaluation said, UUID bid, String requirement) {
        List<Verdict> panel = said.verdicts().stream()
                .filter(each -> each.bid().equals(bid) && each.requirement().equals(requirement))
                .toList();
        long against = panel.stream().filter(each -> !each.met()).count();
        return new Cell(
                null,
                against * 2 <= panel.size(),
                panel.stream()
                        .map(each -> new Said(each.seat(), null, each.met(), false, each.reason()))
                        .toList());
    }

    private static Cell points(Evaluation said, UUID bid, String criterion, List<Mark> outliers) {
        List<Mark> panel = said.marks().stream()
                .filter(each -> each.bid().equals(bid) && each.criterion().equals(criterion))
                .toList();
        BigDecimal sum = panel.stream().map(Mark::points).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Cell(
                panel.isEmpty() ? null : sum.divide(BigDecimal.valueOf(panel.size()), 2, RoundingMode.HALF_UP),
                null,
                panel.stream()
                        .map(each ->
                                new Said(each.seat(), each.points(), null, outliers.contains(each), each.explanation()))
                        .toList());
    }

    /**
     * The language of a report, as an address names it.
     *
     * @throws RuleViolation {@code procurement.report-language}
     */
    public static String language(String wanted) {
        if (!wanted.equals("zh") && !wanted.equals("en")) {
            throw new RuleViolation("procurement.report-language", "Reports are in zh and en")
                    .at("/language", "zh or en");
        }
        return wanted;
    }

    /**
     * The report of the panel's work, with everything that decided and the roots that the acts carry.
     *
     * @param language {@code zh} or {@code en}
     * @throws NotFound {@code procurement.evaluation-not-found}
     * @throws Conflict {@code procurement.report-early} before the caller may see scores
     */
    @RolesAllowed("**")
    public byte[] report(UUID tenderId, String language) {
        EvaluationView view = evaluations.view(tenderId);
        if (view.results().isEmpty()) {
            throw new Conflict("procurement.report-early", "There is no report before all sheets are locked");
        }
        TenderView tender = tenders.get(tenderId);
        return pdf.of(tender, view, compare(tender, view), language);
    }
}
