package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;

/** The organisations' keys in the database; private halves only wrapped, and in memory only while one signs. */
@Dependent
class KeyStore {

    private final KeyWrap wrap;

    @Inject
    KeyStore(@ConfigProperty(name = "yiqi.key-encryption-key") String keyEncryptionKey) {
        this.wrap = new KeyWrap(keyEncryptionKey);
    }

    /** The key that an organisation signs with now: the youngest that is not revoked. */
    Optional<OrganisationKey> active(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select key_id, alg, public_key, custody from ledger.organisation_key
                where org_id = ? and revoked_at is null order by created_at desc, key_id limit 1""")) {
            s.setObject(1, org);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(read(rs, org)) : Optional.empty();
            }
        }
    }

    /** Whether the organisation has ever had a key, revoked ones included. */
    boolean known(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select exists (select 1 from ledger.organisation_key where org_id = ?)")) {
            s.setObject(1, org);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    /** Makes an SM2 pair that the platform keeps for the organisation. */
    OrganisationKey createManaged(Connection c, UUID org, @Nullable UUID by, Instant at) throws SQLException {
        SignatureAlgorithm alg = SignatureAlgorithm.SM2_SM3;
        KeyPair pair = alg.newKeyPair(new SecureRandom());
        OrganisationKey key =
                OrganisationKey.of(org, alg, pair.getPublic().getEncoded(), OrganisationKey.Custody.MANAGED);
        add(c, key, by, at);
        try (PreparedStatement s =
                c.prepareStatement("insert into ledger.managed_key(key_id, org_id, wrapped) values (?, ?, ?)")) {
            s.setString(1, key.keyId());
            s.setObject(2, org);
            s.setBytes(3, wrap.wrap(pair.getPrivate().getEncoded(), org, key.keyId()));
            s.executeUpdate();
        }
        return key;
    }

    /** Adds a key, of which the private half may be anywhere. */
    void add(Connection c, OrganisationKey key, @Nullable UUID by, Instant at) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into ledger.organisation_key(key_id, org_id, alg, public_key, custody, created_at, created_by)
                values (?, ?, ?, ?, ?, ?, ?)""")) {
            s.setString(1, key.keyId());
            s.setObject(2, key.org());
            s.setString(3, key.alg().name());
            s.setString(4, key.publicKey());
            s.setString(5, key.custody().name());
            s.setTimestamp(6, Timestamp.from(at));
            s.setObject(7, by);
            s.executeUpdate();
        }
    }

    void revoke(Connection c, String keyId, Instant at) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("update ledger.organisation_key set revoked_at = ? where key_id = ?")) {
            s.setTimestamp(1, Timestamp.from(at));
            s.setString(2, keyId);
            s.executeUpdate();
        }
    }

    /** Signs an act with a managed key. */
    ActSignature sign(Connection c, OrganisationKey key, Act act) throws SQLException {
        byte[] privateKey = privateKey(c, key);
        try {
            return ActSignature.by(key.org(), key.keyId(), key.alg(), privateKey, act);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** Signs many acts with one managed key, on all processors. */
    List<ActSignature> signAll(Connection c, OrganisationKey key, List<Act> acts) throws SQLException {
        byte[] privateKey = privateKey(c, key);
        try {
            return acts.parallelStream()
                    .map(act -> ActSignature.by(key.org(), key.keyId(), key.alg(), privateKey, act))
                    .toList();
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** Signs other bytes with a managed key: the heads of the local ledger. */
    byte[] sign(Connection c, OrganisationKey key, byte[] content) throws SQLException {
        byte[] privateKey = privateKey(c, key);
        try {
            return key.alg().sign(privateKey, content);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    private byte[] privateKey(Connection c, OrganisationKey key) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select wrapped from ledger.managed_key where key_id = ?")) {
            s.setString(1, key.keyId());
            try (ResultSet rs = s.executeQuery()) {
                if (!rs.next()) {
                    throw new IllegalStateException("the private half of " + key.keyId() + " is not here");
                }
                return wrap.unwrap(rs.getBytes(1), key.org(), key.keyId());
            }
        }
    }

    private static OrganisationKey read(ResultSet rs, UUID org) throws SQLException {
        return new OrganisationKey(
                org,
                rs.getString("key_id"),
                SignatureAlgorithm.valueOf(rs.getString("alg")),
                rs.getString("public_key"),
                OrganisationKey.Custody.valueOf(rs.getString("custody")),
                null,
                null);
    }
}
