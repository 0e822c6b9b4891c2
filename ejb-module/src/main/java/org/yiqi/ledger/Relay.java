package org.yiqi.ledger;

import java.sql.SQLException;

/**
 * Takes complete acts to the ledger, in their order. Of several relays one leads (see {@link Leadership}); where the acts
 * go is the difference between {@link LocalRelay} and {@link FabricRelay}.
 */
interface Relay extends AutoCloseable {

    /** Whether this relay leads now; tries to become the leader if nobody is. */
    boolean leads() throws SQLException;

    /** Takes one step. Call it only while {@link #leads}. */
    Progress run() throws SQLException;

    @Override
    void close() throws SQLException;

    /**
     * What one step did.
     *
     * @param full whether more may be waiting that could go at once
     */
    record Progress(int recorded, int rejected, int expired, boolean full) {}
}
