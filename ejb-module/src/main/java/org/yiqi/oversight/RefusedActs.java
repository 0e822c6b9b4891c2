package org.yiqi.oversight;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.yiqi.ledger.ActRejected;

/** Opens a case for each act that the ledger refused after the business had acted on it. */
@ApplicationScoped
public class RefusedActs {

    static final String KIND = "ACT_REFUSED";

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Clock clock;

    void open(@Observes ActRejected rejected) {
        try (Connection c = dataSource.getConnection()) {
            CaseStore.open(
                    c,
                    KIND,
                    "ledger.act",
                    rejected.actId().toString(),
                    "state",
                    "RECORDED",
                    "REJECTED: " + rejected.refusal(),
                    rejected.subject().toString(),
                    clock.instant());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
