package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.ExpertState;
import org.yiqi.procurement.ExpertView;
import org.yiqi.procurement.Experts;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The pool, the latest applications first. */
@Named
@RequestScoped
public class ExpertListView extends ListPage<ExpertView> {

    @Inject
    Experts experts;

    private @Nullable String state;
    private @Nullable String specialty;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("specialty", specialty);
        return filters;
    }

    @Override
    protected Page<ExpertView> find(ListQuery query) {
        return experts.list(query);
    }

    @Override
    protected List<Column<ExpertView>> columns() {
        return List.of(
                column("procurement.expert", ExpertView::name),
                column("procurement.expert.title", ExpertView::title),
                column("procurement.expert.specialties", e -> specialties(e)),
                column("procurement.state", e -> texts.get("procurement.expertState." + e.state())),
                column("procurement.expert.appliedAt", ExpertView::appliedAt));
    }

    /** What an expert can judge, in the reader's language. */
    public String specialties(ExpertView expert) {
        return String.join(
                language.getTag().startsWith("zh") ? "、" : ", ",
                expert.specialties().stream()
                        .map(each -> texts.get("equipment.category." + each))
                        .toList());
    }

    public ExpertState[] getStates() {
        return ExpertState.values();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getSpecialty() {
        return specialty;
    }

    public void setSpecialty(@Nullable String specialty) {
        this.specialty = specialty;
    }
}
