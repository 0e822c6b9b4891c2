package org.yiqi.billing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.domain.Invoice;
import org.yiqi.ledger.LedgerWide;
import org.yiqi.rental.LiabilityCharges;
import org.yiqi.rental.LiabilityFixed;
import org.yiqi.rental.LiabilityReopened;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.tenancy.Caller;

/**
 * What organisations owe the owner of a damaged unit: entered in both books, taken from the deposit where the debtor left one for
 * the rental, the rest invoiced. In the transaction that fixes who bears the damage.
 */
@ApplicationScoped
class DamageClaims {

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Inject
    Sql sql;

    @Inject
    Books books;

    @Inject
    LiabilityCharges charges;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    /** A claim as it stands in the database. */
    private record Claim(
            UUID id,
            UUID owner,
            UUID debtor,
            Money amount,
            Money captured,
            @Nullable UUID deposit,
            @Nullable UUID invoice) {}

    void on(@Observes LiabilityFixed fixed) {
        fixed.claims().forEach(claim -> charge(fixed, claim.debtorOrg(), claim.amount()));
    }

    /** The ledger refused what the claims stand on: both books are as before, and the deposit is held again. */
    void on(@Observes LiabilityReopened reopened) {
        for (Claim claim : standing(reopened.proposalId())) {
            reverse(claim);
            audit.write(
                    "billing.damage-claim-reversed",
                    claim.id().toString(),
                    Map.of("liability", reopened.liabilityId().toString()));
        }
    }

    /** The invoice of a claim is paid, which the case waits for. */
    void paid(UUID liability, UUID invoice) {
        sql.with(c -> LedgerWide.on(c, () -> {
            caller.asSystem(() -> charges.paid(liability, invoice));
            return true;
        }));
    }

    private void charge(LiabilityFixed fixed, UUID debtor, Money amount) {
        UUID id = Ids.next();
        Optional<DepositView> deposit = deposit(fixed.rentalId(), debtor, amount.currency());
        Money captured = deposit.map(d -> Money.ofMinor(Math.min(d.held().minor(), amount.minor()), amount.currency()))
                .orElse(Money.zero(amount.currency()));
        UUID invoice = invoice(fixed, debtor, amount.minus(captured));
        sql.update(
                """
                insert into billing.damage_claim(id, liability_id, proposal_id, owner_org, lessee_org, currency, amount, captured,
                  deposit_id, invoice_id) values (?,?,?,?,?,?,?,?,?,?)""",
                id,
                fixed.liabilityId(),
                fixed.proposalId(),
                fixed.ownerOrg(),
                debtor,
                amount.currency(),
                amount.minor(),
                captured.minor(),
                captured.minor() == 0 ? null : deposit.map(DepositView::id).orElse(null),
                invoice);
        UUID owner = fixed.ownerOrg();
        books.write(owner, debtor, "DAMAGE", id, Account.RECEIVABLE, Account.DAMAGE_RECOVERY, amount);
        books.write(debtor, owner, "DAMAGE", id, Account.DAMAGE_EXPENSE, Account.PAYABLE, amount);
        if (captured.minor() > 0) {
            sql.update(
                    "update billing.deposit set version = version + 1, captured = captured + ? where id = ?",
                    captured.minor(),
                    deposit.orElseThrow().id());
            books.write(owner, debtor, "CAPTURE", id, Account.DEPOSIT_HELD, Account.RECEIVABLE, captured);
            books.write(debtor, owner, "CAPTURE", id, Account.PAYABLE, Account.DEPOSIT_GIVEN, captured);
        }
        charges.charged(fixed.liabilityId(), fixed.proposalId(), debtor, captured, invoice);
        audit.write(
                "billing.damage-charged",
                id.toString(),
                Map.of(
                        "liability",
                        fixed.liabilityId().toString(),
                        "amount",
                        amount.toString(),
                        "captured",
                        captured.toString()));
    }

    private Optional<DepositView> deposit(@Nullable UUID rental, UUID debtor, String currency) {
        if (rental == null) {
            return Optional.empty();
        }
        return sql.first(
                "select * from billing.deposit where rental_id = ? and lessee_org = ? and currency = ? for update",
                Deposits::read,
                rental,
                debtor,
                currency);
    }

    private @Nullable UUID invoice(LiabilityFixed fixed, UUID debtor, Money rest) {
        if (rest.minor() == 0) {
            return null;
        }
        Invoice invoice = new Invoice(
                Ids.next(),
                Invoices.nextNumber(em),
                fixed.liabilityId(),
                fixed.ownerOrg(),
                debtor,
                rest,
                clock.instant());
        em.persist(invoice);
        em.flush();
        return invoice.id();
    }

    private List<Claim> standing(UUID proposal) {
        return sql.list(
                "select * from billing.damage_claim where proposal_id = ? and reversed_at is null for update",
                rs -> new Claim(
                        rs.getObject("id", UUID.class),
                        rs.getObject("owner_org", UUID.class),
                        rs.getObject("lessee_org", UUID.class),
                        Money.ofMinor(rs.getLong("amount"), rs.getString("currency")),
                        Money.ofMinor(rs.getLong("captured"), rs.getString("currency")),
                        rs.getObject("deposit_id", UUID.class),
                        rs.getObject("invoice_id", UUID.class)),
                proposal);
    }

    private void reverse(Claim claim) {
        UUID owner = claim.owner();
        UUID debtor = claim.debtor();
        sql.update("update billing.damage_claim set reversed_at = ? where id = ?", clock.instant(), claim.id());
        books.write(
                owner,
                debtor,
                "DAMAGE_REVERSAL",
                claim.id(),
                Account.DAMAGE_RECOVERY,
                Account.RECEIVABLE,
                claim.amount());
        books.write(
                debtor, owner, "DAMAGE_REVERSAL", claim.id(), Account.PAYABLE, Account.DAMAGE_EXPENSE, claim.amount());
        if (claim.deposit() != null) {
            sql.update(
                    "update billing.deposit set version = version + 1, captured = captured - ? where id = ?",
                    claim.captured().minor(),
                    claim.deposit());
            books.write(
                    owner,
                    debtor,
                    "CAPTURE_REVERSAL",
                    claim.id(),
                    Account.RECEIVABLE,
                    Account.DEPOSIT_HELD,
                    claim.captured());
            books.write(
                    debtor,
                    owner,
                    "CAPTURE_REVERSAL",
                    claim.id(),
                    Account.DEPOSIT_GIVEN,
                    Account.PAYABLE,
                    claim.captured());
        }
        if (claim.invoice() != null) {
            em.find(Invoice.class, claim.invoice(), LockModeType.PESSIMISTIC_WRITE)
                    .cancel();
            em.flush();
        }
    }
}
