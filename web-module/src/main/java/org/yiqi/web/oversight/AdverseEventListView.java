package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.oversight.AdverseDuty;
import org.yiqi.oversight.AdverseEventView;
import org.yiqi.oversight.AdverseEvents;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** Adverse events, the newest first, and one of them with what is due. */
@Named
@RequestScoped
public class AdverseEventListView extends ListPage<AdverseEventView> {

    @Inject
    AdverseEvents events;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable String red;
    private String id = "";
    private @Nullable AdverseEventView one;
    private String text = "";

    /** A form of this page is decoded before Faces updates its view parameters. */
    @PostConstruct
    void readAddress() {
        setId(Faces.getRequestParameter("id"));
    }

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        filters.put("red", red);
        return filters;
    }

    @Override
    protected Page<AdverseEventView> find(ListQuery query) {
        return events.list(query);
    }

    @Override
    protected List<Column<AdverseEventView>> columns() {
        return List.of(
                column("oversight.recall.number", AdverseEventView::number),
                column("oversight.adverse.harm", e -> texts.get("oversight.harm." + e.harm())),
                column("oversight.unit", this::unit),
                column("oversight.serial", AdverseEventView::serial),
                column("oversight.recall.organisation", this::organisation),
                column("oversight.adverse.known", AdverseEventView::knownAt),
                column("oversight.recall.due", AdverseEventView::dueAt),
                column("oversight.recall.state", e -> texts.get("oversight.adverse.state." + e.state())),
                column("oversight.adverse.what", AdverseEventView::what));
    }

    public @Nullable AdverseEventView getOne() {
        if (one == null && !id.isEmpty()) {
            one = events.get(uuid());
        }
        return one;
    }

    private UUID uuid() {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("oversight.adverse-event-not-found", "No such adverse event", e);
        }
    }

    public List<AdverseDuty> getDuties() {
        return events.duties(uuid());
    }

    public String unit(AdverseEventView event) {
        return language.get() == Lang.EN && !event.nameEn().isEmpty() ? event.nameEn() : event.nameZh();
    }

    public String organisation(AdverseEventView event) {
        return language.get() == Lang.EN ? event.orgEn() : event.orgZh();
    }

    public boolean isReportable() {
        AdverseEventView event = getOne();
        boolean may = caller.has(Roles.CLINICAL) || caller.has(Roles.EQUIPMENT) || caller.has(Roles.ORG_ADMIN);
        return event != null && may && !event.duty().isEmpty() && event.orgId().equals(caller.orgId());
    }

    public boolean isAssessable() {
        AdverseEventView event = getOne();
        return event != null && caller.has(Roles.REGULATOR) && event.state().equals("REPORTED");
    }

    public String report() {
        events.report(uuid(), text);
        return here();
    }

    public String assess() {
        String seen = Faces.getRequestParameter("seen");
        long version =
                seen == null || !seen.matches("\\d{1,18}") ? events.get(uuid()).version() : Long.parseLong(seen);
        events.assess(uuid(), version, text);
        return here();
    }

    private String here() {
        return "/oversight/adverse-events?faces-redirect=true&id=" + id;
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? null : state;
    }

    public @Nullable String getRed() {
        return red;
    }

    public void setRed(@Nullable String red) {
        this.red = red == null || red.isBlank() ? null : red;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
