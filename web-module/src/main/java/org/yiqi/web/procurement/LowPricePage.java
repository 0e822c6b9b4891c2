package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.Evaluations;
import org.yiqi.procurement.Lot;
import org.yiqi.procurement.LowPriceView;
import org.yiqi.procurement.TenderView;
import org.yiqi.procurement.Tenders;

/** What the caller's organisation is asked about its prices, and its explanations. */
@Named
@ViewScoped
public class LowPricePage implements Serializable {

    @Inject
    Evaluations evaluations;

    @Inject
    Tenders tenders;

    @Inject
    Clock clock;

    private String answer = "";
    private transient @Nullable List<Row> rows;

    /**
     * One question.
     *
     * @param answerable whether there is still time
     */
    public record Row(LowPriceView question, TenderView tender, boolean answerable) {

        /** The device class of the lot that it is about. */
        public String category() {
            return tender.terms().lots().stream()
                    .filter(lot -> lot.code().equals(question.lot()))
                    .map(Lot::category)
                    .findFirst()
                    .orElseThrow();
        }
    }

    public List<Row> getRows() {
        List<Row> read = rows;
        if (read == null) {
            read = evaluations.questions().stream()
                    .map(each -> new Row(
                            each,
                            tenders.get(each.tenderId()),
                            each.answeredAt() == null
                                    && each.accepted() == null
                                    && clock.instant().isBefore(each.answerUntil())))
                    .toList();
            rows = read;
        }
        return read;
    }

    public String answer(UUID bid) {
        evaluations.answer(bid, answer);
        return "/procurement/low-prices?faces-redirect=true";
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }
}
