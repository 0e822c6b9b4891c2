package org.yiqi.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Act;
import org.yiqi.contract.Founding;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.SignedHead;

/**
 * The journal in PostgreSQL: lines are only ever added, and only by the relay that leads. On a local ledger it is the
 * ledger; on a Fabric channel it is what this platform has read of it, block by block, chained and signed all the same so
 * that a change behind the application's back shows.
 */
final class Journal {

    private final Connection connection;
    private final List<Line> added = new ArrayList<>();
    private long position;
    private String hash;

    /** Opens the journal at its end. */
    Journal(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement s = connection.createStatement();
                ResultSet rs =
                        s.executeQuery("select position, hash from ledger.journal order by position desc limit 1")) {
            boolean begun = rs.next();
            position = begun ? rs.getLong(1) : -1;
            hash = begun ? rs.getString(2) : JournalEntry.ORIGIN;
        }
    }

    boolean isEmpty() {
        return position < 0;
    }

    long position() {
        return position;
    }

    String hash() {
        return hash;
    }

    /** Adds a line of a local ledger; {@link #write} stores it. */
    long add(@Nullable UUID act, String subject, String document, Instant at) {
        return add(act, subject, document, at, null);
    }

    /** Adds a line for what a block holds. */
    long add(@Nullable UUID act, String subject, String document, Instant at, @Nullable Place place) {
        Instant recordedAt = at.truncatedTo(ChronoUnit.MILLIS);
        JournalEntry entry = JournalEntry.of(position + 1, recordedAt, document, hash);
        added.add(new Line(entry, act, subject, document, place));
        position = entry.position();
        hash = entry.hash();
        return position;
    }

    /** Stores the added lines and the operator's signature over the last of them. */
    SignedHead write(KeyStore keys, Instant at) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                insert into ledger.journal(position, act_id, subject, document, recorded_at, previous_hash, hash,
                  block, transaction_index, transaction_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Line line : added) {
                s.setLong(1, line.entry().position());
                s.setObject(2, line.act());
                s.setString(3, line.subject());
                s.setString(4, line.document());
                s.setTimestamp(5, Timestamp.from(line.entry().recordedAt()));
                s.setString(6, line.entry().previousHash());
                s.setString(7, line.entry().hash());
                Place place = line.place();
                s.setObject(8, place == null ? null : place.block());
                s.setObject(9, place == null ? null : place.index());
                s.setString(10, place == null ? null : place.transactionId());
                s.addBatch();
            }
            s.executeBatch();
        }
        added.clear();
        OrganisationKey operator = operator(keys);
        Instant signedAt = at.truncatedTo(ChronoUnit.MILLIS);
        byte[] signature = keys.sign(connection, operator, SignedHead.content(position, hash, signedAt));
        SignedHead head = new SignedHead(
                position, hash, signedAt, operator.keyId(), Base64.getEncoder().encodeToString(signature));
        insert(head);
        return head;
    }

    private OrganisationKey operator(KeyStore keys) throws SQLException {
        Founding founding =
                LedgerQueries.founding(new JdbcLedgerState(connection)).orElseThrow();
        UUID platform = founding.founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                .findFirst()
                .orElseThrow()
                .org();
        return keys.active(connection, platform).orElseThrow();
    }

    private void insert(SignedHead head) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "insert into ledger.signed_head(position, hash, signed_at, key_id, signature) values (?, ?, ?, ?, ?)")) {
            s.setLong(1, head.position());
            s.setString(2, head.hash());
            s.setTimestamp(3, Timestamp.from(head.signedAt()));
            s.setString(4, head.keyId());
            s.setString(5, head.signature());
            s.executeUpdate();
        }
    }

    /** Where an act stands in the journal, if it is there. */
    static Optional<Long> positionOf(Connection c, UUID act) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select position from ledger.journal where act_id = ?")) {
            s.setObject(1, act);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(rs.getLong(1)) : Optional.empty();
            }
        }
    }

    /** The signed heads after a position, in their order. */
    static List<SignedHead> headsAfter(Connection c, long position) throws SQLException {
        return headsFrom(c, position + 1, Integer.MAX_VALUE);
    }

    /** The first signed heads at or after a position, in their order. */
    static List<SignedHead> headsFrom(Connection c, long position, int most) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select position, hash, signed_at, key_id, signature from ledger.signed_head
                where position >= ? order by position limit ?""")) {
            s.setLong(1, position);
            s.setInt(2, most);
            List<SignedHead> heads = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    heads.add(head(rs));
                }
            }
            return heads;
        }
    }

    /** A row of position, hash, time, key and signature. */
    static SignedHead head(ResultSet rs) throws SQLException {
        return new SignedHead(
                rs.getLong(1), rs.getString(2), rs.getTimestamp(3).toInstant(), rs.getString(4), rs.getString(5));
    }

    static String digest(String document) {
        return Act.sha256(document.getBytes(StandardCharsets.UTF_8));
    }

    /** Where on a channel something stands. */
    record Place(long block, int index, String transactionId) {}

    private record Line(
            JournalEntry entry,
            @Nullable UUID act,
            String subject,
            String document,
            @Nullable Place place) {}
}
