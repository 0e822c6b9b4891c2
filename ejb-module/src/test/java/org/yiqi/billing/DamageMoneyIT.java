package org.yiqi.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActRejected;
import org.yiqi.rental.LiabilityFixed;
import org.yiqi.rental.LiabilityFixture;
import org.yiqi.rental.LiabilityProgress;
import org.yiqi.rental.LiabilityReopened;
import org.yiqi.rental.LiabilityState;
import org.yiqi.rental.LiabilityView;
import org.yiqi.rental.RentalState;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Deposits, and the money of a damage: from the deposit first, the rest by invoice, in books that balance. */
class DamageMoneyIT {

    private final LiabilityFixture f = LiabilityFixture.persistent();
    private final YiqiPrincipal lessee;

    DamageMoneyIT() throws SQLException {
        lessee = LiabilityFixture.person(f.db.organisation("HOSPITAL"), Scope.MEMBER);
        DamageClaims claims = f.services.get(DamageClaims.class);
        f.observe(event -> {
            if (event instanceof LiabilityFixed fixed) {
                claims.on(fixed);
            } else if (event instanceof LiabilityReopened reopened) {
                claims.on(reopened);
            }
        });
        f.services.get(Deposits.class).nameConstraints();
    }

    private UUID agreed(UUID rental) {
        f.foundDamaged(rental);
        UUID id = f.assessedIn(rental, lessee);
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        f.as(f.maintainer, () -> f.splits().agree(id));
        f.as(lessee, () -> f.splits().agree(id));
        return id;
    }

    private DepositView deposit(UUID rental, String amount) {
        return f.as(f.owner, () -> f.services
                .get(Deposits.class)
                .receive(rental, "D-" + rental, Money.cny(amount))
                .deposit());
    }

    @Test
    void aDamageTakesTheDepositFirstAndTheRestIsInvoiced() {
        UUID rental = f.rentedBy(lessee);
        deposit(rental, "50000");
        UUID id = agreed(rental);
        LiabilityView seen = f.get(id);
        assertEquals(LiabilityState.AGREED, seen.state());
        assertEquals(new Amount("84000.00", "CNY"), charge(seen, lessee).amount());
        assertEquals(new Amount("50000.00", "CNY"), charge(seen, lessee).fromDeposit());
        assertEquals(new Amount("34000.00", "CNY"), charge(seen, lessee).open());
        assertEquals(new Amount("36000.00", "CNY"), charge(seen, f.maintainer).open());
        assertEquals(Money.cny("34000"), invoice(id, lessee).amount());
        assertEquals(Money.cny("36000"), invoice(id, f.maintainer).amount());
        assertEquals(
                DepositState.CAPTURED,
                f.as(f.owner, () -> f.services.get(Deposits.class).ofRental(rental))
                        .orElseThrow()
                        .state());
        assertBalanced();
    }

    @Test
    void theOwnerSettlesOnceEverythingIsPaidAndTheRentalGoesOn() {
        UUID rental = f.rentedBy(lessee);
        deposit(rental, "84000");
        UUID id = agreed(rental);
        assertEquals("rental.liability-unpaid", refused(() -> f.splits().settle(id)));
        assertEquals(
                "rental.liability-open",
                refused(() -> f.services.get(Rentals.class).close(rental)));
        InvoiceView invoice = invoice(id, f.maintainer);
        f.as(f.owner, () -> f.services.get(Invoices.class).receive(invoice.id(), "P1-" + id, Money.cny("6000")));
        assertEquals("rental.liability-unpaid", refused(() -> f.splits().settle(id)));
        f.as(f.owner, () -> f.services.get(Invoices.class).receive(invoice.id(), "P2-" + id, Money.cny("30000")));
        f.as(f.owner, () -> f.splits().settle(id));
        assertEquals(LiabilityState.SETTLED, f.get(id).state());
        assertEquals(
                RentalState.SETTLING,
                f.as(f.owner, () -> f.services.get(Rentals.class).get(rental)).state());
        assertBalanced();
    }

