package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.FaultReport;
import org.yiqi.maintenance.FaultReports;
import org.yiqi.maintenance.Symptom;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.Language;

/** The page behind the code on a unit's label: report a fault without a login. It tells model and asset tag, nothing else. */
@Named
@ViewScoped
public class ReportPage implements Serializable {

    @Inject
    FaultReports reports;

    @Inject
    Language language;

    @Inject
    HttpServletRequest request;

    private String label = "";
    private String typed = "";
    private String model = "";
    private String assetTag = "";
    private String state = "ask";
    private Symptom symptom = Symptom.OTHER;
    private String description = "";
    private boolean danger;
    private String reference = "";
    private transient @Nullable Part photo;

    /** Looks the label up when the page opens; an unknown one asks for the code again. */
    public void open() {
        if (label.isBlank()) {
            return;
        }
        try {
            FaultReports.Labelled unit = reports.look(label, request.getRemoteAddr());
            model = language.get() == Lang.ZH ? unit.modelNameZh() : unit.modelNameEn();
            assetTag = unit.assetTag();
            state = "form";
        } catch (NotFound e) {
            state = "unknown";
        } catch (Conflict e) {
            state = "wait";
        }
    }

    public String look() {
        return "/report?faces-redirect=true&unit=" + typed.strip().replaceAll("[^0-9A-Za-z-]", "");
    }

    public void send() {
        reference = reports.report(
                        new FaultReport(label, symptom, description, danger, Photos.of(photo)), request.getRemoteAddr())
                .reference();
        state = "sent";
    }

    public Symptom[] getSymptoms() {
        return Symptom.values();
    }

    /** ask, unknown, wait, form or sent. */
    public String getState() {
        return state;
    }

    public String getModel() {
        return model;
    }

    public String getAssetTag() {
        return assetTag;
    }

    public String getReference() {
        return reference;
    }

    public String getLabel() {
        return label;
    }

    public void setLabel(@Nullable String label) {
        this.label = label == null ? "" : label;
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(String typed) {
        this.typed = typed;
    }

    public Symptom getSymptom() {
        return symptom;
    }

    public void setSymptom(Symptom symptom) {
        this.symptom = symptom;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public boolean isDanger() {
        return danger;
    }

    public void setDanger(boolean danger) {
        this.danger = danger;
    }

    public @Nullable Part getPhoto() {
        return photo;
    }

    public void setPhoto(@Nullable Part photo) {
        this.photo = photo;
    }
}
