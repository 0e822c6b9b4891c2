package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.shared.Ids;

/**
 * Brings history from before the ledger onto it. A regulator signs every act, and each is marked as imported for ever:
 * it says what the regulator vouches for, not what the parties signed at the time.
 */
@Dependent
public class LedgerImport {

    private final KeyStore keys;
    private final ActWriter writer;
    private final Clock clock;

    @Inject
    LedgerImport(KeyStore keys, ActWriter writer, Clock clock) {
        this.keys = keys;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Puts past acts into the outbox, founding the ledger if need be; the relay records them. Acts of one subject come
     * in the order in which they happened. The organisations must be approved.
     *
     * @param worker a connection of the worker's role, in a transaction of the caller's
     * @return the acts' ids, in the order given
     */
    public List<UUID> take(Connection worker, List<NewAct> past) throws SQLException {
        Founding founding = founded(worker);
        UUID regulator = founding.founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.REGULATOR)
                .findFirst()
                .orElseThrow()
                .org();
        OrganisationKey key = keys.active(worker, regulator).orElseThrow();
        Set<UUID> entered = new HashSet<>();
        Map<Subject, Optional<String>> heads = new HashMap<>();
        List<UUID> ids = new ArrayList<>();
        for (NewAct wanted : past) {
            for (Party party : wanted.parties()) {
                if (entered.add(party.org())) {
                    writer.enter(worker, party.org());
                }
            }
            Optional<String> head = heads.containsKey(wanted.subject())
                    ? heads.get(wanted.subject())
                    : ActStore.last(worker, wanted.subject()).map(ActView::digest);
            Act act = act(wanted, regulator, head.orElse(null));
            ActSignature signature = keys.sign(worker, key, act);
            Instant now = clock.instant();
            ActStore.insert(
                    worker,
                    new SignedAct(act, List.of(signature)),
                    Set.of(),
                    wanted.reference(),
                    null,
                    now,
                    now.plus(ActWriter.PATIENCE));
            heads.put(wanted.subject(), Optional.of(act.digest()));
            ids.add(act.id());
        }
        return ids;
    }

    private Founding founded(Connection worker) throws SQLException {
        Journal journal = new Journal(worker);
        if (journal.isEmpty()) {
            BatchState state = new BatchState(worker);
            Instant now = clock.instant();
            Optional<OrganisationKey> operator = new LedgerFounding(keys).found(worker, journal, state, now);
            if (operator.isEmpty()) {
                throw new IllegalStateException("a ledger needs the platform and a regulator before its history");
            }
            state.flush();
            journal.write(keys, operator.get(), now);
        }
        return LedgerQueries.founding(new JdbcLedgerState(worker)).orElseThrow();
    }

    private static Act act(NewAct wanted, UUID regulator, @Nullable String previous) {
        Map<String, Object> body = new HashMap<>(wanted.body());
        body.put(Act.IMPORTED, true);
        if (wanted.reference() != null) {
            body.put("reference", wanted.reference().toString());
        }
        List<Party> parties = new ArrayList<>(wanted.parties());
        parties.add(new Party(regulator, PartyRole.REGULATOR));
        return new Act(
                Ids.next(),
                wanted.type(),
                1,
                wanted.subject(),
                wanted.occurredAt(),
                parties,
                body,
                wanted.evidence(),
                previous);
    }
}
