package org.yiqi.web.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.LedgerStatus;
import org.yiqi.ledger.LedgerStatuses;
import org.yiqi.ledger.RelayStatus;
import org.yiqi.ledger.RelayStatuses;

/** What is on its way to the ledger and what holds it up, for the operator and the regulator. */
@Named
@RequestScoped
public class RelayPage {

    @Inject
    LedgerStatuses statuses;

    @Inject
    RelayStatuses relays;

    private @Nullable LedgerStatus ledger;
    private @Nullable RelayStatus relay;

    public LedgerStatus getLedger() {
        LedgerStatus read = ledger;
        if (read == null) {
            read = statuses.now();
            ledger = read;
        }
        return read;
    }

    public RelayStatus getRelay() {
        RelayStatus read = relay;
        if (read == null) {
            read = relays.now();
            relay = read;
        }
        return read;
    }

    /** Whose peers may be the second to agree. */
    public String getPartners() {
        LedgerStatus.Channel channel = getLedger().channel();
        return channel == null
                ? ""
                : String.join(
                        ", ", channel.endorsers().subList(1, channel.endorsers().size()));
    }
}
