package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.oversight.CaseView;
import org.yiqi.oversight.Cases;
import org.yiqi.oversight.WatchRunner;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Formats;
import org.yiqi.web.shell.OrganisationNames;
import org.yiqi.web.shell.Texts;

/** Cases of the watch over the ledger, one page at a time, and one of them at full length. */
@Named
@RequestScoped
public class CaseListView {

    private static final int ROWS = 25;
    private static final String OPEN = "OPEN";

    @Inject
    Cases cases;

    @Inject
    WatchRunner watch;

    @Inject
    Caller caller;

    @Inject
    Texts texts;

    @Inject
    Formats formats;

    @Inject
    OrganisationNames organisations;

    private @Nullable String state = OPEN;
    private @Nullable String id;
    private int page = 1;
    private @Nullable String conclusion;
    private @Nullable Page<CaseView> found;
    private @Nullable CaseView one;

    /** The form of a case is decoded before Faces updates its view parameters: which one is known from the address at once. */
    @PostConstruct
    void readAddress() {
        setId(Faces.getRequestParameter("id"));
    }

    public List<CaseView> getItems() {
        return list().items();
    }

    public long getTotal() {
        return list().total();
    }

    public boolean isMore() {
        return (long) page * ROWS < getTotal();
    }

    private Page<CaseView> list() {
        Page<CaseView> list = found;
        if (list == null) {
            Map<String, List<String>> filters =
                    state == null || state.equals("ALL") ? Map.of() : Map.of("state", List.of(state));
            list = cases.list(new ListQuery(ROWS, (page - 1) * ROWS, null, List.of(), null, filters));
            found = list;
        }
        return list;
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
                && (caller.has(Roles.REGULATOR) || caller.has(Roles.PLATFORM_OPERATOR));
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

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state == null || state.isBlank() ? OPEN : state;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null || id.isBlank() ? null : id;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, Math.min(page, 100_000));
    }

    public @Nullable String getConclusion() {
        return conclusion;
    }

    public void setConclusion(@Nullable String conclusion) {
        this.conclusion = conclusion;
    }
}
