package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.fabric.FabricNetwork;
import org.yiqi.shared.Roles;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * Whose peers consent for an organisation to a change of custody: those of its kind's host, until it runs its own and a
 * regulator agrees that they speak for it. Only where the ledger is a channel.
 */
@Stateless
@Secured
public class MemberServices {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    LedgerSetting setting;

    @Inject
    Acts acts;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    /** The member service that an organisation runs itself, if it runs one. */
    @RolesAllowed("**")
    public Optional<String> of(UUID org) {
        return LedgerWide.on(dataSource, c -> LedgerQueries.msp(org, new JdbcLedgerState(c)));
    }

    /** The channel's member services; none where the ledger has no peers. */
    @RolesAllowed("**")
    public List<String> known() {
        return setting.network().map(FabricNetwork::organisations).orElse(List.of()).stream()
                .filter(organisation -> !organisation.platform())
                .map(FabricNetwork.Organisation::msp)
                .toList();
    }

    /**
     * From the act's recording on the peers of this member service consent for the caller's organisation. The act {@code
     * org.msp-assigned} waits for a regulator's signature.
     *
     * @return the act
     * @throws Conflict {@code ledger.no-channel}, {@code ledger.chain-reserved}
     * @throws RuleViolation {@code ledger.unknown-msp}
     * @throws NotPermitted {@code ledger.operators-peer}: the platform's consent would prove nothing
     */
    @RolesAllowed(Roles.SIGNATORY)
    public ActView assign(String msp) {
        if (setting.network().isEmpty()) {
            throw new Conflict("ledger.no-channel", "This ledger is a local one: it has no peers");
        }
        if (caller.has(Roles.PLATFORM_OPERATOR)) {
            throw new NotPermitted("ledger.operators-peer", "The operator's peers endorse nothing");
        }
        if (!known().contains(msp)) {
            throw new RuleViolation("ledger.unknown-msp", "The channel has no such member service")
                    .at("/msp", "one of " + String.join(", ", known()));
        }
        UUID org = caller.orgId();
        UUID regulator = LedgerWide.on(dataSource, KeyChanges::regulator);
        return acts.get(acts.propose(new NewAct(
                "org.msp-assigned",
                Subject.organisation(org),
                clock.instant(),
                List.of(new Party(org, PartyRole.ORGANISATION), new Party(regulator, PartyRole.REGULATOR)),
                Map.of("msp", msp),
                List.of(),
                null)));
    }
}
