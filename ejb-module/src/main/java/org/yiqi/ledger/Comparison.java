package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yiqi.contract.MalformedAct;
import org.yiqi.contract.SignedAct;

/** One run of a check over one snapshot: which rows it looks at, and what it has found. */
final class Comparison {

    private static final String SINCE =
            "(cast(? as text) is null or age(%s.xmin) <= age(cast(cast(? as text) as xid)))";

    private final Connection snapshot;
    private final @Nullable String since;
    private final @Nullable String only;
    private final List<Finding> findings = new ArrayList<>();

    private Comparison(Connection snapshot, @Nullable String since, @Nullable String only) {
        this.snapshot = snapshot;
        this.since = since;
        this.only = only;
    }

    /** Rows written since a transaction, or all of them. */
    static Comparison since(Connection snapshot, @Nullable String since) {
        return new Comparison(snapshot, since, null);
    }

    /** One subject's rows, whenever they were written. */
    static Comparison of(Connection snapshot, String subject) {
        return new Comparison(snapshot, null, subject);
    }

    /** SQL that is true for rows of the alias written since; binds {@code since} twice. */
    static String writtenSince(String alias) {
        return SINCE.formatted(alias);
    }

    /** Which rows this run looks at; binds {@link #bound} twice. */
    String wanted(String alias, String subject) {
        return only == null ? writtenSince(alias) : "(cast(? as text) is not null and " + subject + " = ?)";
    }

    @Nullable
    String bound() {
        return only == null ? since : only;
    }

    /** The subject, if this run is about one. */
    @Nullable
    String only() {
        return only;
    }

    List<Finding> findings() {
        return findings;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** An act of the journal, or null and a finding. */
    @Nullable
    SignedAct parsed(String table, String row, String document, String subject) {
        try {
            return SignedAct.parse(document);
        } catch (MalformedAct e) {
            Finding finding = Finding.changed(table, row, "document", "an act in canonical form", document, subject);
            if (findings.stream()
                    .noneMatch(f -> f.table().equals(table) && f.rowId().equals(row))) {
                findings.add(finding);
            }
            return null;
        }
    }

    void differs(
            String table,
            String row,
            String column,
            @Nullable String expected,
            @Nullable String found,
            String subject) {
        if (!Objects.equals(expected, found)) {
            findings.add(Finding.changed(
                    table,
                    row,
                    column,
                    Objects.requireNonNullElse(expected, "null"),
                    Objects.requireNonNullElse(found, "null"),
                    subject));
        }
    }

    void query(String sql, Row row, @Nullable Object... values) throws SQLException {
        try (PreparedStatement s = snapshot.prepareStatement(sql)) {
            s.setFetchSize(1000);
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            try (ResultSet rs = s.executeQuery()) {
                while (rs.next()) {
                    row.read(rs);
                }
            }
        }
    }

    long count(String sql) throws SQLException {
        long[] count = {0};
        query(sql, rs -> count[0] = rs.getLong(1));
        return count[0];
    }

    interface Row {
        void read(ResultSet rs) throws SQLException;
    }
}
