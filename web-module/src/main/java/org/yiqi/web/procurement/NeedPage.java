package org.yiqi.web.procurement;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.NeedState;
import org.yiqi.procurement.NeedView;
import org.yiqi.procurement.Needs;
import org.yiqi.procurement.RaiseNeed;
import org.yiqi.shared.problem.NotFound;

/** A need to raise, or one to look at and answer. */
@Named
@ViewScoped
public class NeedPage implements Serializable {

    @Inject
    Needs needs;

    private String id = "";
    private @Nullable NeedView need;
    private String department = "";
    private String category = "";
    private String title = "";
    private int quantity = 1;
    private String reason = "";
    private @Nullable LocalDate wantedBy;
    private String answer = "";

    /** Reads the need of the address. */
    public void open() {
        if (!id.isEmpty()) {
            need = needs.get(uuid(id));
        }
    }

    public String raise() {
        LocalDate day = wantedBy;
        if (day == null) {
            return "";
        }
        NeedView raised = needs.raise(new RaiseNeed(department, category, title, quantity, reason, day));
        return "/procurement/need?faces-redirect=true&id=" + raised.id();
    }

    public String decline() {
        NeedView seen = need;
        if (seen != null) {
            needs.decline(seen.id(), seen.version(), answer);
        }
        return "/procurement/need?faces-redirect=true&id=" + id;
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("procurement.need-not-found", "No such need", e);
        }
    }

    public boolean isOpen() {
        NeedView seen = need;
        return seen != null && seen.state() == NeedState.OPEN;
    }

    public @Nullable NeedView getNeed() {
        return need;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getDepartment() {
        return department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department == null ? "" : department;
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category == null ? "" : category;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title == null ? "" : title;
    }

    public int getQuantity() {
        return quantity;
    }

    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public @Nullable LocalDate getWantedBy() {
        return wantedBy;
    }

    public void setWantedBy(@Nullable LocalDate wantedBy) {
        this.wantedBy = wantedBy;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }
}
