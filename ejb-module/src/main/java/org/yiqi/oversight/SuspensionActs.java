package org.yiqi.oversight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
import org.yiqi.organisation.OrganisationReinstated;
import org.yiqi.organisation.OrganisationSuspended;
import org.yiqi.shared.db.Sql;

/**
 * A regulator's suspension of an organisation, and its end, as acts that the regulator signs in the same transaction. An
 * organisation that has never acted is not on the ledger, so there is nothing to bar there.
 */
@ApplicationScoped
class SuspensionActs {

    @Inject
    Acts acts;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    void on(@Observes OrganisationSuspended suspended) {
        record("org.suspended", suspended.orgId(), suspended.regulatorId());
    }

    void on(@Observes OrganisationReinstated reinstated) {
        record("org.reinstated", reinstated.orgId(), reinstated.regulatorId());
    }

    private void record(String type, UUID org, UUID regulator) {
        Subject subject = Subject.organisation(org);
        if (sql.exists(
                "select 1 from ledger.act where subject = ? and type = 'org.registered' and state in ('PENDING', 'RECORDED')",
                subject.toString())) {
            acts.propose(new NewAct(
                    type,
                    subject,
                    clock.instant(),
                    List.of(new Party(regulator, PartyRole.REGULATOR)),
                    Map.of("reason", "SUPERVISION"),
                    List.of(),
                    null));
        }
    }
}
