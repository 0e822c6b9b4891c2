package org.yiqi.billing.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.InvoiceState;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.RuleViolation;

/**
 * A claim of the owner, for a rental or for a damage. It is OPEN, then paid in parts (PARTIALLY_PAID) or whole (PAID), never
 * over; one for a damage may be CANCELLED, when the ledger refuses what it stands on.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "billing", name = "invoice")
public class Invoice {

    private static final Duration TERM = Duration.ofDays(30);

    @Id
    private UUID id;

    @Version
    private long version;

    private String number;

    @Column(name = "statement_id")
    private @Nullable UUID statementId;

    @Column(name = "liability_id")
    private @Nullable UUID liabilityId;

    @Column(name = "owner_org")
    private UUID ownerOrg;

    @Column(name = "lessee_org")
    private UUID lesseeOrg;

    private String currency;
    private long amount;
    private long paid;

    @Enumerated(EnumType.STRING)
    private InvoiceState state;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "due_at")
    private Instant dueAt;

    protected Invoice() {}

    public Invoice(UUID id, String number, Statement statement, Instant now) {
        this.id = id;
        this.number = number;
        this.statementId = statement.id();
        this.ownerOrg = statement.basis().ownerOrg();
        this.lesseeOrg = statement.basis().lesseeOrg();
        this.currency = statement.total().currency();
        this.amount = statement.total().minor();
        this.state = amount == 0 ? InvoiceState.PAID : InvoiceState.OPEN;
        this.issuedAt = now;
        this.dueAt = now.plus(TERM);
    }

    /** What somebody owes for a damage beyond what its deposit covered. */
    public Invoice(UUID id, String number, UUID liability, UUID owner, UUID debtor, Money rest, Instant now) {
        this.id = id;
        this.number = number;
        this.liabilityId = liability;
        this.ownerOrg = owner;
        this.lesseeOrg = debtor;
        this.currency = rest.currency();
        this.amount = rest.minor();
        this.state = InvoiceState.OPEN;
        this.issuedAt = now;
        this.dueAt = now.plus(TERM);
    }

    /** The claim fell; what was paid for it stays in the books. */
    public void cancel() {
        state = InvoiceState.CANCELLED;
    }

    /** @throws RuleViolation {@code billing.payment-amount} when it is nothing, too much, or another currency */
    public void receive(Money payment) {
        if (state == InvoiceState.CANCELLED) {
            throw new Conflict("billing.invoice-cancelled", "This invoice is cancelled");
        }
        if (!payment.currency().equals(currency) || payment.minor() <= 0 || payment.minor() > open().minor()) {
            throw new RuleViolation("billing.payment-amount", "A payment is more than nothing and at most what is open")
                    .at("/amount", "up to " + open());
        }
        paid += payment.minor();
        state = paid == amount ? InvoiceState.PAID : InvoiceState.PARTIALLY_PAID;
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String number() {
        return number;
    }

    public Optional<UUID> statementId() {
        return Optional.ofNullable(statementId);
    }

    public Optional<UUID> liabilityId() {
        return Optional.ofNullable(liabilityId);
    }

    public UUID ownerOrg() {
        return ownerOrg;
    }

    public UUID lesseeOrg() {
        return lesseeOrg;
    }

    public Money amount() {
        return Money.ofMinor(amount, currency);
    }

    public Money paid() {
        return Money.ofMinor(paid, currency);
    }

    public Money open() {
        return Money.ofMinor(amount - paid, currency);
    }

    public InvoiceState state() {
        return state;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    public Instant dueAt() {
        return dueAt;
    }
}
