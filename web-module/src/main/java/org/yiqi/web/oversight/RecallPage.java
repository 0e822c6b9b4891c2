package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.oversight.RecallNotice;
import org.yiqi.oversight.RecallNotices;
import org.yiqi.oversight.RecallView;
import org.yiqi.oversight.RecalledBooking;
import org.yiqi.oversight.RecalledUnit;
import org.yiqi.oversight.RecalledUnits;
import org.yiqi.oversight.Recalls;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** One recall: its units as a list, its notices and bookings, and what the reader may do about it. */
@Named
@RequestScoped
public class RecallPage extends ListPage<RecalledUnit> {

    private static final String UNITS = "units";

    @Inject
    Recalls recalls;

    @Inject
    RecalledUnits units;

    @Inject
    RecallNotices notices;

    @Inject
    Caller caller;

    private String id = "";
    private String view = UNITS;
    private @Nullable String foundAs;
    private @Nullable RecallView recall;
    private @Nullable List<RecallNotice> told;
    private String answer = "";
    private String reason = "";

    /** A form of this page is decoded before Faces updates its view parameters: which recall it is about is known at once. */
    @PostConstruct
    void readAddress() {
        setId(Faces.getRequestParameter("id"));
    }

    public RecallView getRecall() {
        RecallView known = recall;
        if (known == null) {
            known = recalls.get(uuid());
            recall = known;
        }
        return known;
    }

    private UUID uuid() {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("oversight.recall-not-found", "No such recall", e);
        }
    }

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("foundAs", foundAs);
        return filters;
    }

    @Override
    protected Map<String, String> manner() {
        return Map.of("id", id);
    }

    @Override
    protected Page<RecalledUnit> find(ListQuery query) {
        return units.list(uuid(), query);
    }

    @Override
    protected void each(ListQuery query, Consumer<RecalledUnit> consumer) {
        units.export(uuid(), query, consumer);
    }

    @Override
    protected List<Column<RecalledUnit>> columns() {
        return List.of(
                column("oversight.unit", this::unit),
                column("oversight.serial", RecalledUnit::serial),
                column("oversight.recall.lot", RecalledUnit::lot),
                column("oversight.assetTag", RecalledUnit::assetTag),
                column("oversight.owner", u -> name(u.ownerZh(), u.ownerEn())),
                column("oversight.recall.custodian", u -> name(u.custodianZh(), u.custodianEn())),
                column("oversight.recall.region", RecalledUnit::regionCode),
                column("oversight.recall.foundAs", u -> texts.get("oversight.recall.foundAs." + u.foundAs())),
                column("oversight.recall.foundAt", RecalledUnit::foundAt),
                column("oversight.recall.status", u -> texts.get("equipment.status." + u.status())),
                column("oversight.recall.held", u -> texts.get("oversight.recall.hold." + u.held())),
                column("oversight.recall.act", this::act));
    }

    public String unit(RecalledUnit unit) {
        return name(unit.nameZh(), unit.nameEn());
    }

    /** A name in the reader's language. */
    public String name(String zh, String en) {
        String first = language.get() == Lang.EN ? en : zh;
        return first.isEmpty() ? zh + en : first;
    }

    /** How far the act of a unit has come, in words. */
    public String act(RecalledUnit unit) {
        if (!unit.refusal().isEmpty()) {
            return texts.get("oversight.recall.refused");
        }
        return unit.actState().isEmpty() ? "–" : texts.get("ledger.state." + unit.actState());
    }

    public List<RecallNotice> getNotices() {
        List<RecallNotice> known = told;
        if (known == null) {
            known = notices.list(new ListQuery(
                            ListQuery.MAX_LIMIT, 0, null, List.of("dueAt"), null, Map.of("recall", List.of(id))))
                    .items();
            told = known;
        }
        return known;
    }

    public List<RecalledBooking> getBookings() {
        return units.bookings(uuid());
    }

    /** The notice that the reader's organisation has still to confirm, if there is one. */
    public @Nullable RecallNotice getToConfirm() {
        boolean may = caller.has(Roles.EQUIPMENT)
                || caller.has(Roles.SIGNATORY)
                || caller.has(Roles.ORG_ADMIN)
                || caller.has(Roles.SUPPLIER)
                || caller.has(Roles.RECYCLER);
        return may
                ? getNotices().stream()
                        .filter(n -> n.orgId().equals(caller.orgId()) && n.receivedAt() == null)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    public boolean isMine() {
        return caller.has(Roles.REGULATOR) && getRecall().orgId().equals(caller.orgId());
    }

    /** Signs the next acts; the page asks again until none is left. */
    public void sign() {
        recalls.sign(uuid(), false);
        recall = null;
    }

    /** Asks the ledger once more for what it would not take. */
    public String signAgain() {
        recalls.sign(uuid(), true);
        return here();
    }

    public String remind() {
        notices.remind(uuid());
        return here() + "&view=notices";
    }

    public String lift() {
        String seen = Faces.getRequestParameter("seen");
        long version = seen == null || !seen.matches("\\d{1,18}") ? getRecall().version() : Long.parseLong(seen);
        recalls.lift(uuid(), version, reason);
        return here();
    }

    public String receive() {
        notices.receive(uuid(), answer);
        return here();
    }

    private String here() {
        return "/oversight/recall?faces-redirect=true&id=" + id;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getView() {
        return view;
    }

    public void setView(@Nullable String view) {
        this.view = view == null || view.isBlank() ? UNITS : view;
    }

    public @Nullable String getFoundAs() {
        return foundAs;
    }

    public void setFoundAs(@Nullable String foundAs) {
        this.foundAs = foundAs == null || foundAs.isBlank() ? null : foundAs;
    }

    public String getAnswer() {
        return answer;
    }

    public void setAnswer(@Nullable String answer) {
        this.answer = answer == null ? "" : answer;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
