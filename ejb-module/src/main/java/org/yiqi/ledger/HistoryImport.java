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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/**
 * Brings in history from before the ledger: a regulator signs each act, and each is marked as imported for ever. Used when a
 * region's existing devices come onto the platform, the demo region's among them.
 */
@Dependent
public class HistoryImport {

    private final KeyStore keys;
    private final ActWriter writer;
    private final RemoteTime time;
    private final Clock clock;

    @Inject
    HistoryImport(KeyStore keys, ActWriter writer, RemoteTime time, Clock clock) {
        this.keys = keys;
        this.writer = writer;
        this.time = time;
        this.clock = clock;
    }

    /** One act of the past. {@code id} is chosen by the caller, who refers to it from the business tables. */
    public record PastAct(
            UUID id, String type, Subject subject, Instant occurredAt, List<Party> parties, Map<String, Object> body) {}

    /** Whether there is a ledger yet: it begins a moment after the platform and a regulator are there. */
    public boolean canBegin(Connection c) throws SQLException {
        return LedgerQueries.founding(new JdbcLedgerState(c)).isPresent();
    }

    /**
     * Signs acts with the regulator's managed key and queues them, in the transaction of the connection, which must see the
     * whole ledger (the workers' role does). Acts on one subject stand in their order in the list.
     */
    public void bring(Connection c, UUID regulator, List<PastAct> past) throws SQLException {
        OrganisationKey key =
                keys.active(c, regulator).orElseThrow(() -> new IllegalStateException("the regulator has no key yet"));
        Set<UUID> entered = new HashSet<>();
        Map<Subject, String> heads = new HashMap<>();
        List<Act> acts = new ArrayList<>();
        for (PastAct p : past) {
            for (Party party : p.parties()) {
                if (entered.add(party.org())) {
                    writer.enter(c, party.org());
                }
            }
            Act act = imported(p, regulator, heads.get(p.subject()));
            heads.put(p.subject(), act.digest());
            acts.add(act);
        }
        List<ActSignature> signatures = keys.signAll(c, key, acts);
        Instant now = clock.instant();
        for (int i = 0; i < acts.size(); i++) {
            SignedAct signed = new SignedAct(acts.get(i), List.of(signatures.get(i)));
            ActStore.insert(c, signed, Set.of(), null, null, now, now.plus(ActWriter.PATIENCE));
        }
    }

    /**
     * Writes an act of today that some of those whom it binds have signed: a handover that was under way when the history ends,
     * a tender that was published then. Whoever has not signed finds it among those to sign.
     *
     * @return the act with its signatures
     */
    public SignedAct underWay(Connection c, NewAct wanted, List<UUID> signedBy) throws SQLException {
        ActWriter.Draft draft = writer.draft(c, wanted);
        Set<UUID> missing = new HashSet<>(draft.signers());
        List<ActSignature> signatures = new ArrayList<>();
        for (UUID org : signedBy) {
            missing.remove(org);
            signatures.add(writer.sign(c, org, null, draft.act())
                    .orElseThrow(() -> new IllegalStateException("the organisation holds its key itself")));
        }
        SignedAct signed = new SignedAct(draft.act(), signatures);
        writer.insert(c, signed, missing, wanted.reference(), null);
        return signed;
    }

    /** Lets a regulator vouch for the time authorities that answer at the configured addresses, without comparing anything. */
    public void vouchForTime(Connection c, UUID regulator) throws SQLException {
        for (String certificate : time.certificates()) {
            signed(c, TimeAuthorities.registration(regulator, certificate, clock.instant()));
        }
    }

    /**
     * Writes an act that all whom it binds have signed, by the keys that the platform keeps for them.
     *
     * @return the act's id
     */
    public UUID signed(Connection c, NewAct wanted) throws SQLException {
        ActWriter.Draft draft = writer.draft(c, wanted);
        List<ActSignature> signatures = new ArrayList<>();
        for (UUID signer : draft.signers()) {
            signatures.add(writer.sign(c, signer, null, draft.act())
                    .orElseThrow(() -> new IllegalStateException("the organisation holds its key itself")));
        }
        writer.insert(c, new SignedAct(draft.act(), signatures), Set.of(), wanted.reference(), null);
        return draft.act().id();
    }

    private static Act imported(PastAct p, UUID regulator, @Nullable String previous) {
        List<Party> parties = new ArrayList<>(p.parties());
        parties.add(new Party(regulator, PartyRole.REGULATOR));
        Map<String, Object> body = new HashMap<>(p.body());
        body.put(Act.IMPORTED, true);
        return new Act(p.id(), p.type(), 1, p.subject(), p.occurredAt(), parties, body, List.of(), previous);
    }
}
