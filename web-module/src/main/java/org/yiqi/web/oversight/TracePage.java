package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.oversight.CustodianView;
import org.yiqi.oversight.OrganisationName;
import org.yiqi.oversight.Proofs;
import org.yiqi.oversight.TraceView;
import org.yiqi.oversight.Traces;
import org.yiqi.oversight.UnitMatch;
import org.yiqi.oversight.Verification;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.Language;
import org.yiqi.web.shell.Texts;

/** Finds a unit, shows who answered for it from when to when, and recomputes the proof. */
@Named
@RequestScoped
public class TracePage {

    @Inject
    Traces traces;

    @Inject
    Proofs proofs;

    @Inject
    Texts texts;

    @Inject
    Formats formats;

    @Inject
    Language language;

    private @Nullable String q;
    private @Nullable String unit;
    private @Nullable String at;
    private @Nullable List<UnitMatch> matches;
    private @Nullable TraceView trace;
    private @Nullable Verification verification;

    /** A form of this page is decoded before Faces updates its view parameters: what it is about is known from the address at once. */
    @PostConstruct
    void readAddress() {
        setUnit(Faces.getRequestParameter("unit"));
    }

    /** A label that fits one unit leads to it at once; the proof leaves as a file. */
    public @Nullable String open() throws IOException {
        if ("zip".equals(Faces.getRequestParameter("proof"))) {
            TraceView view = found();
            Faces.sendFile(proofs.bundle(subject(view), null), "custody-" + view.unitId() + ".zip", true);
            return null;
        }
        if (unit == null && getMatches().size() == 1) {
            return "/oversight/trace?faces-redirect=true&unit="
                    + getMatches().get(0).id();
        }
        return null;
    }

    public void verify() {
        verification = proofs.verify(subject(found()));
    }

    public List<UnitMatch> getMatches() {
        List<UnitMatch> found = matches;
        if (found == null) {
            found = q == null ? List.of() : traces.find(q);
            matches = found;
        }
        return found;
    }

    public @Nullable TraceView getTrace() {
        if (trace == null && unit != null) {
            trace = traces.trace(unitId(unit));
        }
        return trace;
    }

    /** What the ledger answers to "who held it at …?", or empty when nobody asks. */
    public String getAnswer() {
        TraceView view = getTrace();
        if (view == null || at == null || at.isBlank()) {
            return "";
        }
        Instant instant;
        try {
            instant = LocalDateTime.parse(at.strip().replace(' ', 'T'))
                    .atZone(Formats.ZONE)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return texts.get("oversight.at.bad");
        }
        CustodianView held = traces.custodian(view.unitId(), instant);
        OrganisationName organisation = held.organisation();
        return organisation == null
                ? texts.format("oversight.at.nobody", formats.dateTime(instant))
                : texts.format(
                        "oversight.at.held",
                        formats.dateTime(instant),
                        organisation.in(language.getTag()),
                        formats.dateTime(held.from()));
    }

    public String name(TraceView view) {
        return language.getTag().startsWith("en") ? view.nameEn() : view.nameZh();
    }

    public String matchName(UnitMatch match) {
        return language.getTag().startsWith("en") ? match.nameEn() : match.nameZh();
    }

    public String organisation(OrganisationName name) {
        return name.in(language.getTag());
    }

    /** "A → B" for a handover, otherwise who it is. */
    public String parties(TraceView.Event event) {
        return event.parties().stream()
                .filter(party -> !party.role().equals("REGULATOR"))
                .map(party -> organisation(party.organisation()))
                .reduce((a, b) -> a + " → " + b)
                .orElse("");
    }

    private TraceView found() {
        TraceView view = getTrace();
        if (view == null) {
            throw new NotFound("equipment.unit-not-found", "No such unit");
        }
        return view;
    }

    private static String subject(TraceView view) {
        return "custody:" + view.unitId();
    }

    private static UUID unitId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.unit-not-found", "No such unit");
        }
    }

    public @Nullable Verification getVerification() {
        return verification;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = blankToNull(q);
    }

    public @Nullable String getUnit() {
        return unit;
    }

    public void setUnit(@Nullable String unit) {
        this.unit = blankToNull(unit);
    }

    public @Nullable String getAt() {
        return at;
    }

    public void setAt(@Nullable String at) {
        this.at = blankToNull(at);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
