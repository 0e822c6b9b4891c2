package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.BidRules;
import org.yiqi.contract.BidStanding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/**
 * Tenders as the ledger has them recorded, and the acts of bids: they are signed by a one-time key of the bid's own, so nobody is
 * named in them before the closing.
 */
@Stateless
@Secured
public class TenderActs {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    ActWriter writer;

    @Inject
    KeyStore keys;

    @Inject
    TimeStamps stamps;

    /** A tender's acts that are recorded, the oldest first; they are public. */
    @PermitAll
    public List<Act> chain(UUID tender) {
        return asLedger(c -> LedgerQueries.trace(Subject.tender(tender), new JdbcLedgerState(c)).stream()
                .map(SignedAct::act)
                .toList());
    }

    /** How a tender stands by what is recorded. */
    @PermitAll
    public Optional<TenderStanding> standing(UUID tender) {
        return asLedger(c -> LedgerQueries.tender(tender, new JdbcLedgerState(c)));
    }

    /** All bids of a tender that are recorded, those withdrawn included; whose they are is in them once it was revealed. */
    @PermitAll
    public List<BidStanding> bids(UUID tender) {
        return asLedger(c -> LedgerQueries.bids(tender, new JdbcLedgerState(c)));
    }

    /** The organisations that may act as regulators, the first ones first. */
    @PermitAll
    public List<UUID> regulators() {
        return asLedger(c -> LedgerQueries.regulators(new JdbcLedgerState(c)));
    }

    /** Sees to it that there is somebody whose word on time counts. */
    @RolesAllowed("**")
    public void prepareTime() {
        asLedger(c -> {
            stamps.prepare(c);
            return true;
        });
    }

    /**
     * The act that commits a bid, with its time token, as the bid's own key has to sign it. Nothing is reserved.
     *
     * @param body without the token
     * @param at when the bid arrived: what the token says
     */
    @RolesAllowed(Roles.SUPPLIER)
    public Act commitment(UUID bid, Map<String, Object> body, Instant at) {
        return asLedger(c -> {
            Map<String, Object> stamped = new HashMap<>(body);
            stamped.put("token", stamps.token(c, BidRules.stamped(bid, body), at));
            return draft(c, "bid.committed", bid, stamped, at);
        });
    }

    /** The act that takes a bid back, as the bid's own key has to sign it. */
    @RolesAllowed(Roles.SUPPLIER)
    public Act withdrawal(UUID bid, UUID tender, Instant at) {
        return asLedger(c -> draft(c, "bid.withdrawn", bid, Map.of("tender", tender.toString()), at));
    }

    private Act draft(Connection c, String type, UUID bid, Map<String, Object> body, Instant at) throws SQLException {
        return writer.draft(c, new NewAct(type, Subject.bid(bid), at, List.of(), body, List.of(), null))
                .act();
    }

    /**
     * Puts an act of a bid on its way to the ledger.
     *
     * @param publicKey the bid's one-time key, as SubjectPublicKeyInfo in Base64
     * @param signature by that key over {@link Act#bytes}, DER in Base64
     * @throws org.yiqi.shared.problem.RuleViolation with the ledger's code if it would refuse the act
     */
    @RolesAllowed(Roles.SUPPLIER)
    public void record(Act act, String publicKey, String signature) {
        String keyId = OrganisationKey.fingerprint(Base64.getDecoder().decode(publicKey));
        ActSignature own = new ActSignature(act.subject().id(), keyId, SignatureAlgorithm.SM2_SM3, signature);
        asLedger(c -> {
            ActStore.lock(c, act.subject());
            writer.insert(c, new SignedAct(act, List.of(own)), Set.of(), null, null);
            return true;
        });
    }

    /**
     * The act that shows whose a bid is, to be recorded after the closing, signed now if the platform keeps the caller's
     * organisation's key.
     *
     * @param committed the act that it follows
     * @param at not before the closing
     */
    @RolesAllowed(Roles.SUPPLIER)
    public SignedAct reveal(Act committed, UUID tender, String salt, Instant at) {
        UUID org = caller.orgId();
        return asLedger(c -> {
            writer.enter(c, org);
            Act act = new Act(
                    Ids.next(),
                    "bid.revealed",
                    1,
                    committed.subject(),
                    at,
                    List.of(new Party(org, PartyRole.BIDDER)),
                    Map.of("salt", salt, "tender", tender.toString()),
                    List.of(),
                    committed.digest());
            return new SignedAct(
                    act,
                    writer.sign(c, org, caller.personId(), act).map(List::of).orElse(List.of()));
        });
    }

    /** Records what {@link #reveal} made; where its bidder holds its key itself, it waits for that signature. System work only. */
    @PermitAll
    public void revealed(SignedAct reveal) {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("ledger.system-only", "Only the system's own work does this");
        }
        asLedger(c -> {
            ActStore.lock(c, reveal.act().subject());
            writer.insert(c, reveal, ActWriter.missing(reveal), null, null);
            return true;
        });
    }

    /**
     * An act that waits for the signatures of all whom it binds: what brings it about may come from somebody whom it does not bind.
     *
     * @return the act's id
     */
    @RolesAllowed("**")
    public UUID awaited(NewAct wanted) {
        return asLedger(c -> {
            SignedAct unsigned = new SignedAct(writer.draft(c, wanted).act(), List.of());
            writer.insert(c, unsigned, ActWriter.missing(unsigned), wanted.reference(), caller.personId());
            return unsigned.act().id();
        });
    }

    /** The platform's signature over a receipt, DER in Base64. */
    @RolesAllowed(Roles.SUPPLIER)
    public String receiptSignature(byte[] receipt) {
        return asLedger(c -> {
            OrganisationKey key = keys.active(c, ActWriter.platform(c)).orElseThrow();
            return Base64.getEncoder().encodeToString(keys.sign(c, key, receipt));
        });
    }

    private <R> R asLedger(Sql.Work<R> work) {
        return LedgerWide.on(dataSource, work);
    }
}
