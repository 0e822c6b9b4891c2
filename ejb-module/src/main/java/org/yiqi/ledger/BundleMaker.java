package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.ChainsBehind;
import org.yiqi.contract.Founding;
import org.yiqi.contract.Head;
import org.yiqi.contract.JournalEntry;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.contract.OrganisationKey;
import org.yiqi.contract.OrganisationKind;
import org.yiqi.contract.SignedHead;
import org.yiqi.contract.Subject;
import org.yiqi.contract.SubjectStatement;

/**
 * Puts together what proves some subjects' history: the acts of all {@link ChainsBehind} them and the journal's lines up to
 * the signed heads. Read from the journal alone, on a connection that sees all of it.
 */
@Dependent
public class BundleMaker {

    private final KeyStore keys;
    private final Clock clock;

    @Inject
    BundleMaker(KeyStore keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A line of the journal as it is stored; block and index only for what was read from a channel. */
    record Stored(
            JournalEntry entry,
            String document,
            @Nullable Long block,
            @Nullable Integer index) {}

    /** The bundle, or nothing if the ledger holds nothing about any of the subjects. */
    public Optional<Bundle> make(Connection c, List<Subject> subjects) throws SQLException {
        JdbcLedgerState state = new JdbcLedgerState(c);
        Map<Subject, NavigableMap<Long, Stored>> chains = chains(c, subjects, state);
        if (chains.isEmpty()) {
            return Optional.empty();
        }
        Founding founding = LedgerQueries.founding(state).orElseThrow();
        OrganisationKey operator = founding.founders().stream()
                .filter(founder -> founder.kind() == OrganisationKind.PLATFORM)
                .flatMap(founder -> founder.keys().stream())
                .findFirst()
                .orElseThrow();
        long position = new Journal(c).position();
        Map<Long, Stored> documents = new TreeMap<>();
        List<SubjectStatement> statements = new ArrayList<>();
        for (Map.Entry<Subject, NavigableMap<Long, Stored>> chain : chains.entrySet()) {
            documents.putAll(chain.getValue());
            statements.add(statement(c, chain.getKey(), LedgerQueries.head(chain.getKey(), state), position, operator));
        }
        List<SignedHead> heads = new ArrayList<>();
        Map<Long, Bundle.Line> lines = new TreeMap<>();
        for (Map.Entry<Long, Stored> each : documents.entrySet()) {
            addLinks(c, each.getKey(), lines, heads);
            lines.put(
                    each.getKey(),
                    new Bundle.Line(each.getValue().entry(), each.getValue().document()));
        }
        return Optional.of(new Bundle(statements, founding, List.copyOf(lines.values()), heads));
    }

    /** The lines of all chains behind some subjects; nothing if the ledger holds nothing about any of these. */
    static Map<Subject, NavigableMap<Long, Stored>> chains(Connection c, List<Subject> subjects, JdbcLedgerState state)
            throws SQLException {
        Map<Subject, NavigableMap<Long, Stored>> chains = new LinkedHashMap<>();
        if (subjects.stream()
                .anyMatch(subject -> LedgerQueries.head(subject, state).isPresent())) {
            for (Subject chain : ChainsBehind.of(subjects, state)) {
                chains.put(chain, linesOf(c, chain));
            }
        }
        return chains;
    }

    private SubjectStatement statement(
            Connection c, Subject subject, Optional<Head> head, long position, OrganisationKey operator)
            throws SQLException {
        @Nullable String digest = head.map(Head::digest).orElse(null);
        int length = head.map(Head::length).orElse(0);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] signature = keys.sign(c, operator, SubjectStatement.content(subject, digest, length, position, at));
        return new SubjectStatement(
                subject,
                digest,
                length,
                position,
                at,
                operator.keyId(),
                Base64.getEncoder().encodeToString(signature));
    }

    private static NavigableMap<Long, Stored> linesOf(Connection c, Subject subject) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select position, document, recorded_at, previous_hash, hash, block, transaction_index from ledger.journal where subject = ?")) {
            s.setString(1, subject.toString());
            NavigableMap<Long, Stored> lines = new TreeMap<>();
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    lines.put(
                            rs.getLong("position"),
                            new Stored(
                                    entry(rs),
                                    rs.getString("document"),
                                    rs.getObject("block", Long.class),
                                    rs.getObject("transaction_index", Integer.class)));
                }
            }
            return lines;
        }
    }

    /** The lines from a position to the first signed head that covers it. */
    private static void addLinks(Connection c, long position, Map<Long, Bundle.Line> lines, List<SignedHead> heads)
            throws SQLException {
        if (lines.containsKey(position)) {
            return;
        }
        List<SignedHead> covering = Journal.headsFrom(c, position, 1);
        if (covering.isEmpty()) {
            return;
        }
        SignedHead head = covering.get(0);
        heads.add(head);
        try (PreparedStatement s = c.prepareStatement("""
                select position, document, recorded_at, previous_hash, hash from ledger.journal
                where position between ? and ? order by position""")) {
            s.setLong(1, position);
            s.setLong(2, head.position());
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    lines.put(rs.getLong("position"), new Bundle.Line(entry(rs), null));
                }
            }
        }
    }

    private static JournalEntry entry(ResultSet rs) throws SQLException {
        return JournalEntry.of(
                rs.getLong("position"),
                rs.getTimestamp("recorded_at").toInstant(),
                rs.getString("document"),
                rs.getString("previous_hash"));
    }
}
