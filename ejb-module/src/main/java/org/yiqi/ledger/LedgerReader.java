package org.yiqi.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yiqi.contract.Founding;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.Responsibility;
import org.yiqi.contract.SignedAct;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.contract.TenderStanding;

/** What other areas read of the ledger, on a connection that sees all of it (see {@link LedgerWide}). */
public final class LedgerReader {

    private LedgerReader() {}

    /** All acts about some subjects, those on their way and those that were refused included, oldest first. */
    public static List<ActView> acts(Connection c, List<Subject> subjects) throws SQLException {
        String sql = "select " + ActStore.COLUMNS
                + " from ledger.act where subject = any(?) order by occurred_at, coalesce(journal_position, 9223372036854775807), id";
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setArray(
                    1,
                    c.createArrayOf(
                            "text", subjects.stream().map(Subject::toString).toArray()));
            List<ActView> acts = new ArrayList<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    acts.add(ActStore.read(rs));
                }
            }
            return acts;
        }
    }

    /** Whether an organisation is a party of any act about a subject. */
    public static boolean binds(Connection c, Subject subject, UUID org) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select exists (select 1 from ledger.act where subject = ? and ? = any(orgs))")) {
            s.setString(1, subject.toString());
            s.setObject(2, org);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    /** What the ledger holds of a tender. */
    public static Optional<TenderStanding> tender(Connection c, UUID tender) {
        return LedgerQueries.tender(tender, new JdbcLedgerState(c));
    }

    /** The bids that a closing of the tender has to list. */
    public static List<UUID> liveBids(Connection c, UUID tender) {
        return LedgerQueries.liveBids(tender, new JdbcLedgerState(c));
    }

    /** Whether an act of a business process is complete and not on the ledger yet. */
    public static boolean onItsWay(Connection c, UUID reference) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select exists (select 1 from ledger.act where reference = ? and state = 'PENDING')")) {
            s.setObject(1, reference);
            try (ResultSet rs = s.executeQuery()) {
                rs.next();
                return rs.getBoolean(1);
            }
        }
    }

    /** Who answered for a unit from when to when, by what is recorded. */
    public static List<Responsibility> responsibilities(Connection c, UUID unit) throws SQLException {
        return LedgerQueries.responsibilities(
                LedgerQueries.trace(Subject.custody(unit), new JdbcLedgerState(c)).stream()
                        .map(SignedAct::act)
                        .toList());
    }

    /** Who answered for a unit at an instant. */
    public static Optional<Responsibility> custodianAt(Connection c, UUID unit, Instant at) throws SQLException {
        return LedgerQueries.custodianAt(unit, at, new JdbcLedgerState(c));
    }

    /** How the private half of each key is kept, by the key's id. */
    public static Map<String, OrganisationKey.Custody> custodyOfKeys(Connection c, List<String> keyIds)
            throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select key_id, custody from ledger.organisation_key where key_id = any(?)")) {
            s.setArray(1, c.createArrayOf("text", keyIds.toArray()));
            Map<String, OrganisationKey.Custody> custody = new HashMap<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    custody.put(rs.getString(1), OrganisationKey.Custody.valueOf(rs.getString(2)));
                }
            }
            return custody;
        }
    }

    /** Digest of what the ledger was founded with, or empty. */
    public static String founding(Connection c) throws SQLException {
        return LedgerQueries.founding(new JdbcLedgerState(c))
                .map(Founding::digest)
                .orElse("");
    }

    /** The signed heads outside the database. */
    public static List<SignedHead> headsOutside(Path dataDir) {
        return new HeadFile(dataDir).read();
    }
}
