package org.yiqi.web.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    public void export() throws IOException {
        download(
                "audit",
                List.of("id", "leaf", "at", "organisation", "person", "action", "subject", "details"),
                sheet -> entries.export(
                        query(),
                        e -> sheet.row(
                                e.id(),
                                e.leaf(),
                                e.at(),
                                e.organisationId(),
                                e.personId(),
                                e.action(),
                                e.subject(),
                                e.details())));
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
