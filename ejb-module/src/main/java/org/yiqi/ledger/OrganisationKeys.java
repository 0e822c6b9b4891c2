package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/**
 * The keys with which organisations sign. Public halves are public: partners compare fingerprints. Of a managed key the
 * private half is in the key store; of a held one only the organisation has it, and whatever needs its signature waits for it.
 *
 * <p>A key is brought in, replaced and revoked by a person who may sign for the organisation, and each change is an act.
 */
@Stateless
@Secured
public class OrganisationKeys {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    KeyChanges changes;

    @Inject
    AuditLog audit;

    /** All keys that an organisation has had or is about to have, youngest first. */
    @RolesAllowed("**")
    public List<KeyView> of(UUID org) {
        return asLedger(c -> read(c, org));
    }

    private List<KeyView> read(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select k.key_id, k.org_id, k.alg, k.public_key, k.custody, k.created_at, k.valid_from, k.revoked_at, k.act_id,
                  a.state = 'WAITING_SIGNATURE' and a.expires_at > ? as waiting
                from ledger.organisation_key k left join ledger.act a on a.id = k.act_id
                where k.org_id = ? order by k.created_at desc, k.key_id""")) {
            s.setTimestamp(1, Timestamp.from(clock.instant()));
            s.setObject(2, org);
            List<KeyView> keys = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    Instant valid = Sql.instant(rs, "valid_from");
                    Instant revoked = Sql.instant(rs, "revoked_at");
                    KeyView.State state = revoked != null
                            ? KeyView.State.REVOKED
                            : valid != null
                                    ? KeyView.State.VALID
                                    : rs.getBoolean("waiting") ? KeyView.State.WAITING : KeyView.State.LAPSED;
                    keys.add(new KeyView(
                            rs.getString("key_id"),
                            rs.getObject("org_id", UUID.class),
                            rs.getString("alg"),
                            rs.getString("public_key"),
                            rs.getString("custody"),
                            state,
                            rs.getTimestamp("created_at").toInstant(),
                            valid,
                            revoked,
                            rs.getObject("act_id", UUID.class)));
                }
            }
            return keys;
        }
    }

    /**
     * Brings in a key of the caller's organisation; it takes the place of the valid one. A held key is valid once the act has
     * been signed with it, and with the key before it.
     *
     * @param publicKey SubjectPublicKeyInfo in Base64, with or without PEM lines; null for a key that the platform keeps
     * @return the key, with the act that waits for signatures
     * @throws RuleViolation {@code ledger.not-a-key}
     * @throws Conflict {@code ledger.key-known}, {@code ledger.chain-reserved}, {@code ledger.operator-key}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public KeyView bring(@Nullable SignatureAlgorithm alg, @Nullable String publicKey) {
        UUID org = caller.orgId();
        UUID person = caller.personId();
        OrganisationKey held = alg == null || publicKey == null ? null : key(org, alg, publicKey);
        return asLedger(c -> {
            Act act = held == null ? changes.bringManaged(c, org, person) : changes.bringHeld(c, held, person);
            audit.write("ledger.key-brought", act.id().toString(), Map.of("type", act.type()));
            return read(c, org).stream()
                    .filter(key -> act.id().equals(key.actId()))
                    .findFirst()
                    .orElseThrow();
        });
    }

    /**
     * Ends a key of the caller's organisation; a regulator ends anybody's. Signing with it is over as soon as the act has its
     * signature, which is at once for a managed key.
     *
     * @param reason a code in capitals
     * @throws NotFound {@code ledger.key-not-found}
     * @throws NotPermitted {@code ledger.not-your-key}
     */
    @RolesAllowed(Roles.SIGNATORY)
    public KeyView revoke(String keyId, String reason) {
        UUID own = caller.orgId();
        UUID person = caller.personId();
        boolean regulator = caller.has(Roles.REGULATOR);
        if (!FINGERPRINT.matcher(keyId).matches()) {
            throw new NotFound("ledger.key-not-found", "No such key");
        }
        return asLedger(c -> {
            UUID org = changes.ownerOf(c, keyId);
            if (!org.equals(own) && !regulator) {
                throw new NotPermitted("ledger.not-your-key", "This key belongs to another organisation");
            }
            Act act = changes.revoke(c, org, keyId, reason, org.equals(own) ? null : own, person);
            audit.write("ledger.key-revoked", act.id().toString(), Map.of("keyId", keyId, "reason", reason));
            return read(c, org).stream()
                    .filter(key -> key.keyId().equals(keyId))
                    .findFirst()
                    .orElseThrow();
        });
    }

    private static OrganisationKey key(UUID org, SignatureAlgorithm alg, String publicKey) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(publicKey.replaceAll("-----[A-Z ]+-----", ""));
            return OrganisationKey.of(org, alg, der, OrganisationKey.Custody.HELD);
        } catch (MalformedAct | IllegalArgumentException e) {
            throw new RuleViolation("ledger.not-a-key", "Not a public key for this algorithm", e)
                    .at("/publicKey", "SubjectPublicKeyInfo in Base64 or PEM, on the algorithm's curve");
        }
    }

    private <R> R asLedger(Sql.Work<R> work) {
        return LedgerWide.on(dataSource, work);
    }
}
