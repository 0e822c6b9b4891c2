package org.yiqi.web.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.EvidenceVerdict;
import org.yiqi.ledger.EvidenceVerification;
import org.yiqi.shared.audit.AuditEntries;
import org.yiqi.shared.audit.AuditEntryView;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The log of who did what, and the button that proves it whole. */
@Named
@RequestScoped
public class AuditLogView extends ListPage<AuditEntryView> {

    @Inject
    AuditEntries entries;

    @Inject
    EvidenceVerification verification;

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
        return entries.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<AuditEntryView> consumer) {
        entries.export(query, consumer);
    }

    @Override
    protected List<Column<AuditEntryView>> columns() {
        return List.of(
                column("audit.position", AuditEntryView::leaf),
                column("audit.at", AuditEntryView::at),
                column("audit.organisation", AuditEntryView::organisationId),
                column("audit.person", AuditEntryView::personId),
                column("audit.action", AuditEntryView::action),
                column("audit.subject", AuditEntryView::subject),
                column("audit.details", AuditEntryView::details));
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
