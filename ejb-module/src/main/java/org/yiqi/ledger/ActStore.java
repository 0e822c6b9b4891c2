package org.yiqi.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Party;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.Subject;

/** The table of acts: what was signed, who has still to sign, and what waits for the relay. */
final class ActStore {

    static final String COLUMNS =
            "id, document, digest, state, missing, refusal, reference, created_at, expires_at, recorded_at, journal_position, block, transaction_id";

    private ActStore() {}

    /** Makes everybody who wants to continue this subject's chain wait until the transaction ends. */
    static void lock(Connection c, Subject subject) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 8219))")) {
            s.setString(1, subject.toString());
            s.execute();
        }
    }

    /** The last act of a subject that is or will be on the ledger. */
    static Optional<ActView> last(Connection c, Subject subject) throws SQLException {
        return one(c, """
                where subject = ? and state not in ('REJECTED', 'EXPIRED') and not exists (
                  select 1 from ledger.act next where next.subject = act.subject and next.previous = act.digest
                  and next.state not in ('REJECTED', 'EXPIRED'))
                order by occurred_at desc, id desc limit 1""", subject.toString());
    }

    static Optional<ActView> find(Connection c, UUID id) throws SQLException {
        return one(c, "where id = ?", id);
    }

    static Optional<ActView> lock(Connection c, UUID id) throws SQLException {
        return one(c, "where id = ? for update", id);
    }

    /** Complete acts on any of the subjects that the ledger has not answered yet, in their order. */
    static List<SignedAct> pending(Connection c, Collection<Subject> subjects) throws SQLException {
        String sql =
                "select document from ledger.act where state = 'PENDING' and subject = any(?) order by outbox_order";
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setArray(
                    1,
                    c.createArrayOf(
                            "text", subjects.stream().map(Subject::toString).toArray()));
            List<SignedAct> acts = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    acts.add(SignedAct.parse(rs.getString(1)));
                }
            }
            return acts;
        }
    }

    static boolean stopped(Connection c, Subject subject) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select exists (select 1 from ledger.stopped_subject where subject = ?)")) {
            s.setString(1, subject.toString());
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    static void insert(
            Connection c,
            SignedAct signed,
            Set<UUID> missing,
            @Nullable UUID reference,
            @Nullable UUID by,
            Instant now,
            Instant expires)
            throws SQLException {
        boolean complete = missing.isEmpty();
        try (PreparedStatement s =
                c.prepareStatement("""
                insert into ledger.act(id, type, subject, occurred_at, previous, digest, document, orgs, missing, reference,
                  state, created_at, created_by, expires_at, outbox_order)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)""".formatted(complete ? "nextval('ledger.act_order')" : "null"))) {
            s.setObject(1, signed.act().id());
            s.setString(2, signed.act().type());
            s.setString(3, signed.act().subject().toString());
            s.setTimestamp(4, Timestamp.from(signed.act().occurredAt()));
            s.setString(5, signed.act().previous());
            s.setString(6, signed.act().digest());
            s.setString(7, signed.json());
            s.setArray(8, uuids(c, concerned(signed)));
            s.setArray(9, uuids(c, missing));
            s.setObject(10, reference);
            s.setString(11, (complete ? ActState.PENDING : ActState.WAITING_SIGNATURE).name());
            s.setTimestamp(12, Timestamp.from(now));
            s.setObject(13, by);
            s.setTimestamp(14, Timestamp.from(expires));
            s.executeUpdate();
        }
    }

    /** Puts one more signature on a waiting act; with the last one the act is complete. */
    static void signed(Connection c, SignedAct signed, Set<UUID> missing) throws SQLException {
        boolean complete = missing.isEmpty();
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set document = ?, missing = ?, state = ?, outbox_order = %s where id = ?"
                        .formatted(complete ? "nextval('ledger.act_order')" : "null"))) {
            s.setString(1, signed.json());
            s.setArray(2, uuids(c, missing));
            s.setString(3, (complete ? ActState.PENDING : ActState.WAITING_SIGNATURE).name());
            s.setObject(4, signed.act().id());
            s.executeUpdate();
        }
    }

    /** Ends the wait for signatures, which then needs no announcement; false when it had ended. */
    static boolean refuse(Connection c, UUID id) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "update ledger.act set state = 'EXPIRED', announced = true where id = ? and state = 'WAITING_SIGNATURE'")) {
            s.setObject(1, id);
            return s.executeUpdate() == 1;
        }
    }

    static ActView read(ResultSet rs) throws SQLException {
        Timestamp recorded = rs.getTimestamp("recorded_at");
        long position = rs.getLong("journal_position");
        boolean placed = !rs.wasNull();
        return new ActView(
                SignedAct.parse(rs.getString("document")),
                rs.getString("digest"),
                ActState.valueOf(rs.getString("state")),
                List.of((UUID[]) rs.getArray("missing").getArray()),
                rs.getString("refusal"),
                rs.getObject("reference", UUID.class),
                rs.getTimestamp("created_at").toInstant(),
                rs.getTimestamp("expires_at").toInstant(),
                recorded == null ? null : recorded.toInstant(),
                placed ? position : null,
                rs.getObject("block", Long.class),
                rs.getString("transaction_id"));
    }

    /** Who may see the act: its parties, and the organisation that it is about. */
    private static Set<UUID> concerned(SignedAct signed) {
        Set<UUID> orgs = new LinkedHashSet<>();
        if (signed.act().subject().kind() == Subject.Kind.ORGANISATION) {
            orgs.add(signed.act().subject().id());
        }
        signed.act().parties().stream().map(Party::org).forEach(orgs::add);
        return orgs;
    }

    private static Optional<ActView> one(Connection c, String where, Object value) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select " + COLUMNS + " from ledger.act " + where)) {
            s.setObject(1, value);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(read(rs)) : Optional.empty();
            }
        }
    }

    private static Array uuids(Connection c, Collection<UUID> ids) throws SQLException {
        return c.createArrayOf("uuid", ids.toArray());
    }
}
