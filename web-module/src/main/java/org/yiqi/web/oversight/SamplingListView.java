package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.SamplingView;
import org.yiqi.oversight.Samplings;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** Inspections by sample, the newest first. */
@Named
@RequestScoped
public class SamplingListView extends ListPage<SamplingView> {

    @Inject
    Samplings samplings;

    private @Nullable String state;
    private @Nullable String overdue;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("overdue", overdue);
        return filters;
    }

    @Override
    protected Page<SamplingView> find(ListQuery query) {
        return samplings.list(query);
    }

    @Override
    protected List<Column<SamplingView>> columns() {
        return List.of(
                column("oversight.sampling.number", SamplingView::number),
                column("oversight.sampling.title", SamplingView::title),
                column("oversight.sampling.by", this::authority),
                column("oversight.sampling.state", s -> texts.get("oversight.sampling.state." + s.state())),
                column("oversight.sampling.planned", SamplingView::plannedAt),
                column("oversight.sampling.due", SamplingView::dueOn),
                column("oversight.sampling.population", SamplingView::population),
                column("oversight.sampling.samples", SamplingView::samples),
                column("oversight.sampling.inspected", SamplingView::inspected),
                column("oversight.sampling.findings", SamplingView::findings));
    }

    public String authority(SamplingView sampling) {
        return language.get() == Lang.EN ? sampling.orgEn() : sampling.orgZh();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? null : state;
    }

    public @Nullable String getOverdue() {
        return overdue;
    }

    public void setOverdue(@Nullable String overdue) {
        this.overdue = overdue == null || overdue.isBlank() ? null : overdue;
    }
}
