package org.yiqi.shared.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.CanonicalJson;
import org.yiqi.contract.MerkleTree;
import org.yiqi.shared.Ids;
import org.yiqi.shared.db.Sql;

/**
 * Puts something into the evidence log, in the transaction of what it proves: salted, hashed, and queued for its place.
 * Nobody waits; the place comes within seconds, the anchor on the ledger within a minute, at once if it is urgent.
 */
@ApplicationScoped
public class Exhibits {

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /**
     * @param controller the organisation that answers for the content and may have it erased
     * @param content what is to be proved, by name; each value in its text form
     */
    public void submit(EvidenceOf of, @Nullable UUID controller, Map<String, ?> content) {
        sql.with(c -> submit(c, of, controller, content, false, clock.instant()));
    }

    /** On a connection that background work holds; {@code urgent} is anchored at once. */
    public static UUID submit(
            Connection c, EvidenceOf of, @Nullable UUID controller, Map<String, ?> content, boolean urgent, Instant at)
            throws SQLException {
        Map<String, Object> plain = new TreeMap<>();
        content.forEach((name, value) -> plain.put(name, value instanceof Iterable<?> ? value : String.valueOf(value)));
        plain.put("of", of.toString());
        String text = CanonicalJson.write(plain);
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        UUID id = Ids.next();
        try (PreparedStatement s = c.prepareStatement(
                "insert into evidence.exhibit(id, kind, ref, org_id, at, salt, content, hash, urgent) values (?,?,?,?,?,?,?,?,?)")) {
            s.setObject(1, id);
            s.setString(2, of.kind().code());
            s.setString(3, of.ref());
            s.setObject(4, controller);
            s.setTimestamp(5, Timestamp.from(at));
            s.setBytes(6, salt);
            s.setString(7, text);
            s.setBytes(8, MerkleTree.leaf(salt, text.getBytes(StandardCharsets.UTF_8)));
            s.setBoolean(9, urgent);
            s.executeUpdate();
        }
        return id;
    }
}
