package org.yiqi.web.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.yiqi.ledger.LedgerSetting;

/** Which kind of ledger a page speaks of. */
@Named
@ApplicationScoped
public class LedgerName {

    @Inject
    LedgerSetting setting;

    /** {@code LOCAL} or {@code FABRIC}. */
    public String getKind() {
        return setting.kind().name();
    }
}
