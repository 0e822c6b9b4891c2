package org.yiqi.web.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.EvidenceVerdict;
import org.yiqi.ledger.EvidenceVerification;
import org.yiqi.organisation.People;
import org.yiqi.shared.audit.AuditEntries;
import org.yiqi.shared.audit.AuditEntryView;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;
import org.yiqi.web.shell.OrganisationNames;

/** The log of who did what, and the button that proves it whole. */
@Named
@RequestScoped
public class AuditLogView extends ListPage<AuditEntryView> {

    @Inject
    AuditEntries entries;

    @Inject
    EvidenceVerification verification;

    @Inject
    People people;

    @Inject
    OrganisationNames organisations;

    private final Map<UUID, String> names = new HashMap<>();

    private @Nullable String action;
    private @Nullable String subject;
    private @Nullable EvidenceVerdict verdict;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("action", action);
        filters.put("subject", subject);
        return filters;
    }

    @Override
    protected Page<AuditEntryView> find(ListQuery query) {
        Page<AuditEntryView> page = entries.list(query);
        readNames(page.items());
        return page;
    }

    @Override
    protected void each(ListQuery query, Consumer<AuditEntryView> consumer) {
        List<AuditEntryView> part = new ArrayList<>();
        entries.export(query, entry -> {
            part.add(entry);
            if (part.size() == ListQuery.MAX_LIMIT) {
                pass(part, consumer);
            }
        });
        pass(part, consumer);
    }

    private void pass(List<AuditEntryView> part, Consumer<AuditEntryView> consumer) {
        readNames(part);
        part.forEach(consumer);
        part.clear();
    }

    private void readNames(List<AuditEntryView> shown) {
        Set<UUID> ids = new HashSet<>();
        for (AuditEntryView entry : shown) {
            UUID person = entry.personId();
            if (person != null && !names.containsKey(person)) {
                ids.add(person);
            }
        }
        names.putAll(people.names(ids));
    }

    @Override
    protected List<Column<AuditEntryView>> columns() {
        return List.of(
                column("audit.position", AuditEntryView::leaf),
                column("audit.at", AuditEntryView::at),
                column("audit.organisation", this::organisation),
                column("audit.person", this::person),
                column("audit.action", AuditEntryView::action),
                column("audit.subject", AuditEntryView::subject),
                column("audit.details", AuditEntryView::details));
    }

    public String organisation(AuditEntryView entry) {
        return organisations.name(entry.organisationId());
    }

    /** Who did it; what no person did was the platform's own work. */
    public String person(AuditEntryView entry) {
        UUID id = entry.personId();
        return id == null ? texts.get("audit.nobody") : names.getOrDefault(id, id.toString());
    }

    public void verify() {
        verdict = verification.verify();
    }

    public @Nullable EvidenceVerdict getVerdict() {
        return verdict;
    }

    public @Nullable String getAction() {
        return action;
    }

    public void setAction(@Nullable String action) {
        this.action = action;
    }

    public @Nullable String getSubject() {
        return subject;
    }

    public void setSubject(@Nullable String subject) {
        this.subject = subject;
    }
}
