package org.yiqi.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.yiqi.contract.Subject;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.TenancyInterceptor;

/** Tells other areas what the relay decided: once, in one transaction with what they do about it. */
@Stateless
public class Announcements {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Event<ActRejected> rejected;

    @Inject
    Event<ActExpired> expired;

    /** Announces what has not been announced. If an observer fails, all is undone and tried again. */
    @PermitAll
    public void announce() {
        caller.asSystem(() -> {
            for (ActView act : unannounced()) {
                Subject subject = act.signed().act().subject();
                String type = act.signed().act().type();
                if (act.state() == ActState.EXPIRED) {
                    expired.fire(new ActExpired(act.id(), type, subject, act.reference()));
                } else {
                    rejected.fire(
                            new ActRejected(act.id(), type, subject, String.valueOf(act.refusal()), act.reference()));
                }
            }
        });
    }

    private List<ActView> unannounced() {
        try (Connection c = dataSource.getConnection()) {
            TenancyInterceptor.apply(c, "", Scope.SYSTEM);
            List<ActView> acts = new ArrayList<>();
            try (Statement s = c.createStatement();
                    ResultSet rs = s.executeQuery("update ledger.act set announced = true "
                            + "where not announced and state in ('REJECTED', 'EXPIRED') returning "
                            + ActStore.COLUMNS)) {
                while (rs.next()) {
                    acts.add(ActStore.read(rs));
                }
            }
            return acts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
