package org.yiqi.web.oversight;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.LookView;
import org.yiqi.oversight.Looks;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** Which regulator looked at the reader's units, the newest first. */
@Named
@RequestScoped
public class LookListView extends ListPage<LookView> {

    @Inject
    Looks looks;

    private @Nullable String unit;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("unit", unit);
        return filters;
    }

    @Override
    protected Page<LookView> find(ListQuery query) {
        return looks.list(query);
    }

    @Override
    protected List<Column<LookView>> columns() {
        return List.of(
                column("oversight.look.at", LookView::at),
                column("oversight.case.regulator", l -> name(l.regulatorZh(), l.regulatorEn())),
                column("oversight.look.what", l -> texts.get("oversight.look." + l.action())),
                column("oversight.look.subject", l -> texts.get("oversight.look.kind." + l.subjectKind())),
                column("oversight.unit", l -> name(l.nameZh(), l.nameEn())),
                column("oversight.serial", LookView::serial),
                column("oversight.assetTag", LookView::assetTag));
    }

    /** A name in the reader's language. */
    public String name(String zh, String en) {
        return language.get() == Lang.EN && !en.isEmpty() ? en : zh;
    }

    public @Nullable String getUnit() {
        return unit;
    }

    public void setUnit(@Nullable String unit) {
        this.unit = unit == null || unit.isBlank() ? null : unit;
    }
}
