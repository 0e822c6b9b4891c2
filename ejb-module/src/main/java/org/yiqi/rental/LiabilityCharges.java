package org.yiqi.rental;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.Secured;

/** What became of the parts that organisations owe for a damage, as {@code billing} tells it. Only for the system's own work. */
@Stateless
@Secured
@PermitAll
public class LiabilityCharges {

    @Inject
    Sql sql;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /**
     * A part was taken from the deposit, and the rest was invoiced.
     *
     * @param invoice for the rest; null when the deposit covered all
     */
    public void charged(UUID liability, UUID proposal, UUID debtor, Money fromDeposit, @Nullable UUID invoice) {
        checkSystem();
        sql.update(
                "update rental.liability_charge set captured_minor = ?, invoice_id = ?, paid_at = ? where proposal_id = ? and org_id = ?",
                fromDeposit.minor(),
                invoice,
                invoice == null ? clock.instant() : null,
                proposal,
                debtor);
        audit.write(
                "rental.liability-charged",
                liability.toString(),
                Map.of("org", debtor.toString(), "fromDeposit", fromDeposit.toString()));
    }

    /** The invoice for a part is paid. */
    public void paid(UUID liability, UUID invoice) {
        checkSystem();
        sql.update(
                "update rental.liability_charge set paid_at = ? where liability_id = ? and invoice_id = ? and paid_at is null",
                clock.instant(),
                liability,
                invoice);
        audit.write("rental.liability-paid", liability.toString(), Map.of("invoice", invoice.toString()));
    }

    private void checkSystem() {
        if (caller.scope() != Scope.SYSTEM) {
            throw new NotPermitted("rental.system-only", "Only the application itself does this");
        }
    }
}
