package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.AmendmentView;
import org.yiqi.procurement.Amendments;
import org.yiqi.procurement.QuestionView;
import org.yiqi.procurement.Questions;
import org.yiqi.procurement.TenderView;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Formats;

/** What is asked, answered and changed between the publication of a tender and its deadline. */
@Named
@ViewScoped
public class TenderTalk implements Serializable {

    @Inject
    Questions questions;

    @Inject
    Amendments amendments;

    private String lot = "";
    private String question = "";
    private String answer = "";
    private String change = "";
    private boolean substantial = true;
    private @Nullable LocalDateTime deadline;

    public List<QuestionView> questions(TenderView tender) {
        return questions.of(tender.id());
    }

    public List<AmendmentView> amendments(TenderView tender) {
        return amendments.of(tender.id());
    }

    public String ask(TenderView tender) {
        questions.ask(tender.id(), lot.isEmpty() ? null : lot, question);
        return TenderPage.to(tender);
    }

    public String answer(TenderView tender, QuestionView asked) {
        questions.answer(tender.id(), asked.id(), asked.version(), answer);
        return TenderPage.to(tender);
    }

    public String amend(TenderView tender) {
        LocalDateTime until = deadline;
        if (until == null) {
            throw new RuleViolation("procurement.amendment-invalid", "A deadline is needed").at("/deadline", "needed");
        }
        amendments.amend(
                tender.id(),
                tender.version(),
                change,
                substantial,
                until.atZone(Formats.ZONE).toInstant());
        return TenderPage.to(tender);
    }

    public String getLot() {
        return lot;
    }

    public void setLot(@Nullable String lot) {
        this.lot = lot == null ? "" : lot;
    }

    public String getQuestion() {
        return question;
    }

    public void setQuestion(@Nullable String question) {
        this.question = question == null ? "" : question;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }

    public String getChange() {
        return change;
    }

    public void setChange(@Nullable String change) {
        this.change = change == null ? "" : change;
    }

    public boolean isSubstantial() {
        return substantial;
    }

    public void setSubstantial(boolean substantial) {
        this.substantial = substantial;
    }

    public @Nullable LocalDateTime getDeadline() {
        return deadline;
    }

    public void setDeadline(@Nullable LocalDateTime deadline) {
        this.deadline = deadline;
    }
}
