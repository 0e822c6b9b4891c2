package org.yiqi.billing;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yiqi.rental.RentalState;
import org.yiqi.rental.RentalView;
import org.yiqi.rental.Rentals;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Secured;

/** Deposits: noted by the owner when they come in, captured for a damage that is determined, and released. */
@Stateless
@Secured
public class Deposits {

    private static final Set<RentalState> TAKES_ONE = EnumSet.of(
            RentalState.APPROVED,
            RentalState.DISPATCHED,
            RentalState.DELIVERED,
            RentalState.ACTIVE,
            RentalState.OVERDUE,
            RentalState.RETURNING);

    private static final Set<RentalState> GIVES_IT_BACK =
            EnumSet.of(RentalState.SETTLING, RentalState.CLOSED, RentalState.CANCELLED);

    private static final Listing<DepositView> LISTING = Listing.of("d.*", "billing.deposit d", "d.id", Deposits::read)
            .sort("receivedAt", "d.received_at", "timestamptz")
            .sort("amount", "d.amount", "bigint")
            .defaultSort("-receivedAt")
            .filter("id", "d.id", "uuid")
            .filter("rental", "d.rental_id", "uuid")
            .filter("owner", "d.owner_org", "uuid")
            .filter("lessee", "d.lessee_org", "uuid");

    @Inject
    Sql sql;

    @Inject
    Books books;

