package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.equipment.UnitRow;
import org.yiqi.equipment.Units;
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
import org.yiqi.web.shell.ListPage;

/** Acts that concern the caller's organisation, and those that wait for its signature. */
@Named
@RequestScoped
public class ActListView extends ListPage<ActView> {

    @Inject
    Acts acts;

    @Inject
    LedgerStatuses statuses;

    @Inject
    OrganisationKeys keys;

    @Inject
    Organisations organisations;

    @Inject
    Units units;

    @Inject
    Caller caller;

    private @Nullable String state;
    private @Nullable LedgerStatus status;
    private @Nullable Boolean held;
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<UUID, String> devices = new HashMap<>();

    /** One line of the list. */
    public record Row(
            UUID id,
            String type,
            String kind,
            UUID subjectId,
            boolean unit,
            String device,
            Instant occurredAt,
            String parties,
            String missing,
            String state,
            @Nullable String refusal,
            boolean mine,
            boolean byTool) {}

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("state", state);
        return filters;
    }

    @Override
    protected Page<ActView> find(ListQuery query) {
        Page<ActView> page = acts.list(query);
        readNames(page.items());
        return page;
    }

    @Override
    protected List<Column<ActView>> columns() {
        return List.of(
                column(
                        "ledger.act",
                        a -> texts.get("ledger.type." + a.signed().act().type())),
                column("ledger.device", this::device),
                column("ledger.parties", this::parties),
                column("ledger.occurred", a -> a.signed().act().occurredAt()),
                column("ledger.state", a -> texts.get("ledger.state." + a.state())),
                column("ledger.missing", this::missing),
                column("ledger.refusal", a -> a.refusal() == null ? "" : texts.get("problem." + a.refusal())),
                column("ledger.id", ActView::id));
    }

    public List<Row> getRows() {
        return getItems().stream().map(this::row).toList();
    }

    private Row row(ActView view) {
        Subject subject = view.signed().act().subject();
        boolean mine = view.state() == ActState.WAITING_SIGNATURE
                && caller.has(Roles.SIGNATORY)
                && view.missing().contains(caller.orgId());
        return new Row(
                view.id(),
                view.signed().act().type(),
                subject.kind().name(),
                subject.id(),
                subject.kind() == Subject.Kind.CUSTODY || subject.kind() == Subject.Kind.HOLDS,
                device(view),
                view.signed().act().occurredAt(),
                parties(view),
                missing(view),
                view.state().name(),
                view.refusal(),
                mine,
                mine && byTool(view));
    }

    private String parties(ActView view) {
        return view.signed().act().parties().stream()
                .filter(party -> party.role() != PartyRole.REGULATOR)
                .map(party -> name(party.org()))
                .collect(Collectors.joining(" → "));
    }

    private String missing(ActView view) {
        return view.missing().stream().map(this::name).collect(Collectors.joining(", "));
    }

    /** Which device an act is about; empty for those that the reader does not see, and for acts about organisations. */
    private String device(ActView view) {
        return devices.getOrDefault(view.signed().act().subject().id(), "");
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
        all(views.stream()
                        .flatMap(view -> view.signed().act().parties().stream())
                        .map(Party::org)
                        .toList())
                .forEach(query -> {
                    for (OrganisationView org : organisations.list(query).items()) {
                        names.put(org.id(), org.name(language.getTag()));
                    }
                });
        all(views.stream()
                        .map(view -> view.signed().act().subject())
                        .filter(subject -> subject.kind() != Subject.Kind.ORGANISATION)
                        .map(Subject::id)
                        .toList())
                .forEach(query -> {
                    for (UnitRow unit : units.list(query).items()) {
                        devices.put(unit.id(), unit.modelName(language.getTag()) + " · " + unit.assetTag());
                    }
                });
    }

    /** Asks for all of these at once, in as few lists as their limit allows. */
    private List<ListQuery> all(Collection<UUID> ids) {
        List<String> wanted = ids.stream().distinct().map(UUID::toString).toList();
        return IntStream.range(0, (wanted.size() + ListQuery.MAX_LIMIT - 1) / ListQuery.MAX_LIMIT)
                .mapToObj(i ->
                        wanted.subList(i * ListQuery.MAX_LIMIT, Math.min(wanted.size(), (i + 1) * ListQuery.MAX_LIMIT)))
                .map(part -> new ListQuery(ListQuery.MAX_LIMIT, 0, null, List.of(), null, Map.of("id", part)))
                .toList();
    }

    private String name(UUID org) {
        return names.getOrDefault(org, org.toString());
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

    public List<String> getStates() {
        return Arrays.stream(ActState.values()).map(Enum::name).toList();
    }

    public @Nullable String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = state != null && getStates().contains(state) ? state : null;
    }
}
