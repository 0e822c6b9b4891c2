package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.CaseWork;
import org.yiqi.oversight.OpenCase;
import org.yiqi.shared.problem.RuleViolation;

/** A case to open. */
@Named
@ViewScoped
public class CaseForm implements Serializable {

    @Inject
    CaseWork work;

    private String kind = "AUDIT";
    private String title = "";
    private String reason = "";
    private String organisation = "";
    private String model = "";
    private boolean planned = true;

    public String open() {
        CaseView opened = work.open(
                new OpenCase(kind, title, reason, id(organisation, "/concernedOrg"), id(model, "/modelId"), planned));
        return "/oversight/cases?faces-redirect=true&id=" + opened.id();
    }

    private static @Nullable UUID id(String text, String pointer) {
        try {
            return text.isBlank() ? null : UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw new RuleViolation("oversight.case-invalid", "Not an id", e).at(pointer, "an id");
        }
    }

    public List<String> getKinds() {
        return List.of("AUDIT", "COMPLAINT", "INCIDENT");
    }

    public String getKind() {
        return kind;
    }

    public void setKind(@Nullable String kind) {
        this.kind = kind == null ? "" : kind;
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

    public String getOrganisation() {
        return organisation;
    }

    public void setOrganisation(@Nullable String organisation) {
        this.organisation = organisation == null ? "" : organisation;
    }

    public String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model == null ? "" : model;
    }

    public boolean isPlanned() {
        return planned;
    }

    public void setPlanned(boolean planned) {
        this.planned = planned;
    }
}
