package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;

/**
 * An organisation's keys, from one to the next. Each change is an act; it waits for whatever signature the platform cannot
 * give: that of a key that the organisation holds, old or new, or a regulator's word when no valid key is left.
 */
@Dependent
class KeyChanges {

    private final KeyStore keys;
    private final ActWriter writer;
    private final Clock clock;

    @Inject
    KeyChanges(KeyStore keys, ActWriter writer, Clock clock) {
        this.keys = keys;
        this.writer = writer;
        this.clock = clock;
    }

    /** @return the act that brings in a key that the organisation holds itself */
    Act bringHeld(Connection c, OrganisationKey key, UUID person) throws SQLException {
        notTheOperators(c, key.org());
        if (!keys.add(c, key, person, clock.instant())) {
            throw new Conflict("ledger.key-known", "This key is on the ledger already");
        }
        return bring(c, key, person);
    }

    /** @return the act that brings in a fresh key that the platform keeps for the organisation */
    Act bringManaged(Connection c, UUID org, UUID person) throws SQLException {
        notTheOperators(c, org);
        return bring(c, keys.createManaged(c, org, person, clock.instant()), person);
    }

    private Act bring(Connection c, OrganisationKey key, UUID person) throws SQLException {
        // Before the key's own act takes its time: it follows this one in the organisation's chain.
        writer.enter(c, key.org());
        Optional<OrganisationKey> before = keys.active(c, key.org());
        List<Party> parties = new ArrayList<>(List.of(new Party(key.org(), PartyRole.ORGANISATION)));
        Map<String, Object> body = new HashMap<>(key.body());
        UUID platform = ActWriter.platform(c);
        boolean first = before.isEmpty() && !keys.known(c, key.org());
        if (before.isPresent()) {
            body.put("replaces", before.get().keyId());
        } else {
            parties.add(new Party(first ? platform : regulator(c), PartyRole.REGISTRAR));
        }
        String type = before.isPresent() ? "org.key-rotated" : "org.key-registered";
        Act act = draft(c, type, key.org(), parties, body);
        List<ActSignature> signatures = new ArrayList<>();
        if (first) {
            signatures.add(writer.byPlatform(c, platform, act));
        }
        if (before.isPresent()) {
            managed(c, before.get(), act).ifPresent(signatures::add);
        }
        managed(c, key, act).ifPresent(signatures::add);
        insert(c, new SignedAct(act, signatures), person);
        keys.broughtBy(c, key.keyId(), act.id());
        return act;
    }

    /**
     * Ends a key: its organisation does, or a regulator when the organisation cannot any more.
     *
     * @param regulator who revokes it for the organisation, or null
     */
    Act revoke(Connection c, UUID org, String keyId, String reason, @Nullable UUID regulator, UUID person)
            throws SQLException {
        notTheOperators(c, org);
        List<Party> parties = new ArrayList<>(List.of(new Party(org, PartyRole.ORGANISATION)));
        if (regulator != null) {
            parties.add(new Party(regulator, PartyRole.REGULATOR));
        }
        Act act = draft(c, "org.key-revoked", org, parties, Map.of("keyId", keyId, "reason", reason));
        UUID signer = regulator == null ? org : regulator;
        List<ActSignature> signatures = new ArrayList<>();
        writer.sign(c, signer, person, act).ifPresent(signatures::add);
        insert(c, new SignedAct(act, signatures), person);
        return act;
    }

    /** Whose key it is. */
    UUID ownerOf(Connection c, String keyId) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select org_id from ledger.organisation_key where key_id = ? and valid_from is not null")) {
            s.setString(1, keyId);
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    throw new NotFound("ledger.key-not-found", "No such key");
                }
                return rs.getObject(1, UUID.class);
            }
        }
    }

    private Act draft(Connection c, String type, UUID org, List<Party> parties, Map<String, Object> body)
            throws SQLException {
        Subject subject = Subject.organisation(org);
        return writer.draft(c, new NewAct(type, subject, clock.instant(), parties, body, List.of(), null))
                .act();
    }

    private void insert(Connection c, SignedAct signed, UUID person) throws SQLException {
        writer.insert(c, signed, ActWriter.missing(signed), null, person);
    }

    private Optional<ActSignature> managed(Connection c, OrganisationKey key, Act act) throws SQLException {
        return key.custody() == OrganisationKey.Custody.MANAGED
                ? Optional.of(keys.sign(c, key, act))
                : Optional.empty();
    }

    /** The operator signs the ledger's heads with its founding key: whoever checks a bundle compares them with that. */
    private static void notTheOperators(Connection c, UUID org) throws SQLException {
        if (org.equals(ActWriter.platform(c))) {
            throw new Conflict("ledger.operator-key", "The operator's key is the one that the ledger was founded with");
        }
    }

    /** Who vouches where the authority has to: the regulator that was there first. */
    static UUID regulator(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                        select id from organisation.organisation where kind = 'REGULATOR' and status = 'APPROVED'
                        order by created_at, id limit 1""");
                ResultSet rs = s.executeQuery()) {
            if (!rs.next()) {
                throw new Conflict("ledger.not-founded", "There is no regulator to vouch for a key");
            }
            return rs.getObject(1, UUID.class);
        }
    }
}
