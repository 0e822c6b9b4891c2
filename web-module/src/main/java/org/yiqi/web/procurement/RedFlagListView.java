package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.RedFlagView;
import org.yiqi.procurement.RedFlags;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** Leads from the open data, the newest first. */
@Named
@RequestScoped
public class RedFlagListView extends ListPage<RedFlagView> {

    private static final List<String> INDICATORS = List.of(
            "R003", "R011", "R017", "R018", "R022", "R023", "R024", "R025", "R028", "R030", "R035", "R036", "R038",
            "R041", "R044", "R048", "R058", "Y037");

    @Inject
    RedFlags flags;

    private @Nullable String state;
    private @Nullable String indicator;
    private String reason = "";

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("indicator", indicator);
        return filters;
    }

    @Override
    protected Page<RedFlagView> find(ListQuery query) {
        return flags.list(query);
    }

    @Override
    protected List<Column<RedFlagView>> columns() {
        return List.of(
                column("procurement.flag.indicator", RedFlagView::indicator),
                column("procurement.flag.says", this::says),
                column("procurement.flag.subject", RedFlagView::subject),
                column("procurement.flag.foundAt", RedFlagView::foundAt),
                column("procurement.state", f -> texts.get("procurement.flagState." + f.state())));
    }

    /** What the indicator says, with its figures. */
    public String says(RedFlagView flag) {
        Map<String, String> facts = flag.facts();
        return texts.format(
                "procurement.flag." + flag.indicator(),
                facts.getOrDefault("days", ""),
                facts.getOrDefault("price", ""),
                Math.round(flag.value() * 1000) / 10.0,
                Math.round(flag.value()),
                facts.getOrDefault("least", ""),
                Stream.of(facts.getOrDefault("common", "").split(","))
                        .filter(name -> !name.isEmpty())
                        .map(name -> texts.get("procurement.flagCommon." + name))
                        .collect(Collectors.joining(texts.get("procurement.flag.and"))));
    }

    public String dismiss(UUID id) {
        flags.dismiss(id, reason);
        return "/procurement/red-flags?faces-redirect=true&state=OPEN";
    }

    public RedFlagView.State[] getStates() {
        return RedFlagView.State.values();
    }

    public List<String> getIndicators() {
        return INDICATORS;
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state;
    }

    public @Nullable String getIndicator() {
        return indicator;
    }

    public void setIndicator(@Nullable String indicator) {
        this.indicator = indicator;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
