package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.KeyView;
import org.yiqi.ledger.LedgerStatus;
import org.yiqi.ledger.LedgerStatuses;
import org.yiqi.ledger.OrganisationKeys;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Language;

/** Acts that concern the caller's organisation, and those that wait for its signature. */
@Named
@RequestScoped
public class ActListView {

    private static final int ROWS = 25;

    @Inject
    Acts acts;

    @Inject
    LedgerStatuses statuses;

    @Inject
    OrganisationKeys keys;

    @Inject
    Organisations organisations;

    @Inject
    Caller caller;

    @Inject
    Language language;

    private @Nullable String q;
    private @Nullable String state;
    private int page = 1;
    private @Nullable Page<ActView> found;
    private @Nullable LedgerStatus status;
    private @Nullable Boolean held;
    private final Map<UUID, String> names = new HashMap<>();

    /** One line of the list. */
    public record Row(
            UUID id,
            String type,
            String kind,
            UUID subjectId,
            boolean unit,
            Instant occurredAt,
            String parties,
            String missing,
            String state,
            @Nullable String refusal,
            boolean mine,
            boolean byTool) {}

    public List<Row> getRows() {
        Page<ActView> list = list();
        readNames(list.items());
        List<Row> rows = new ArrayList<>();
        for (ActView view : list.items()) {
            Subject subject = view.signed().act().subject();
            boolean mine = view.state() == ActState.WAITING_SIGNATURE
                    && caller.has(Roles.SIGNATORY)
                    && view.missing().contains(caller.orgId());
            rows.add(new Row(
                    view.id(),
                    view.signed().act().type(),
                    subject.kind().name(),
                    subject.id(),
                    subject.kind() == Subject.Kind.CUSTODY || subject.kind() == Subject.Kind.HOLDS,
                    view.signed().act().occurredAt(),
                    view.signed().act().parties().stream()
                            .filter(party -> party.role() != PartyRole.REGULATOR)
                            .map(party -> name(party.org()))
                            .reduce((a, b) -> a + " → " + b)
                            .orElse(""),
                    view.missing().stream()
                            .map(this::name)
                            .reduce((a, b) -> a + ", " + b)
                            .orElse(""),
                    view.state().name(),
                    view.refusal(),
                    mine,
                    mine && byTool(view)));
        }
        return rows;
    }

    /** Whether only the organisation itself can sign: because it holds its key, or brings one in that it holds. */
    private boolean byTool(ActView view) {
        boolean own = LedgerRules.newKey(view.signed().act())
                .filter(key -> key.org().equals(caller.orgId()) && key.custody() == OrganisationKey.Custody.HELD)
                .isPresent();
        return own || isHeld();
    }

    private boolean isHeld() {
        Boolean read = held;
        if (read == null) {
            read = keys.of(caller.orgId()).stream()
                    .anyMatch(key ->
                            key.state() == KeyView.State.VALID && key.custody().equals("HELD"));
            held = read;
        }
        return read;
    }

    private void readNames(List<ActView> views) {
        List<String> ids = views.stream()
                .flatMap(view -> view.signed().act().parties().stream())
                .map(Party::org)
                .distinct()
                .limit(ListQuery.MAX_LIMIT)
                .map(UUID::toString)
                .toList();
        if (!ids.isEmpty()) {
            ListQuery query = new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of("id", ids));
            for (OrganisationView org : organisations.list(query).items()) {
                names.put(org.id(), language.getTag().startsWith("en") ? org.nameEn() : org.nameZh());
            }
        }
    }

    private String name(UUID org) {
        return names.getOrDefault(org, org.toString());
    }

    private Page<ActView> list() {
        Page<ActView> list = found;
        if (list == null) {
            Map<String, List<String>> filters = state == null ? Map.of() : Map.of("state", List.of(state));
            list = acts.list(new ListQuery(ROWS, (page - 1) * ROWS, null, List.of(), q, filters));
            found = list;
        }
        return list;
    }

    /** Signs the act that the pressed button was made for. */
    public String sign() {
        String act = Faces.getRequestParameter("act");
        try {
            acts.sign(UUID.fromString(String.valueOf(act)));
        } catch (IllegalArgumentException e) {
            throw new NotFound("ledger.act-not-found", "No such act");
        }
        return "/ledger/acts?faces-redirect=true" + (state == null ? "" : "&state=" + state);
    }

    public LedgerStatus getStatus() {
        LedgerStatus read = status;
        if (read == null) {
            read = statuses.now();
            status = read;
        }
        return read;
    }

    public long getTotal() {
        return list().total();
    }

    public boolean isMore() {
        return (long) page * ROWS < getTotal();
    }

    public boolean isFiltered() {
        return q != null || state != null;
    }

    public List<String> getStates() {
        return Arrays.stream(ActState.values()).map(Enum::name).toList();
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(@Nullable String q) {
        this.q = q == null || q.isBlank() ? null : q.strip();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state != null && getStates().contains(state) ? state : null;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, Math.min(page, 100_000));
    }
}
