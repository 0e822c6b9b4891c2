package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.EvidenceLog;
import org.yiqi.ledger.LeafView;
import org.yiqi.shared.evidence.EvidenceOf;

/** Where a thing stands in the evidence log, for the small panel beside it. */
@Named
@RequestScoped
public class EvidencePanel {

    @Inject
    EvidenceLog log;

    private final Map<String, LeafView> known = new HashMap<>();

    /** The newest leaf about {@code kind:ref}, or null if there is none. */
    public @Nullable LeafView of(String text) {
        if (!known.containsKey(text)) {
            LeafView newest = log.find(EvidenceOf.parse(text)).stream()
                    .reduce((first, second) -> second)
                    .orElse(null);
            known.put(text, newest);
        }
        return known.get(text);
    }
}
