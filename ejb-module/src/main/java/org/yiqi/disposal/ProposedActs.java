package org.yiqi.disposal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.problem.Conflict;

/** Proposes the acts of a disposal, one at a time; {@link DisposalActs} hears when the last signature is there. */
@ApplicationScoped
class ProposedActs {

    @Inject
    DisposalStore store;

    @Inject
    Acts acts;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** @throws Conflict {@code disposal.act-waiting} */
    void refuseWaiting(DisposalView disposal) {
        if (disposal.actId() != null) {
            throw new Conflict("disposal.act-waiting", "An act of the disposal waits for a signature");
        }
    }

    /** What follows from the act happens with its last signature, which may be at once. */
    void propose(DisposalView disposal, NewAct wanted) {
        UUID act = acts.propose(wanted);
        if (!acts.get(act).missing().isEmpty()) {
            store.waitFor(disposal.id(), act, wanted.type());
        }
        audit.write(
                "disposal.act-proposed",
                disposal.id().toString(),
                Map.of("type", wanted.type(), "act", act.toString()));
    }

    /** Owner and taker agree on a unit: what it is sold for, or nothing for one that is given. */
    void award(DisposalView disposal, Money price) {
        propose(
                disposal,
                new NewAct(
                        "disposal.awarded",
                        Subject.disposal(disposal.id()),
                        clock.instant(),
                        bothSides(disposal),
                        Map.of(
                                "amount", Long.toString(price.minor()),
                                "currency", price.currency(),
                                "unit", disposal.unitId().toString()),
                        List.of(),
                        disposal.id()));
    }

    /** Owner and recycler, or next owner, of a disposal, as the parties of an act. */
    static List<Party> bothSides(DisposalView disposal) {
        return List.of(
                new Party(disposal.organisationId(), PartyRole.OWNER),
                new Party(taker(disposal), disposal.isPassedOn() ? PartyRole.RECEIVER : PartyRole.RECYCLER));
    }

    static UUID taker(DisposalView disposal) {
        UUID taker = disposal.takerId();
        if (taker == null) {
            throw new Conflict("disposal.wrong-state", "Nobody takes the unit");
        }
        return taker;
    }
}
