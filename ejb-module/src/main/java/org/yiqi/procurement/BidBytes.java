package org.yiqi.procurement;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.shared.db.Sql;

/** The bytes of bids in the database, piece by piece: at most one piece is in memory, however large a bid is. */
@Dependent
class BidBytes {

    private static final int PIECE = 1024 * 1024;

    private final Sql sql;

    @Inject
    BidBytes(Sql sql) {
        this.sql = sql;
    }

    /** How many bytes of each envelope are here. */
    Map<String, Long> sizes(UUID bid, int version) {
        Map<String, Long> sizes = new TreeMap<>();
        sql.list(
                "select envelope, max(at + octet_length(content)) as size from procurement.bid_chunk where bid_id = ? and version = ? group by envelope",
                rs -> sizes.put(rs.getString("envelope"), rs.getLong("size")),
                bid,
                version);
        return sizes;
    }

    /** How many bytes of one envelope are here. */
    long size(UUID bid, int version, String envelope) {
        return sql.first(
                        "select at + octet_length(content) from procurement.bid_chunk where bid_id = ? and version = ? and envelope = ? order by at desc limit 1",
                        rs -> rs.getLong(1),
                        bid,
                        version,
                        envelope)
                .orElse(0L);
    }

    void append(UUID bid, int version, String envelope, long at, byte[] piece) {
        sql.update(
                "insert into procurement.bid_chunk(bid_id, version, envelope, at, content) values (?, ?, ?, ?, ?)",
                bid,
                version,
                envelope,
                at,
                piece);
    }

    /**
     * A part of an envelope's bytes, read as it is needed.
     *
     * @param anybodys whether it may be a bid of somebody else: for the opening's own work
     */
    InputStream read(UUID bid, int version, String envelope, long from, long length, boolean anybodys) {
        return new Pieces(bid, version, envelope, from, from + length, anybodys);
    }

    /** Puts bytes in the place of an envelope's, at most so many: what comes behind them is none of it. */
    void replace(UUID bid, int version, String envelope, InputStream content, long most) {
        sql.update(
                "delete from procurement.bid_chunk where bid_id = ? and version = ? and envelope = ?",
                bid,
                version,
                envelope);
        try {
            long at = 0;
            byte[] piece = content.readNBytes((int) Math.min(PIECE, most));
            while (piece.length > 0) {
                append(bid, version, envelope, at, piece);
                at += piece.length;
                piece = content.readNBytes((int) Math.min(PIECE, most - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody can read them, and now nobody ever will. */
    void destroy(UUID bid, int version) {
        sql.update("delete from procurement.bid_chunk where bid_id = ? and version = ?", bid, version);
    }

    private final class Pieces extends InputStream {
        private final UUID bid;
        private final int version;
        private final String envelope;
        private final long end;
        private final boolean anybodys;
        private long at;
        private byte[] piece = new byte[0];
        private int next;

        Pieces(UUID bid, int version, String envelope, long from, long end, boolean anybodys) {
            this.bid = bid;
            this.version = version;
            this.envelope = envelope;
            this.at = from;
            this.end = end;
            this.anybodys = anybodys;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (next == piece.length && !load()) {
                return -1;
            }
            int now = Math.min(length, piece.length - next);
            System.arraycopy(piece, next, bytes, offset, now);
            next += now;
            at += now;
            return now;
        }

        private boolean load() {
            if (at >= end) {
                return false;
            }
            byte[] found = sql.with(c -> anybodys ? LedgerWide.on(c, () -> pieceAt(c)) : pieceAt(c));
            if (found.length == 0) {
                return false;
            }
            piece = found;
            next = 0;
            return true;
        }

        private byte[] pieceAt(Connection c) throws SQLException {
            try (PreparedStatement s = c.prepareStatement("""
                select at, content from procurement.bid_chunk
                where bid_id = ? and version = ? and envelope = ? and at <= ? order by at desc limit 1""")) {
                Sql.bind(c, s, bid, version, envelope, at);
                try (ResultSet rs = s.executeQuery()) {
                    if (!rs.next()) {
                        return new byte[0];
                    }
                    long start = rs.getLong(1);
                    byte[] content = rs.getBytes(2);
                    int first = (int) (at - start);
                    int last = (int) Math.min(content.length, end - start);
                    return first >= last ? new byte[0] : Arrays.copyOfRange(content, first, last);
                }
            }
        }
    }
}
