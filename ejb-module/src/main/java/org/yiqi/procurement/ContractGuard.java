package org.yiqi.procurement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Caller;

/** Who may move a contract on, and when: asked before each step, holding the contract until the step is done. */
@ApplicationScoped
class ContractGuard {

    @Inject
    ContractStore store;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** A contract that the caller's organisation buys by, locked, as it was seen and in the state that a step needs. */
    ContractView own(UUID id, long seen, ContractState... states) {
        if (!found(id).buyerId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-contract", "This step is the buyer's");
        }
        return locked(id, seen, states);
    }

    /** A contract that the caller's organisation supplies by, locked, as it was seen and in the state that a step needs. */
    ContractView supplied(UUID id, long seen, ContractState... states) {
        if (!found(id).supplierId().equals(caller.orgId())) {
            throw new NotPermitted("procurement.not-your-contract", "This step is the supplier's");
        }
        return locked(id, seen, states);
    }

    private ContractView found(UUID id) {
        return store.find(id).orElseThrow(Contracts::unknown);
    }

    private ContractView locked(UUID id, long seen, ContractState... states) {
        ContractView contract = store.lock(id).orElseThrow(Contracts::unknown);
        StaleVersion.check(seen, contract.version());
        if (!List.of(states).contains(contract.state())) {
            throw new Conflict("procurement.contract-state", "The contract is not at this step")
                    .with("state", contract.state().name());
        }
        return contract;
    }

    /** The day in China. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BusinessCalendar.CHINA);
    }
}
