package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.procurement.ExpertState;
import org.yiqi.procurement.ExpertView;
import org.yiqi.procurement.Experts;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;

/** One expert: for a regulator to decide about, for the expert to declare what binds them and when they cannot come. */
@Named
@ViewScoped
public class ExpertPage implements Serializable {

    @Inject
    Experts experts;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable ExpertView expert;
    private String title = "";
    private String reason = "";
    private @Nullable String organisation;
    private ExpertView.Tie.Kind kind = ExpertView.Tie.Kind.EMPLOYED;
    private @Nullable LocalDate from;
    private @Nullable LocalDate until;
    private String note = "";

    /** Reads the expert of the address, or the caller's own entry. */
    public void open() {
        expert = id.isEmpty() ? experts.mine().orElse(null) : experts.get(uuid(id));
    }

    public String apply() {
        return shown(experts.apply(title));
    }

    public String admit() {
        ExpertView seen = seen();
        return shown(experts.admit(seen.id(), seen.version()));
    }

    public String suspend() {
        ExpertView seen = seen();
        return shown(experts.suspend(seen.id(), seen.version(), reason));
    }

    public String leave() {
        ExpertView seen = seen();
        return shown(experts.leave(seen.id(), seen.version()));
    }

    public String declare() {
        LocalDate day = from;
        String wanted = organisation;
        return day == null || wanted == null
                ? ""
                : shown(experts.declare(seen().id(), uuid(wanted), kind, day, until, note));
    }

    public String beAbsent() {
        LocalDate first = from;
        LocalDate last = until;
        return first == null || last == null ? "" : shown(experts.beAbsent(seen().id(), first, last));
    }

    public String bePresent(UUID absence) {
        return shown(experts.bePresent(seen().id(), absence));
    }

    private ExpertView seen() {
        ExpertView seen = expert;
        if (seen == null) {
            throw notFound(null);
        }
        return seen;
    }

    private static String shown(ExpertView view) {
        return "/procurement/expert?faces-redirect=true&id=" + view.id();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notFound(e);
        }
    }

    private static NotFound notFound(@Nullable Throwable cause) {
        return new NotFound("procurement.expert-not-found", "No such expert", cause);
    }

    public boolean isOwn() {
        ExpertView seen = expert;
        return seen != null && seen.personId().equals(caller.personId());
    }

    public boolean isLeft() {
        ExpertView seen = expert;
        return seen != null && seen.state() == ExpertState.LEFT;
    }

    /** Whether a regulator may admit the expert now. */
    public boolean isWaiting() {
        ExpertView seen = expert;
        return seen != null && (seen.state() == ExpertState.APPLIED || seen.state() == ExpertState.SUSPENDED);
    }

    public List<ExpertView.Tie> getTies() {
        return experts.ties(seen().id());
    }

    public List<ExpertView.Absence> getAbsences() {
        return experts.absences(seen().id());
    }

    public ExpertView.Tie.Kind[] getKinds() {
        return ExpertView.Tie.Kind.values();
    }

    /** Everybody who may buy or bid. */
    public List<OrganisationView> getOrganisations() {
        return organisations
                .list(new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of("nameZh"), null, Map.of()))
                .items();
    }

    public @Nullable ExpertView getExpert() {
        return expert;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title == null ? "" : title;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public @Nullable String getOrganisation() {
        return organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation;
    }

    public ExpertView.Tie.Kind getKind() {
        return kind;
    }

    public void setKind(ExpertView.Tie.Kind kind) {
        this.kind = kind;
    }

    public @Nullable LocalDate getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from;
    }

    public @Nullable LocalDate getUntil() {
        return until;
    }

    public void setUntil(@Nullable LocalDate until) {
        this.until = until;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = note == null ? "" : note;
    }
}
