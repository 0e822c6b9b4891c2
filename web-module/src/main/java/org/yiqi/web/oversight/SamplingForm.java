package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Category;
import org.yiqi.oversight.PlanSampling;
import org.yiqi.oversight.SamplingView;
import org.yiqi.oversight.Samplings;

/** An inspection by sample to plan. */
@Named
@ViewScoped
public class SamplingForm implements Serializable {

    @Inject
    Samplings samplings;

    private String title = "";
    private String purpose = "";
    private String region = "";
    private String category = "";
    private String[] classes = {"III"};
    private @Nullable LocalDate due;

    public String plan() {
        LocalDate by = due;
        if (by == null) {
            return "";
        }
        SamplingView planned = samplings.plan(
                new PlanSampling(title, purpose, region.strip(), category, Set.copyOf(Arrays.asList(classes)), by));
        return "/oversight/sampling?faces-redirect=true&id=" + planned.id();
    }

    public List<String> getCategories() {
        return Category.all();
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title == null ? "" : title;
    }

    public String getPurpose() {
        return purpose;
    }

    public void setPurpose(@Nullable String purpose) {
        this.purpose = purpose == null ? "" : purpose;
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = region == null ? "" : region;
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category == null ? "" : category;
    }

    public String[] getClasses() {
        return classes.clone();
    }

    public void setClasses(String @Nullable [] classes) {
        this.classes = classes == null ? new String[0] : classes.clone();
    }

    public @Nullable LocalDate getDue() {
        return due;
    }

    public void setDue(@Nullable LocalDate due) {
        this.due = due;
    }
}
