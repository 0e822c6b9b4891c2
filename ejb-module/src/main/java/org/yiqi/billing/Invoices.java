package org.yiqi.billing;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.billing.domain.Invoice;
import org.yiqi.billing.domain.Statement;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.audit.AuditLog;
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

/** Invoices of agreed statements and of damage, and the payments that come in for them. */
@Stateless
@Secured
public class Invoices {

    private static final Listing<InvoiceView> LISTING = Listing.of("i.*", "billing.invoice i", "i.id", Invoices::row)
            .sort("issuedAt", "i.issued_at", "timestamptz")
            .sort("dueAt", "i.due_at", "timestamptz")
            .sort("number", "i.number", "text")
            .defaultSort("-issuedAt")
            .filter("state", "i.state", "text")
            .filter("statement", "i.statement_id", "uuid")
            .filter("liability", "i.liability_id", "uuid")
            .filter("owner", "i.owner_org", "uuid")
            .filter("lessee", "i.lessee_org", "uuid")
            .search("i.number ilike '%' || ? || '%'");

    private static final Listing<PaymentView> PAYMENTS = Listing.of(
                    "p.*", "billing.payment p", "p.id", Invoices::payment)
            .sort("receivedAt", "p.received_at", "timestamptz")
            .defaultSort("-receivedAt")
            .filter("invoice", "p.invoice_id", "uuid")
            .filter("reference", "p.reference", "text");

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    AuditLog audit;

    @Inject
    Journal journal;

    @Inject
    DamageClaims damages;

    @PostConstruct
    void nameConstraints() {
        DatabaseRefusals.register("invoice_statement", "billing.already-invoiced");
        DatabaseRefusals.register("payment_reference", "billing.payment-reference-used");
    }

    /** Invoices a statement that stands, and enters it in both books. */
    @RolesAllowed(Roles.FINANCE)
    public InvoiceView issue(UUID statementId) {
        Statement statement = em.find(Statement.class, statementId, LockModeType.PESSIMISTIC_WRITE);
        if (statement == null) {
            throw new NotFound("billing.statement-not-found", "No such statement");
        }
        if (!statement.basis().ownerOrg().equals(caller.orgId())) {
            throw new NotPermitted("billing.owner-only", "Only the owner of the unit invoices its rental");
        }
        statement.invoiced();
        Invoice invoice = new Invoice(Ids.next(), nextNumber(em), statement, clock.instant());
        em.persist(invoice);
        if (invoice.state() == InvoiceState.PAID) {
            statement.paid(true);
        }
        em.flush();
        journal.invoiced(invoice.id(), invoice.ownerOrg(), invoice.lesseeOrg(), invoice.amount());
        audit.write(
                "billing.invoiced",
                invoice.id().toString(),
                Map.of(
                        "statement",
                        statementId.toString(),
                        "amount",
                        invoice.amount().toString()));
        return view(invoice);
    }

    /**
     * Notes a payment. The same reference again, for the same invoice and amount, is the same payment.
     *
     * @throws Conflict {@code billing.payment-reference-used} when the reference stands for another payment
     */
    @RolesAllowed(Roles.FINANCE)
    public Received receive(UUID invoiceId, String reference, Money amount) {
        String key = reference.strip();
        if (key.isEmpty() || key.length() > 120) {
            throw new RuleViolation("billing.payment-reference", "A payment has the bank's reference")
                    .at("/reference", "1 to 120 characters");
        }
        Invoice invoice = em.find(Invoice.class, invoiceId, LockModeType.PESSIMISTIC_WRITE);
        if (invoice == null) {
            throw new NotFound("billing.invoice-not-found", "No such invoice");
        }
        if (!invoice.ownerOrg().equals(caller.orgId())) {
            throw new NotPermitted("billing.owner-only", "Only who receives a payment notes it");
        }
        Optional<PaymentView> before = byReference(key);
        if (before.isPresent()) {
            return again(before.get(), invoiceId, amount);
        }
        invoice.receive(amount);
        boolean paid = invoice.state() == InvoiceState.PAID;
        invoice.statementId().ifPresent(id -> em.find(Statement.class, id).paid(paid));
        em.flush();
        if (paid) {
            invoice.liabilityId().ifPresent(liability -> damages.paid(liability, invoiceId));
        }
        PaymentView payment = new PaymentView(Ids.next(), invoiceId, key, amount, clock.instant());
        insert(payment, invoice);
        journal.paid(payment.id(), invoice.ownerOrg(), invoice.lesseeOrg(), amount);
        audit.write(
                "billing.paid",
                payment.id().toString(),
                Map.of("invoice", invoiceId.toString(), "amount", amount.toString()));
        return new Received(payment, true);
    }

