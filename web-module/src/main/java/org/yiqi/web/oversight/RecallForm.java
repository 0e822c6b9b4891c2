package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ModelView;
import org.yiqi.equipment.Models;
import org.yiqi.oversight.IssueRecall;
import org.yiqi.oversight.RecallClass;
import org.yiqi.oversight.RecallPreview;
import org.yiqi.oversight.RecallScope;
import org.yiqi.oversight.RecallView;
import org.yiqi.oversight.Recalls;
import org.yiqi.shared.problem.NotFound;

/** A recall to issue: first what it would reach, then the deed. */
@Named
@ViewScoped
public class RecallForm implements Serializable {

    @Inject
    Recalls recalls;

    @Inject
    Models models;

    private String model = "";
    private String modelName = "";
    private String identifier = "";
    private String lot = "";
    private String serialFrom = "";
    private String serialTo = "";
    private String title = "";
    private String reason = "";
    private RecallClass recallClass = RecallClass.II;
    private transient @Nullable RecallPreview preview;

    /** Takes over the model of the address. */
    public void open() {
        if (!model.isEmpty()) {
            ModelView view = models.get(modelId());
            modelName = view.nameZh() + " " + view.nameEn() + " · " + view.manufacturer();
        }
    }

    private UUID modelId() {
        try {
            return UUID.fromString(model);
        } catch (IllegalArgumentException e) {
            throw new NotFound("equipment.model-not-found", "No such model", e);
        }
    }

    private RecallScope scope() {
        return new RecallScope(model.isEmpty() ? null : modelId(), identifier, lot, serialFrom, serialTo);
    }

    public void look() {
        preview = recalls.preview(scope());
    }

    /** The acts are signed on the recall's own page, where one sees how far they have come. */
    public String issue() {
        RecallView issued = recalls.issue(new IssueRecall(title, reason, recallClass, scope()));
        return "/oversight/recall?faces-redirect=true&id=" + issued.id();
    }

    public List<RecallClass> getClasses() {
        return List.of(RecallClass.values());
    }

    public @Nullable RecallPreview getPreview() {
        return preview;
    }

    public String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model == null ? "" : model;
    }

    public String getModelName() {
        return modelName;
    }

    public String getIdentifier() {
        return identifier;
    }

    public void setIdentifier(@Nullable String identifier) {
        this.identifier = identifier == null ? "" : identifier;
    }

    public String getLot() {
        return lot;
    }

    public void setLot(@Nullable String lot) {
        this.lot = lot == null ? "" : lot;
    }

    public String getSerialFrom() {
        return serialFrom;
    }

    public void setSerialFrom(@Nullable String serialFrom) {
        this.serialFrom = serialFrom == null ? "" : serialFrom;
    }

    public String getSerialTo() {
        return serialTo;
    }

    public void setSerialTo(@Nullable String serialTo) {
        this.serialTo = serialTo == null ? "" : serialTo;
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

    public RecallClass getRecallClass() {
        return recallClass;
    }

    public void setRecallClass(RecallClass recallClass) {
        this.recallClass = recallClass;
    }
}
