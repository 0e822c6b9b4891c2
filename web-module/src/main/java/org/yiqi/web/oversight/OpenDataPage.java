package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.OpenAdverseEvents;
import org.yiqi.oversight.OpenData;
import org.yiqi.oversight.OpenDecision;
import org.yiqi.oversight.OpenInspection;
import org.yiqi.oversight.OpenPeriod;
import org.yiqi.oversight.OpenRecall;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;

/** Supervision over a period, for anybody; regulators also take it with them as a report. */
@Named
@RequestScoped
public class OpenDataPage {

    private static final Set<String> VIEWS = Set.of("recalls", "decisions", "adverse-events", "inspections");

    @Inject
    OpenData data;

    @Inject
    Language language;

    @Inject
    Clock clock;

    private String from = "";
    private String to = "";
    private String view = "recalls";

    // A page asks several times for what it shows.
    private @Nullable OpenPeriod period;
    private @Nullable List<OpenRecall> recalls;
    private @Nullable List<OpenDecision> decisions;
    private @Nullable List<OpenAdverseEvents> adverseEvents;
    private @Nullable List<OpenInspection> inspections;

    public List<OpenRecall> getRecalls() {
        List<OpenRecall> read = recalls;
        if (read == null) {
            read = data.recalls(period());
            recalls = read;
        }
        return read;
    }

    public List<OpenDecision> getDecisions() {
        List<OpenDecision> read = decisions;
        if (read == null) {
            read = data.decisions(period());
            decisions = read;
        }
        return read;
    }

    public List<OpenAdverseEvents> getAdverseEvents() {
        List<OpenAdverseEvents> read = adverseEvents;
        if (read == null) {
            read = data.adverseEvents(period());
            adverseEvents = read;
        }
        return read;
    }

    public List<OpenInspection> getInspections() {
        List<OpenInspection> read = inspections;
        if (read == null) {
            read = data.inspections(period());
            inspections = read;
        }
        return read;
    }

    /** Answers the report on the period as a PDF, for regulators. */
    public void report() throws IOException {
        String tag = language.get() == Lang.EN ? "en" : "zh";
        byte[] pdf = data.report(period(), tag);
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType("application/pdf");
        external.setResponseContentLength(pdf.length);
        external.setResponseHeader(
                "Content-Disposition",
                "attachment; filename=\"supervision-" + first() + "-" + last() + "-" + tag + ".pdf\"");
        external.getResponseOutputStream().write(pdf);
        faces.responseComplete();
    }

    private OpenPeriod period() {
        OpenPeriod read = period;
        if (read == null) {
            read = asked();
            period = read;
        }
        return read;
    }

    private OpenPeriod asked() {
        try {
            OpenPeriod asked = OpenPeriod.read(from, to, clock);
            return asked.isSound() ? asked : OpenPeriod.read(null, null, clock);
        } catch (RuleViolation e) {
            // A page shows something for every address; the interface says what is wrong with it.
            return OpenPeriod.read(null, null, clock);
        }
    }

    private LocalDate first() {
        return period().first();
    }

    private LocalDate last() {
        return period().last();
    }

    /** A name in the reader's language. */
    public String name(String zh, String en) {
        String first = language.get() == Lang.EN ? en : zh;
        return first.isEmpty() ? zh + en : first;
    }

    /** The period as it stands in the addresses of this page and of the data. */
    public String getPeriod() {
        return "from=" + first() + "&to=" + last();
    }

    public String getFirstDay() {
        return first().toString();
    }

    public String getLastDay() {
        return last().toString();
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from == null ? "" : from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to == null ? "" : to;
    }

    public String getView() {
        return view;
    }

    public void setView(@Nullable String view) {
        this.view = view == null || !VIEWS.contains(view) ? "recalls" : view;
    }
}