    /** @throws NotFound {@code billing.invoice-not-found} */
    @RolesAllowed("**")
    public InvoiceView get(UUID id) {
        Invoice invoice = em.find(Invoice.class, id);
        if (invoice == null) {
            throw new NotFound("billing.invoice-not-found", "No such invoice");
        }
        return view(invoice);
    }

    @RolesAllowed("**")
    public Optional<InvoiceView> ofStatement(UUID statementId) {
        return list(ListQuery.all().where("statement", statementId.toString())).items().stream()
                .findFirst();
    }

    @RolesAllowed("**")
    public Page<InvoiceView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return LISTING.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @RolesAllowed("**")
    public Page<PaymentView> payments(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            return PAYMENTS.page(c, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String nextNumber(EntityManager em) {
        Object next =
                em.createNativeQuery("select nextval('billing.invoice_number')").getSingleResult();
        return String.format("I-%06d", ((Number) next).longValue());
    }

    private static Received again(PaymentView payment, UUID invoiceId, Money amount) {
        if (!payment.invoiceId().equals(invoiceId) || !payment.amount().equals(amount)) {
            throw new Conflict("billing.payment-reference-used", "This reference stands for another payment");
        }
        return new Received(payment, false);
    }

    private Optional<PaymentView> byReference(String reference) {
        try (Connection c = dataSource.getConnection();
                PreparedStatement s =
                        c.prepareStatement("select * from billing.payment where owner_org = ? and reference = ?")) {
            s.setObject(1, caller.orgId());
            s.setString(2, reference);
            try (ResultSet rs = s.executeQuery()) {
                return rs.next() ? Optional.of(payment(rs)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(PaymentView payment, Invoice invoice) {
        try (Connection c = dataSource.getConnection();
                PreparedStatement s = c.prepareStatement("""
                        insert into billing.payment(id, invoice_id, owner_org, lessee_org, reference, currency, amount, received_at)
                        values (?,?,?,?,?,?,?,?)""")) {
            s.setObject(1, payment.id());
            s.setObject(2, payment.invoiceId());
            s.setObject(3, invoice.ownerOrg());
            s.setObject(4, invoice.lesseeOrg());
            s.setString(5, payment.reference());
            s.setString(6, payment.amount().currency());
            s.setLong(7, payment.amount().minor());
            s.setTimestamp(8, Timestamp.from(payment.receivedAt()));
            s.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The payment could not be written", e);
        }
    }

    private static InvoiceView view(Invoice i) {
        return new InvoiceView(
                i.id(),
                i.number(),
                i.statementId().orElse(null),
                i.liabilityId().orElse(null),
                i.ownerOrg(),
                i.lesseeOrg(),
                i.amount(),
                i.paid(),
                i.state(),
                i.issuedAt(),
                i.dueAt());
    }

    private static InvoiceView row(ResultSet rs) throws SQLException {
        String currency = rs.getString("currency");
        return new InvoiceView(
                rs.getObject("id", UUID.class),
                rs.getString("number"),
                rs.getObject("statement_id", UUID.class),
                rs.getObject("liability_id", UUID.class),
                rs.getObject("owner_org", UUID.class),
                rs.getObject("lessee_org", UUID.class),
                Money.ofMinor(rs.getLong("amount"), currency),
                Money.ofMinor(rs.getLong("paid"), currency),
                InvoiceState.valueOf(rs.getString("state")),
                rs.getTimestamp("issued_at").toInstant(),
                rs.getTimestamp("due_at").toInstant());
    }

    private static PaymentView payment(ResultSet rs) throws SQLException {
        Instant at = rs.getTimestamp("received_at").toInstant();
        return new PaymentView(
                rs.getObject("id", UUID.class),
                rs.getObject("invoice_id", UUID.class),
                rs.getString("reference"),
                Money.ofMinor(rs.getLong("amount"), rs.getString("currency")),
                at);
    }

    /** A payment, and whether it was noted just now or stood already. */
    public record Received(PaymentView payment, boolean isNew) {}
}
