package org.yiqi.billing.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yiqi.billing.StatementState;
import org.yiqi.rental.Quote;
import org.yiqi.rental.QuoteLine;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.Conflict;

/**
 * What a rental cost. It is METERED when the unit comes back, AGREED when the rental is closed, INVOICED, and PAID in one or
 * more payments. Its lines are never edited: they follow from the revision of the price list, the time and the uses that
 * stand here, and anyone can compute them again.
 */
@Entity
@Access(AccessType.FIELD)
@Table(schema = "billing", name = "statement")
public class Statement {

    @Id
    private UUID id;

    @Version
    private long version;

    @Embedded
    private Basis basis;

    private String currency;
    private long total;

    @Enumerated(EnumType.STRING)
    private StatementState state;

    @Column(name = "created_at")
    private Instant createdAt;

    @ElementCollection
    @OrderColumn(name = "position")
    @CollectionTable(schema = "billing", name = "statement_line", joinColumns = @JoinColumn(name = "statement_id"))
    private List<Line> lines = new ArrayList<>();

    protected Statement() {}

    public Statement(UUID id, Basis basis, Quote price, Instant now) {
        this.id = id;
        this.basis = basis;
        this.currency = price.total().currency();
        this.total = price.total().minor();
        this.state = StatementState.METERED;
        this.createdAt = now;
        price.lines().forEach(l -> lines.add(new Line(l)));
    }

    /** The rental is closed. */
    public void agree() {
        in(StatementState.METERED);
        state = StatementState.AGREED;
    }

    public void invoiced() {
        in(StatementState.AGREED);
        state = StatementState.INVOICED;
    }

    public void paid(boolean inFull) {
        in(StatementState.INVOICED, StatementState.PARTIALLY_PAID);
        state = inFull ? StatementState.PAID : StatementState.PARTIALLY_PAID;
    }

    private void in(StatementState... allowed) {
        if (!List.of(allowed).contains(state)) {
            throw new Conflict("billing.wrong-state", "A statement that is " + state + " does not allow this");
        }
    }

    public UUID id() {
        return id;
    }

    public long version() {
        return version;
    }

    public Basis basis() {
        return basis;
    }

    public Money total() {
        return Money.ofMinor(total, currency);
    }

    public StatementState state() {
        return state;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public List<QuoteLine> lines() {
        return lines.stream().map(l -> l.quoted(currency)).toList();
    }

    /** How a line is stored. */
    @Embeddable
    @Access(AccessType.FIELD)
    public static class Line {
        @Enumerated(EnumType.STRING)
        private QuoteLine.Kind kind;

        private int quantity;
        private int length;
        private String unit;

        @Column(name = "unit_price")
        private long unitPrice;

        private long amount;

        protected Line() {}

        Line(QuoteLine l) {
            this.kind = l.kind();
            this.quantity = l.quantity();
            this.length = l.length();
            this.unit = l.unit();
            this.unitPrice = l.unitPrice().minor();
            this.amount = l.amount().minor();
        }

        QuoteLine quoted(String currency) {
            return new QuoteLine(
                    kind, quantity, length, unit, Money.ofMinor(unitPrice, currency), Money.ofMinor(amount, currency));
        }
    }
}