    @Inject
    Rentals rentals;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("deposit_rental", "billing.deposit-held");
        DatabaseRefusals.register("deposit_reference", "billing.payment-reference-used");
    }

    /** A deposit, and whether it was noted just now or stood already. */
    public record Received(DepositView deposit, boolean isNew) {}

    /** Filters: {@code id, rental, owner, lessee}; sorts: {@code receivedAt, amount}. */
    @RolesAllowed("**")
    public Page<DepositView> list(ListQuery query) {
        return sql.with(c -> LISTING.page(c, query));
    }

    /** @throws NotFound {@code billing.deposit-not-found} */
    @RolesAllowed("**")
    public DepositView get(UUID id) {
        return sql.first("select * from billing.deposit where id = ?", Deposits::read, id)
                .orElseThrow(() -> new NotFound("billing.deposit-not-found", "No such deposit"));
    }

    @RolesAllowed("**")
    public Optional<DepositView> ofRental(UUID rentalId) {
        return sql.first("select * from billing.deposit where rental_id = ?", Deposits::read, rentalId);
    }

    /**
     * Notes the deposit of a rental. The same reference again, for the same rental and amount, is the same deposit.
     *
     * @throws Conflict {@code billing.deposit-held} for a second one, {@code billing.payment-reference-used},
     *     {@code billing.wrong-state}
     */
    @RolesAllowed(Roles.FINANCE)
    public Received receive(UUID rentalId, String reference, Money amount) {
        String key = reference.strip();
        if (key.isEmpty() || key.length() > 120) {
            throw new RuleViolation("billing.payment-reference", "A payment has the bank's reference")
                    .at("/reference", "1 to 120 characters");
        }
        if (amount.minor() <= 0) {
            throw new RuleViolation("billing.payment-amount", "A deposit is more than nothing")
                    .at("/amount", "more than nothing");
        }
        RentalView rental = rentals.get(rentalId);
        if (!rental.parties().ownerOrg().equals(caller.orgId())) {
            throw new NotPermitted("billing.owner-only", "Only who receives a deposit notes it");
        }
        Optional<DepositView> before = sql.first(
                "select * from billing.deposit where owner_org = ? and reference = ?",
                Deposits::read,
                caller.orgId(),
                key);
        if (before.isPresent()) {
            return again(before.get(), rentalId, amount);
        }
        if (!TAKES_ONE.contains(rental.state())) {
            throw new Conflict("billing.wrong-state", "A rental that is " + rental.state() + " takes no deposit");
        }
        UUID id = Ids.next();
        sql.update(
                """
                insert into billing.deposit(id, rental_id, rental_number, owner_org, lessee_org, currency, amount, reference, received_at)
                values (?,?,?,?,?,?,?,?,?)""",
                id,
                rentalId,
                rental.number(),
                rental.parties().ownerOrg(),
                rental.parties().lesseeOrg(),
                amount.currency(),
                amount.minor(),
                key,
                clock.instant());
        UUID owner = rental.parties().ownerOrg();
        UUID lessee = rental.parties().lesseeOrg();
        books.write(owner, lessee, "DEPOSIT", id, Account.BANK, Account.DEPOSIT_HELD, amount);
        books.write(lessee, owner, "DEPOSIT", id, Account.DEPOSIT_GIVEN, Account.BANK, amount);
        audit.write(
                "billing.deposit-received",
                id.toString(),
                Map.of("rental", rentalId.toString(), "amount", amount.toString()));
        return new Received(get(id), true);
    }

    /**
     * Gives back what no damage took.
     *
     * @throws Conflict {@code billing.deposit-needed} while the lessee has the unit or a damage is open,
     *     {@code billing.deposit-gone}
     */
    @RolesAllowed(Roles.FINANCE)
    public DepositView release(UUID id) {
        if (!sql.exists("select 1 from billing.deposit where id = ? for update", id)) {
            throw new NotFound("billing.deposit-not-found", "No such deposit");
        }
        DepositView deposit = get(id);
        if (!deposit.ownerOrg().equals(caller.orgId())) {
            throw new NotPermitted("billing.owner-only", "Only who holds a deposit releases it");
        }
        Money rest = deposit.held();
        if (rest.minor() == 0) {
            throw new Conflict("billing.deposit-gone", "Nothing of this deposit is held any more");
        }
        if (!GIVES_IT_BACK.contains(rentals.get(deposit.rentalId()).state())) {
            throw new Conflict("billing.deposit-needed", "The rental is not over, or a damage is open");
        }
        sql.update(
                "update billing.deposit set version = version + 1, released = ?, released_at = ? where id = ?",
                rest.minor(),
                clock.instant(),
                id);
        books.write(
                deposit.ownerOrg(),
                deposit.lesseeOrg(),
                "DEPOSIT_RELEASE",
                id,
                Account.DEPOSIT_HELD,
                Account.BANK,
                rest);
        books.write(
                deposit.lesseeOrg(),
                deposit.ownerOrg(),
                "DEPOSIT_RELEASE",
                id,
                Account.BANK,
                Account.DEPOSIT_GIVEN,
                rest);
        audit.write("billing.deposit-released", id.toString(), Map.of("amount", rest.toString()));
        return get(id);
    }

    private static Received again(DepositView deposit, UUID rentalId, Money amount) {
        if (!deposit.rentalId().equals(rentalId) || !deposit.amount().toMoney().equals(amount)) {
            throw new Conflict("billing.payment-reference-used", "This reference stands for another payment");
        }
        return new Received(deposit, false);
    }

    static DepositView read(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        long amount = rs.getLong("amount");
        long captured = rs.getLong("captured");
        long released = rs.getLong("released");
        DepositState state = released > 0
                ? DepositState.RELEASED
                : captured == 0
                        ? DepositState.HELD
                        : captured == amount ? DepositState.CAPTURED : DepositState.PART_CAPTURED;
        return new DepositView(
                rs.getObject("id", UUID.class),
                rs.getObject("rental_id", UUID.class),
                rs.getString("rental_number"),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("lessee_org", UUID.class),
                Amount.of(Money.ofMinor(amount, currency)),
                Amount.of(Money.ofMinor(captured, currency)),
                Amount.of(Money.ofMinor(released, currency)),
                rs.getString("reference"),
                state,
                rs.getTimestamp("received_at").toInstant(),
                Sql.instant(rs, "released_at"));
    }
}
