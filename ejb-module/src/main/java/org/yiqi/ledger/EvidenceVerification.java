package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.yiqi.ledger.evidence.StoredTree;
import org.yiqi.ledger.evidence.Walk;
import org.yiqi.shared.Roles;
import org.yiqi.shared.tenancy.Secured;

/** Recomputes the whole evidence log from its rows, and says where it first differs from what was written. */
@Stateless
@Secured
@RolesAllowed({Roles.AUDITOR, Roles.REGULATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EvidenceVerification {

    private static final int BATCH = 20_000;

    @Resource(lookup = "java:app/jdbc/yiqi-worker")
    DataSource dataSource;

    @Inject
    Clock clock;

    public EvidenceVerdict verify() {
        try (Connection c = dataSource.getConnection()) {
            return verify(c, clock.instant());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static EvidenceVerdict verify(Connection c, Instant now) throws SQLException {
        Walk walk = new Walk();
        boolean end = false;
        while (!end && walk.faults().isEmpty()) {
            end = walk.step(c, BATCH);
        }
        EvidenceVerdict.Fault fault = walk.faults().stream()
                .findFirst()
                .map(f -> new EvidenceVerdict.Fault(f.kind().name(), f.table(), f.row(), f.leaf(), f.of(), f.found()))
                .orElse(null);
        return new EvidenceVerdict(
                fault == null,
                walk.size(),
                StoredTree.waiting(c),
                walk.rootsCompared(),
                walk.root(),
                walk.anchoredAt(),
                now,
                fault);
    }
}
