package org.yiqi.ledger.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MerkleTree;
import org.yiqi.contract.Party;
import org.yiqi.contract.PartyRole;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.NewAct;

/** Puts the log's size and root on the ledger: when enough is new, or after a while, or at once for what is urgent. */
public final class Anchoring {

    /** The chain of the log's anchors on the ledger. */
    public static final Subject SUBJECT = Subject.evidence(UUID.fromString("019ab9d2-6c00-7e71-8e0c-9d1e5eed1096"));

    /** The log's name in its anchors. */
    public static final String LOG = "evidence";

    private final Duration patience;
    private final long enough;
    private final Recorder recorder;

    /** Writes an act of the platform. */
    @FunctionalInterface
    public interface Recorder {
        UUID record(Connection c, UUID platform, NewAct act) throws SQLException;
    }

    /**
     * @param patience how long something new waits at most
     * @param enough how many new leaves do not wait
     */
    public Anchoring(Duration patience, long enough, Recorder recorder) {
        this.patience = patience;
        this.enough = enough;
        this.recorder = recorder;
    }

    private record Last(long size, Instant at, long onLedger) {}

    /**
     * Anchors in the caller's transaction, if it is time.
     *
     * @return the size that was anchored
     */
    public Optional<Long> run(Connection c, Instant now, boolean urgent) throws SQLException {
        long size = StoredTree.size(c);
        Last last = last(c);
        boolean due = urgent
                || size - last.size() >= enough
                || !now.isBefore(last.at().plus(patience))
                || now.isBefore(last.at());
        if (size <= last.size() || !due) {
            return Optional.empty();
        }
        UUID platform = platform(c);
        if (platform == null) {
            return Optional.empty();
        }
        byte[] root = StoredTree.read(c, nodes -> MerkleTree.root(size, nodes));
        Instant at = now.isBefore(last.at()) ? last.at() : now;
        NewAct anchored = new NewAct(
                "evidence.anchored",
                SUBJECT,
                at,
                List.of(new Party(platform, PartyRole.PLATFORM)),
                Map.of(
                        "log",
                        LOG,
                        "size",
                        Long.toString(size),
                        "root",
                        HexFormat.of().formatHex(root),
                        "previousSize",
                        Long.toString(last.onLedger())),
                List.of(),
                null);
        UUID act = recorder.record(c, platform, anchored);
        AnchoredRoot.insert(c, size, root, at, act);
        return Optional.of(size);
    }

    private static Last last(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select coalesce(max(size), 0), max(at), coalesce(max(size) filter (where act_id is not null), 0)
                from (select size, at, act_id from evidence.root order by size desc limit 1) newest""");
                ResultSet rs = s.executeQuery()) {
            rs.next();
            Timestamp at = rs.getTimestamp(2);
            return new Last(rs.getLong(1), at == null ? Instant.EPOCH : at.toInstant(), rs.getLong(3));
        }
    }

    private static @Nullable UUID platform(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("""
                select id from organisation.organisation where kind = 'PLATFORM' and status = 'APPROVED'
                order by created_at, id limit 1""");
                ResultSet rs = s.executeQuery()) {
            return rs.next() ? rs.getObject(1, UUID.class) : null;
        }
    }
}