    @Test
    void whatTheLedgerRefusesGivesTheDepositBackAndCancelsTheInvoice() {
        UUID rental = f.rentedBy(lessee);
        deposit(rental, "50000");
        UUID id = agreed(rental);
        UUID act = f.get(id).standing().map(LiabilityView.Proposal::actId).orElseThrow();
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActRejected(act, "liability.determined", Subject.liability(id), "ledger.not-agreed", id)));
        assertEquals(LiabilityState.ASSESSED, f.get(id).state());
        assertEquals(
                DepositState.HELD,
                f.as(f.owner, () -> f.services.get(Deposits.class).ofRental(rental))
                        .orElseThrow()
                        .state());
        InvoiceView invoice = invoice(id, lessee);
        assertEquals(InvoiceState.CANCELLED, invoice.state());
        assertEquals(
                "billing.invoice-cancelled",
                refused(() -> f.services.get(Invoices.class).receive(invoice.id(), "P3-" + id, Money.cny("1"))));
        assertBalanced();
        assertEquals(
                List.of(),
                f.as(f.owner, () -> f.services.get(Sql.class).list("""
                        select p.account from billing.entry e join billing.posting p on p.entry_id = e.id
                        where e.book_org = ? and p.account in ('RECEIVABLE', 'DAMAGE_RECOVERY')
                        group by p.account having sum(p.debit) <> sum(p.credit)""", rs -> rs.getString(1), f.owner.orgId())));
    }

    @Test
    void aDepositIsNotedOnceAndStaysUntilTheDamageIsSettled() {
        UUID rental = f.rentedBy(lessee);
        DepositView first = deposit(rental, "50000");
        assertEquals(first, deposit(rental, "50000"));
        assertEquals(
                "billing.payment-reference-used",
                refused(() -> f.services.get(Deposits.class).receive(rental, "D-" + rental, Money.cny("1"))));
        assertEquals(
                "billing.owner-only",
                assertThrows(
                                BusinessException.class,
                                () -> f.as(
                                        lessee,
                                        () -> f.services.get(Deposits.class).receive(rental, "other", Money.cny("1"))))
                        .code());
        assertEquals(
                "billing.deposit-needed",
                refused(() -> f.services.get(Deposits.class).release(first.id())));
        f.foundDamaged(rental);
        assertEquals(
                "billing.deposit-needed",
                refused(() -> f.services.get(Deposits.class).release(first.id())));
        f.as(f.owner, () -> f.services
                .get(Sql.class)
                .update("update rental.rental set state = 'SETTLING', damage = '' where id = ?", rental));
        DepositView back = f.as(f.owner, () -> f.services.get(Deposits.class).release(first.id()));
        assertEquals(DepositState.RELEASED, back.state());
        assertEquals(0, back.held().minor());
        assertEquals(
                "billing.deposit-gone",
                refused(() -> f.services.get(Deposits.class).release(first.id())));
        assertBalanced();
        assertTrue(f.as(lessee, () -> f.services.get(Deposits.class).ofRental(rental))
                .isPresent());
        assertFalse(f.as(f.stranger, () -> f.services.get(Deposits.class).ofRental(rental))
                .isPresent());
    }

    private static LiabilityView.Charge charge(LiabilityView seen, YiqiPrincipal who) {
        return seen.charges().stream()
                .filter(c -> c.org().equals(who.orgId()))
                .findFirst()
                .orElseThrow();
    }

    private InvoiceView invoice(UUID liability, YiqiPrincipal debtor) {
        Optional<InvoiceView> found = f
                .as(f.owner, () -> f.services
                        .get(Invoices.class)
                        .list(ListQuery.all()
                                .where("liability", liability.toString())
                                .where("lessee", debtor.orgId().toString())))
                .items()
                .stream()
                .findFirst();
        return found.orElseThrow();
    }

    private void assertBalanced() {
        assertEquals(List.of(), f.as(f.owner, () -> f.services
                .get(Sql.class)
                .list("""
                        select e.id from billing.entry e join billing.posting p on p.entry_id = e.id where e.book_org = ?
                        group by e.id having sum(p.debit) <> sum(p.credit)""", rs -> rs.getObject(1, UUID.class), f.owner.orgId())));
    }

    private String refused(Callable<?> work) {
        return assertThrows(BusinessException.class, () -> f.as(f.owner, work)).code();
    }
}
