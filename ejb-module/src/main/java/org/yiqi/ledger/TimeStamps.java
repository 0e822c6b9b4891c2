package org.yiqi.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.yiqi.contract.LedgerQueries;
import org.yiqi.shared.problem.Conflict;

/**
 * Whose word on time a bid carries: that of the authorities which {@code yiqi.time.authorities} names, or, where none is
 * named, the operator's own, which only a local ledger takes.
 */
@Dependent
class TimeStamps {

    private final RemoteTime remote;
    private final OperatorsTime own;

    @Inject
    TimeStamps(RemoteTime remote, OperatorsTime own) {
        this.remote = remote;
        this.own = own;
    }

    /** Sees to it that the operator's own authority is on the ledger, or on its way there, if it is to be asked. */
    void prepare(Connection c) throws SQLException {
        if (!remote.configured()) {
            own.prepare(c);
        }
    }

    /**
     * A token over the content, in Base64, dated to the millisecond.
     *
     * @param at what the operator's own authority says; others have clocks of their own
     * @throws Conflict {@code ledger.no-time-authority} while the ledger knows none of them, {@code ledger.time-authority-silent}
     *     while none of them answers
     */
    String token(Connection c, byte[] content, Instant at) throws SQLException {
        return remote.configured()
                ? remote.token(content, LedgerQueries.authorities(new JdbcLedgerState(c)))
                : own.token(c, content, at);
    }
}
