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
import org.yiqi.oversight.CaseStage;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.Cases;
import org.yiqi.oversight.WatchRunner;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** Cases of the watch over the ledger, one page at a time, and one of them at full length. */
@Named
@RequestScoped
public class CaseListView extends ListPage<CaseView> {

    private static final String OPEN = "OPEN";
    private static final String EVERY_STATE = "ALL";

    @Inject
    Cases cases;

    @Inject
    WatchRunner watch;

    @Inject
    Caller caller;

    @Inject
    Formats formats;

    @Inject
    OrganisationNames organisations;

    private String state = OPEN;
    private @Nullable String due;
    private @Nullable String watched;
    private @Nullable String joint;
    private @Nullable String id;
    private @Nullable String conclusion;
    private @Nullable CaseView one;

    /** The form of a case is decoded before Faces updates its view parameters: which one is known from the address at once. */
    @PostConstruct
    void readAddress() {
        setId(Faces.getRequestParameter("id"));
    }

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state.equals(EVERY_STATE) ? null : state);
        filters.put("due", due);
        filters.put("watch", watched);
        filters.put("joint", joint);
        return filters;
    }

    /** Which state is shown belongs to the address even where it filters nothing. */
    @Override
    protected Map<String, String> manner() {
        return state.equals(EVERY_STATE) ? Map.of("state", state) : Map.of();
    }

    @Override
    protected Page<CaseView> find(ListQuery query) {
        return cases.list(query);
    }

    @Override
    protected List<Column<CaseView>> columns() {
        return List.of(
                column("oversight.recall.number", CaseView::number),
                column("oversight.recall.title", CaseView::title),
                column("oversight.stage", c -> texts.get("oversight.stage." + c.stage())),
                column("oversight.cases.kind", c -> texts.get("oversight.kind." + c.kind())),
                column("oversight.table", CaseView::table),
                column("oversight.row", CaseView::rowId),
                column("oversight.column", CaseView::column),
                column("oversight.expected", CaseView::expected),
                column("oversight.found", CaseView::found),
                column("oversight.cases.opened", CaseView::openedAt),
                column("oversight.cases.state", c -> texts.get("oversight.cases." + c.state())),
                column("oversight.cases.closed", CaseView::closedAt),
                column("oversight.cases.conclusion", CaseView::conclusion));
    }

    /** The case that the address names, or null for the list alone. */
    public @Nullable CaseView getOne() {
        if (one == null && id != null) {
            try {
                one = cases.get(UUID.fromString(id));
            } catch (IllegalArgumentException e) {
                throw new NotFound("oversight.case-not-found", "No such case");
            }
        }
        return one;
    }

    public boolean isClosable() {
        CaseView open = getOne();
        return open != null
                && open.state().equals(OPEN)
                && (caller.has(Roles.REGULATOR) || caller.has(Roles.PLATFORM_OPERATOR))
                && (open.leadOrg() == null || open.isWorkedOnBy(caller.orgId()))
                && !open.stage().asks()
                && open.stage() != CaseStage.FINDING
                && open.stage() != CaseStage.DECISION;
    }

    /** Closes the case in the version that the page showed. */
    public String close() {
        CaseView open = getOne();
        if (open == null) {
            throw new NotFound("oversight.case-not-found", "No such case");
        }
        String seen = Faces.getRequestParameter("seen");
        long version = seen == null || !seen.matches("\\d{1,18}") ? open.version() : Long.parseLong(seen);
        cases.close(open.id(), version, conclusion == null ? "" : conclusion);
        return "/oversight/cases?faces-redirect=true&id=" + open.id();
    }

    /** A value of a row; where it is the id of an organisation, with its name. */
    public String said(String value) {
        try {
            String name = organisations.name(UUID.fromString(value));
            return name.equals(value) ? value : name + " · " + value;
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** The custody trace that a case belongs to, or empty. */
    public String traceOf(CaseView view) {
        return view.subject().startsWith("custody:") || view.subject().startsWith("holds:")
                ? view.subject().substring(view.subject().indexOf(':') + 1)
                : "";
    }

    public String getLastPass() {
        return watch.lastPass() == null ? texts.get("oversight.cases.never") : formats.dateTime(watch.lastPass());
    }

    public String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? OPEN : state;
    }

    /** Until when an answer must have been due, to list what is overdue. */
    public @Nullable String getDue() {
        return due;
    }

    public void setDue(@Nullable String due) {
        this.due = due == null || due.isBlank() ? null : due;
    }

    public @Nullable String getWatched() {
        return watched;
    }

    public void setWatched(@Nullable String watched) {
        this.watched = watched == null || watched.isBlank() ? null : watched;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null || id.isBlank() ? null : id;
    }

    public @Nullable String getConclusion() {
        return conclusion;
    }

    public void setConclusion(@Nullable String conclusion) {
        this.conclusion = conclusion;
    }

    public @Nullable String getJoint() {
        return joint;
    }

    public void setJoint(@Nullable String joint) {
        this.joint = joint == null || joint.isBlank() ? null : joint;
    }
}
