package org.yiqi.web.equipment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.CustodyPeriod;
import org.yiqi.equipment.DocumentView;
import org.yiqi.equipment.Documents;
import org.yiqi.equipment.EarlierEvent;
import org.yiqi.equipment.HistoryEntry;
import org.yiqi.equipment.Units;

/** What the tabs of a unit's page show and do not change: custody, history, documents. Each is read when it is shown. */
@Named
@RequestScoped
public class UnitTabs {

    @Inject
    UnitPage page;

    @Inject
    Units units;

    @Inject
    Custody custody;

    @Inject
    Documents documents;

    @Inject
    EquipmentTexts words;

    private @Nullable List<CustodyPeriod> periods;
    private @Nullable List<HistoryEntry> entries;
    private @Nullable List<EarlierEvent> earlier;
    private @Nullable List<DocumentView> files;

    public List<CustodyPeriod> getCustody() {
        List<CustodyPeriod> read = periods;
        if (read == null) {
            read = custody.of(page.getUnit().id());
            periods = read;
        }
        return read;
    }

    /** Since when the present custodian holds it. */
    public @Nullable CustodyPeriod getPresent() {
        return getCustody().isEmpty() ? null : getCustody().get(0);
    }

    public List<HistoryEntry> getHistory() {
        List<HistoryEntry> read = entries;
        if (read == null) {
            read = units.history(page.getUnit().id());
            entries = read;
        }
        return read;
    }

    /** What happened before the unit was certified for reuse and registered anew. */
    public List<EarlierEvent> getEarlierLife() {
        List<EarlierEvent> read = earlier;
        if (read == null) {
            read = units.earlierLife(page.getUnit().id());
            earlier = read;
        }
        return read;
    }

    /** What a history entry tells, line by line, in the reader's language. */
    public List<String> told(HistoryEntry entry) {
        Map<String, String> details = entry.details();
        return switch (entry.kind()) {
            case "registered" -> List.of(words.text("status", details.get("status")));
            case "status-changed" ->
                List.of(words.text("status", details.get("before")) + " → "
                        + words.text("status", details.get("after")));
            case "custody-passed" ->
                List.of(organisation(details.get("from")) + " → " + organisation(details.get("to")));
            case "document-added", "document-removed" -> List.of(String.valueOf(details.get("name")));
            default ->
                details.entrySet().stream()
                        .map(e -> words.text("f", e.getKey()) + ": " + e.getValue())
                        .sorted()
                        .toList();
        };
    }

    private String organisation(@Nullable String id) {
        return id == null ? "" : words.organisation(UUID.fromString(id));
    }

    public List<DocumentView> getDocuments() {
        List<DocumentView> read = files;
        if (read == null) {
            read = documents.of(page.getUnit().id());
            files = read;
        }
        return read;
    }

    public List<DocumentView> getPhotos() {
        return getDocuments().stream().filter(DocumentView::picture).toList();
    }
}
