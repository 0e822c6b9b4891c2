package org.yiqi.web.billing;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.billing.InvoiceView;
import org.yiqi.billing.Invoices;
import org.yiqi.billing.PaymentView;
import org.yiqi.billing.StatementState;
import org.yiqi.billing.StatementView;
import org.yiqi.billing.Statements;
import org.yiqi.shared.Money;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.rental.Pages;

/** One statement: its lines and why, the invoice and the payments. Found by its own id or by its rental's. */
@Named
@ViewScoped
public class StatementPage implements Serializable {

    @Inject
    Statements statements;

    @Inject
    Invoices invoices;

    @Inject
    Caller caller;

    private @Nullable String id;
    private @Nullable String rental;
    private @Nullable String reference;
    private @Nullable BigDecimal amount;
    private transient @Nullable StatementView statement;

    public void load() {
        getStatement();
    }

    public StatementView getStatement() {
        StatementView shown = statement;
        if (shown == null) {
            shown = rental == null || rental.isBlank()
                    ? statements.get(Pages.id(id))
                    : statements
                            .ofRental(Pages.id(rental))
                            .orElseThrow(() -> new NotFound("billing.statement-not-found", "No statement yet"));
            statement = shown;
        }
        return shown;
    }

    public boolean isToInvoice() {
        return mine() && getStatement().state() == StatementState.AGREED;
    }

    public boolean isToPay() {
        StatementState state = getStatement().state();
        return mine() && (state == StatementState.INVOICED || state == StatementState.PARTIALLY_PAID);
    }

    private boolean mine() {
        return caller.has("FINANCE") && caller.orgId().equals(getStatement().ownerOrg());
    }

    public List<PaymentView> getPayments() {
        InvoiceView invoice = getStatement().invoice();
        return invoice == null
                ? List.of()
                : invoices.payments(
                                ListQuery.all().where("invoice", invoice.id().toString()))
                        .items();
    }

    public Money open(InvoiceView invoice) {
        return invoice.amount().minus(invoice.paid());
    }

    public String invoice() {
        invoices.issue(getStatement().id());
        return shown();
    }

    public String receive() {
        InvoiceView invoice = getStatement().invoice();
        if (invoice != null) {
            BigDecimal given = amount == null ? open(invoice).amount() : amount;
            invoices.receive(
                    invoice.id(),
                    reference == null ? "" : reference,
                    Money.of(given, invoice.amount().currency()));
        }
        return shown();
    }

    private String shown() {
        return "/billing/statement?faces-redirect=true&id=" + getStatement().id();
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getRental() {
        return rental;
    }

    public void setRental(@Nullable String rental) {
        this.rental = rental;
    }

    public @Nullable String getReference() {
        return reference;
    }

    public void setReference(@Nullable String reference) {
        this.reference = reference;
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }
}
