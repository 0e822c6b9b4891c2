package org.yiqi.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.yiqi.contract.Bundle;
import org.yiqi.contract.NetworkBundle;

/**
 * Which ledger the acts go to. It is never chosen silently: a database belongs to the one it began with, until its operator
 * says that it grows up.
 */
public enum LedgerKind {
    /** A signed journal in PostgreSQL: one operator, no consensus. */
    LOCAL(Bundle.NOTICE),
    /** A Hyperledger Fabric channel, on which nodes of several organisations must agree. */
    FABRIC(NetworkBundle.NOTICE);

    private final String notice;

    LedgerKind(String notice) {
        this.notice = notice;
    }

    /** What every page, answer and bundle says of this kind. */
    public String notice() {
        return notice;
    }

    /** The kind that the setting {@code yiqi.ledger} names. */
    public static LedgerKind named(String setting) {
        return switch (setting) {
            case "local" -> LOCAL;
            case "fabric" -> FABRIC;
            default -> throw new IllegalArgumentException("yiqi.ledger is local or fabric, not '" + setting + "'");
        };
    }

    /** @throws WrongLedger if the database began with the other kind */
    void claim(Connection c) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet rs = s.executeQuery("""
                        select exists (select 1 from ledger.checkpoint) fabric, exists (select 1 from ledger.journal) begun""")) {
            rs.next();
            boolean fabric = rs.getBoolean("fabric");
            if (this == LOCAL && fabric) {
                throw new WrongLedger("This database's acts are on a Fabric channel; set yiqi.ledger=fabric");
            }
            if (this == FABRIC && !fabric && rs.getBoolean("begun")) {
                throw new WrongLedger("This database's acts are on a local ledger, whose journal ends with "
                        + GrowingUp.End.of(c).orElseThrow()
                        + "; set yiqi.ledger=local, or name that hash in yiqi.ledger.grow-from to let it grow up");
            }
        }
    }

    /** The setting and the database name different ledgers. */
    static final class WrongLedger extends IllegalStateException {
        WrongLedger(String message) {
            super(message);
        }
    }
}
