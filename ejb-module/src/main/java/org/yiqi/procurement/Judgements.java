package org.yiqi.procurement;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.evaluation.Evaluation;
import org.yiqi.contract.evaluation.EvaluationTerms;
import org.yiqi.contract.evaluation.LotTerms;
import org.yiqi.contract.evaluation.LowPriceAnswer;
import org.yiqi.contract.evaluation.Mark;
import org.yiqi.contract.evaluation.OpenedPrice;
import org.yiqi.contract.evaluation.PriceFormula;
import org.yiqi.contract.evaluation.Verdict;
import org.yiqi.procurement.EvaluationRows.Head;
import org.yiqi.procurement.EvaluationRows.Opened;
import org.yiqi.shared.Ids;

/** Puts together, from rows, what {@link Evaluation} judges: the same that is published for others to judge again. */
@Dependent
class Judgements {

    private static final String PRICE = Envelope.PRICE.name();

    @Inject
    EvaluationRows rows;

    /**
     * Gives each seat that is taken a sheet for each bid that can be read, where it has none yet.
     *
     * @return whether any is to be written
     */
    boolean giveSheets(TenderView tender) {
        List<Opened> bids =
                readable(tender.id(), tender.terms().envelopes().get(0).name());
        for (SeatView seat : rows.seats(tender.id())) {
            if (seat.state() == SeatView.State.ACCEPTED) {
                bids.forEach(bid -> rows.addSheet(Ids.next(), seat, tender.id(), bid.lot(), bid.bid()));
            }
        }
        return rows.sheets(tender.id()).stream().anyMatch(sheet -> !sheet.locked());
    }

    /** What the panel said, without prices: of every bid whose first envelope could be read. */
    Evaluation technical(TenderView tender, Head head) {
        String first = tender.terms().envelopes().get(0).name();
        return evaluation(tender, head, readable(tender.id(), first), "", List.of(), List.of());
    }

    /**
     * With the prices that are open, of the bids that still were in it.
     *
     * @param tieSeed in hexadecimal, or empty before it shows
     */
    Evaluation priced(TenderView tender, Head head, String tieSeed) {
        List<Opened> bids = readable(tender.id(), PRICE);
        List<OpenedPrice> prices = bids.stream()
                .map(bid -> new OpenedPrice(bid.bid(), content(bid)))
                .toList();
        List<LowPriceAnswer> answers = rows.lowPrices(tender.id()).stream()
                .filter(each -> each.accepted() != null)
                .map(each -> new LowPriceAnswer(each.bid(), Boolean.TRUE.equals(each.accepted()), each.decision()))
                .toList();
        return evaluation(tender, head, bids, tieSeed, prices, answers);
    }

    private static String content(Opened bid) {
        String content = bid.content();
        return content == null ? "" : content;
    }

    private List<Opened> readable(UUID tender, String envelope) {
        return rows.opened(tender, envelope).stream()
                .filter(bid -> bid.content() != null)
                .toList();
    }

    private Evaluation evaluation(
            TenderView tender,
            Head head,
            List<Opened> bids,
            String tieSeed,
            List<OpenedPrice> prices,
            List<LowPriceAnswer> answers) {
        String commitment = rows.draws(tender.id()).stream()
                .filter(draw -> draw.purpose().equals("TIE"))
                .map(DrawView::commitment)
                .findFirst()
                .orElseThrow(Panels::noSeed);
        Set<UUID> judged = new HashSet<>();
        bids.forEach(bid -> judged.add(bid.bid()));
        List<Verdict> verdicts = rows.verdicts(tender.id()).stream()
                .filter(each -> judged.contains(each.bid()))
                .map(each -> new Verdict(
                        each.bid(),
                        Integer.toString(each.seat()),
                        Integer.toString(each.requirement()),
                        each.met(),
                        each.reason()))
                .toList();
        List<Mark> marks = rows.marks(tender.id()).stream()
                .filter(each -> judged.contains(each.bid()))
                .map(each -> new Mark(
                        each.bid(),
                        Integer.toString(each.seat()),
                        Integer.toString(each.criterion()),
                        each.points(),
                        each.explanation()))
                .toList();
        EvaluationTerms terms = new EvaluationTerms(
                tender.id(), rows.evaluationRules(head.rulesOf()), lots(tender, head, bids), tieSeed, commitment);
        return new Evaluation(terms, verdicts, marks, prices, answers);
    }

    private List<LotTerms> lots(TenderView tender, Head head, List<Opened> bids) {
        PriceFormula formula = rows.formula(head.formula());
        int years = rows.lifeYears(tender.terms().planId());
        List<String> seats = rows.seats(tender.id()).stream()
                .filter(seat -> seat.state() == SeatView.State.ACCEPTED)
                .map(seat -> Integer.toString(seat.number()))
                .toList();
        List<LotTerms> lots = new ArrayList<>();
        for (Lot lot : tender.terms().lots()) {
            List<UUID> own = bids.stream()
                    .filter(bid -> bid.lot().equals(lot.code()))
                    .map(Opened::bid)
                    .toList();
            lots.add(new LotTerms(
                    lot.code(),
                    lot.ceiling().minor(),
                    lot.ceiling().currency(),
                    years,
                    formula,
                    criteria(tender),
                    requirements(tender, lot),
                    own,
                    seats));
        }
        return lots;
    }

    private static List<LotTerms.Criterion> criteria(TenderView tender) {
        List<LotTerms.Criterion> criteria = new ArrayList<>();
        for (int i = 0; i < tender.terms().criteria().size(); i++) {
            Criterion each = tender.terms().criteria().get(i);
            criteria.add(new LotTerms.Criterion(
                    Integer.toString(i), LotTerms.Kind.valueOf(each.kind().name()), each.weight()));
        }
        return criteria;
    }

    private static List<LotTerms.Requirement> requirements(TenderView tender, Lot lot) {
        List<LotTerms.Requirement> requirements = new ArrayList<>();
        for (int i = 0; i < tender.terms().requirements().size(); i++) {
            Requirement each = tender.terms().requirements().get(i);
            if (each.lot() == null || each.lot().equals(lot.code())) {
                requirements.add(new LotTerms.Requirement(Integer.toString(i), each.mandatory()));
            }
        }
        return requirements;
    }
}
