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
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.ActSignature;
import org.yiqi.contract.LedgerRules;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.SignatureAlgorithm;

/** The organisations' keys in the database; private halves only wrapped, and in memory only while one signs. */
@Dependent
class KeyStore {

    private final KeyWrap wrap;

    @Inject
    KeyStore(
            @ConfigProperty(name = "yiqi.key-encryption-key") String keyEncryptionKey,
            @ConfigProperty(name = "yiqi.previous-key-encryption-key") Optional<String> previous) {
        this.wrap = new KeyWrap(keyEncryptionKey, previous.orElse(""));
    }

    /** The key that an organisation signs with now: there is at most one. */
    Optional<OrganisationKey> active(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select key_id, alg, public_key, custody from ledger.organisation_key
                where org_id = ? and valid_from is not null and revoked_at is null""")) {
            s.setObject(1, org);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(read(rs, org)) : Optional.empty();
            }
        }
    }

    /** Whether the organisation has ever had a valid key, revoked ones included. */
    boolean known(Connection c, UUID org) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select exists (select 1 from ledger.organisation_key where org_id = ? and valid_from is not null)")) {
            s.setObject(1, org);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    /** Makes an SM2 pair that the platform keeps for the organisation. It is valid once {@link #follow} says so. */
    OrganisationKey createManaged(Connection c, UUID org, @Nullable UUID by, Instant at) throws SQLException {
        SignatureAlgorithm alg = SignatureAlgorithm.SM2_SM3;
        KeyPair pair = alg.newKeyPair(new SecureRandom());
        OrganisationKey key =
                OrganisationKey.of(org, alg, pair.getPublic().getEncoded(), OrganisationKey.Custody.MANAGED);
        add(c, key, by, at);
        byte[] privateKey = pair.getPrivate().getEncoded();
        try (PreparedStatement s =
                c.prepareStatement("insert into ledger.managed_key(key_id, org_id, wrapped) values (?, ?, ?)")) {
            s.setString(1, key.keyId());
            s.setObject(2, org);
            s.setBytes(3, wrap.wrap(privateKey, org, key.keyId()));
            s.executeUpdate();
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
        return key;
    }

    /**
     * Adds a key, of which the private half may be anywhere. It is not valid yet; one that was added before and never became
     * valid may be added again.
     *
     * @return whether it was added
     */
    boolean add(Connection c, OrganisationKey key, @Nullable UUID by, Instant at) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                insert into ledger.organisation_key(key_id, org_id, alg, public_key, custody, created_at, created_by)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (key_id) do update set created_at = excluded.created_at, created_by = excluded.created_by
                where organisation_key.valid_from is null and organisation_key.org_id = excluded.org_id""")) {
            s.setString(1, key.keyId());
            s.setObject(2, key.org());
            s.setString(3, key.alg().name());
            s.setString(4, key.publicKey());
            s.setString(5, key.custody().name());
            s.setTimestamp(6, Timestamp.from(at));
            s.setObject(7, by);
            return s.executeUpdate() == 1;
        }
    }

    /** Which act brings a key in. */
    void broughtBy(Connection c, String keyId, UUID act) throws SQLException {
        update(c, "update ledger.organisation_key set act_id = ? where key_id = ?", act, keyId);
    }

    /** A founding key, which no act brings in, is valid at once. */
    void valid(Connection c, String keyId, Instant at) throws SQLException {
        update(c, "update ledger.organisation_key set valid_from = ? where key_id = ?", Timestamp.from(at), keyId);
    }

    /** Does what an act with all its signatures says about keys. */
    void follow(Connection c, Act act, Instant at) throws SQLException {
        String ended = LedgerRules.endedKey(act).orElse(null);
        if (ended != null) {
            update(
                    c,
                    "update ledger.organisation_key set revoked_at = ? where key_id = ? and revoked_at is null",
                    Timestamp.from(at),
                    ended);
        }
        OrganisationKey brought = LedgerRules.newKey(act).orElse(null);
        if (brought != null) {
            valid(c, brought.keyId(), at);
        }
    }

    private static void update(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            s.executeUpdate();
        }
    }

    /**
     * Wraps with the current key-encryption key whatever another one has wrapped.
     *
     * @return how many keys were wrapped anew
     */
    int rewrap(Connection c) throws SQLException {
        return rewrap(c, "ledger.managed_key") + rewrap(c, "ledger.time_authority");
    }

    private int rewrap(Connection c, String table) throws SQLException {
        int done = 0;
        byte[] prefix = wrap.currentPrefix();
        try (PreparedStatement read = c.prepareStatement("select key_id, org_id, wrapped from " + table
                        + " where substring(wrapped from 1 for ?) <> ? for update");
                PreparedStatement write = c.prepareStatement("update " + table + " set wrapped = ? where key_id = ?")) {
            read.setInt(1, prefix.length);
            read.setBytes(2, prefix);
            try (ResultSet rs = read.executeQuery()) {
                while (rs.next()) {
                    String keyId = rs.getString(1);
                    UUID org = rs.getObject(2, UUID.class);
                    byte[] privateKey = wrap.unwrap(rs.getBytes(3), org, keyId);
                    write.setBytes(1, wrap.wrap(privateKey, org, keyId));
                    Arrays.fill(privateKey, (byte) 0);
                    write.setString(2, keyId);
                    write.addBatch();
                    done++;
                }
            }
            write.executeBatch();
        }
        return done;
    }

    /** Wraps a private key that belongs to no organisation's signatures: the time authority's. */
    byte[] wrap(byte[] privateKey, UUID org, String keyId) {
        return wrap.wrap(privateKey, org, keyId);
    }

    byte[] unwrap(byte[] wrapped, UUID org, String keyId) {
        return wrap.unwrap(wrapped, org, keyId);
    }

    /** Signs an act with a managed key. */
    ActSignature sign(Connection c, OrganisationKey key, Act act) throws SQLException {
        return signAll(c, key, List.of(act)).get(0);
    }

    /** Signs many acts with one managed key, on all processors. */
    List<ActSignature> signAll(Connection c, OrganisationKey key, List<Act> acts) throws SQLException {
        return withPrivateKey(c, key, privateKey -> acts.parallelStream()
                .map(act -> ActSignature.by(key.org(), key.keyId(), key.alg(), privateKey, act))
                .toList());
    }

    /** Signs other bytes with a managed key: the heads of the local ledger. */
    byte[] sign(Connection c, OrganisationKey key, byte[] content) throws SQLException {
        return withPrivateKey(c, key, privateKey -> key.alg().sign(privateKey, content));
    }

    /** The one place where a managed key is unwrapped to be used; it is wiped whatever happens. */
    private <R> R withPrivateKey(Connection c, OrganisationKey key, Function<byte[], R> use) throws SQLException {
        byte[] privateKey = privateKey(c, key);
        try {
            return use.apply(privateKey);
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
