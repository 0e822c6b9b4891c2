package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.ledger.evidence.Changes;
import org.yiqi.ledger.evidence.Fault;
import org.yiqi.ledger.evidence.Walk;

/**
 * Compares the evidence log with the rows that it was made of and with its anchors on the ledger, pass by pass: what was
 * written since the pass before, whoever wrote it, and what is gone. Besides, it walks once through the whole log, some of
 * it with each pass, for what was changed while nobody watched.
 *
 * <p>Covered: every column of {@code audit.entry} and {@code evidence.exhibit}, {@code evidence.leaf},
 * {@code evidence.node} and {@code evidence.root}.
 */
public final class EvidenceCheck {

    private static final int LEAVES_A_PASS = 50_000;

    private @Nullable String since;
    private @Nullable Walk walk = new Walk();
    private int walkTold;

    /** One pass in the caller's repeatable-read transaction. */
    public List<Finding> pass(Connection c) throws SQLException {
        List<Fault> faults = new ArrayList<>();
        String now = oldestRunning(c);
        String before = since;
        if (before != null) {
            faults.addAll(Changes.since(c, before));
        }
        since = now;
        Walk walking = walk;
        if (walking != null) {
            boolean end = walking.step(c, LEAVES_A_PASS);
            List<Fault> found = walking.faults();
            faults.addAll(found.subList(walkTold, found.size()));
            walkTold = found.size();
            walk = end ? null : walking;
        }
        return faults.stream().map(EvidenceCheck::finding).distinct().toList();
    }

    /** Whether the walk through the whole log has come to its end. */
    public boolean walked() {
        return walk == null;
    }

    private static String oldestRunning(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("select pg_snapshot_xmin(pg_current_snapshot())::xid::text")) {
            rs.next();
            return rs.getString(1);
        }
    }

    private static Finding finding(Fault fault) {
        Finding.Kind kind =
                switch (fault.kind()) {
                    case CHANGED, REORDERED -> Finding.Kind.ROW_CHANGED;
                    case DELETED -> Finding.Kind.ROW_MISSING;
                    case INSERTED -> Finding.Kind.ROW_UNKNOWN;
                };
        String expected = fault.leaf() == null ? "a leaf of the evidence log" : "leaf " + fault.leaf();
        return new Finding(kind, fault.table(), fault.row(), "", expected, fault.found(), "");
    }
}
