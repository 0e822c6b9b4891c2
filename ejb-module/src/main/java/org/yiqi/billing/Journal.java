package org.yiqi.billing;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Listing;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.tenancy.Secured;

/** The books. Each organisation sees its own; an entry between two is written into both at once, and each balances. */
@Stateless
@Secured
public class Journal {

    private static final Listing<EntryView> LISTING = Listing.of(
                    "e.*", "billing.entry e", "e.id", rs -> entry(rs, List.of()))
            .sort("at", "e.at", "timestamptz")
            .defaultSort("-at")
            .filter("reason", "e.reason", "text")
            .filter("source", "e.source_id", "uuid")
            .filter("counterparty", "e.counterparty", "uuid")
            .filter("book", "e.book_org", "uuid");

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Books books;

    @RolesAllowed({Roles.FINANCE, Roles.EQUIPMENT, Roles.PLATFORM_OPERATOR, Roles.REGULATOR, Roles.AUDITOR})
    public Page<EntryView> list(ListQuery query) {
        try (Connection c = dataSource.getConnection()) {
            Page<EntryView> page = LISTING.page(c, query);
            List<EntryView> whole = new ArrayList<>();
            for (EntryView e : page.items()) {
                whole.add(new EntryView(
                        e.id(), e.bookOrg(), e.counterparty(), e.at(), e.reason(), e.sourceId(), postings(c, e.id())));
            }
            return new Page<>(whole, page.next(), page.total());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The owner claims: income for one, expense for the other. */
    @RolesAllowed(Roles.FINANCE)
    public void invoiced(UUID invoiceId, UUID owner, UUID lessee, Money amount) {
        books.write(owner, lessee, "INVOICE", invoiceId, Account.RECEIVABLE, Account.RENTAL_INCOME, amount);
        books.write(lessee, owner, "INVOICE", invoiceId, Account.RENTAL_EXPENSE, Account.PAYABLE, amount);
    }

    /** The lessee has paid: the claim and the debt shrink. */
    @RolesAllowed(Roles.FINANCE)
    public void paid(UUID paymentId, UUID owner, UUID lessee, Money amount) {
        books.write(owner, lessee, "PAYMENT", paymentId, Account.BANK, Account.RECEIVABLE, amount);
        books.write(lessee, owner, "PAYMENT", paymentId, Account.PAYABLE, Account.BANK, amount);
    }

    /** A bidder has paid a deposit to the owner of what is auctioned, who owes it back. */
    @RolesAllowed(Roles.RECYCLER)
    public void depositHeld(UUID depositId, UUID owner, UUID bidder, Money amount) {
        books.write(owner, bidder, "DEPOSIT_HELD", depositId, Account.BANK, Account.DEPOSIT_HELD, amount);
        books.write(bidder, owner, "DEPOSIT_HELD", depositId, Account.DEPOSIT_GIVEN, Account.BANK, amount);
    }

    /** The deposit goes back. A deposit ends once, one way or the other. */
    @RolesAllowed({Roles.FINANCE, Roles.EQUIPMENT, Roles.COMMITTEE, Roles.SYSTEM})
    public void depositReleased(UUID depositId, UUID owner, UUID bidder, Money amount) {
        books.write(owner, bidder, "DEPOSIT_ENDED", depositId, Account.DEPOSIT_HELD, Account.BANK, amount);
        books.write(bidder, owner, "DEPOSIT_ENDED", depositId, Account.BANK, Account.DEPOSIT_GIVEN, amount);
    }

    /** The owner keeps the deposit of a bidder who did not keep its word. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SYSTEM})
    public void depositForfeited(UUID depositId, UUID owner, UUID bidder, Money amount) {
        books.write(owner, bidder, "DEPOSIT_ENDED", depositId, Account.DEPOSIT_HELD, Account.FORFEIT_INCOME, amount);
        books.write(bidder, owner, "DEPOSIT_ENDED", depositId, Account.FORFEIT_EXPENSE, Account.DEPOSIT_GIVEN, amount);
    }

    /** A unit at its end was paid for. */
    @RolesAllowed(Roles.FINANCE)
    public void disposalSold(UUID disposalId, UUID owner, UUID buyer, Money amount) {
        books.write(owner, buyer, "DISPOSAL_SALE", disposalId, Account.BANK, Account.DISPOSAL_INCOME, amount);
        books.write(buyer, owner, "DISPOSAL_SALE", disposalId, Account.SALVAGE, Account.BANK, amount);
    }

    /** A hospital has paid a milestone of a contract to its supplier. A payment is entered once. */
    @RolesAllowed(Roles.FINANCE)
    public void contractPaid(UUID paymentId, UUID buyer, UUID supplier, Money amount) {
        books.write(buyer, supplier, "CONTRACT_PAYMENT", paymentId, Account.EQUIPMENT, Account.BANK, amount);
        books.write(supplier, buyer, "CONTRACT_PAYMENT", paymentId, Account.BANK, Account.SALES_INCOME, amount);
    }

    private static List<EntryView.Posting> postings(Connection c, UUID entryId) throws SQLException {
        try (PreparedStatement s =
                c.prepareStatement("select * from billing.posting where entry_id = ? order by position")) {
            s.setObject(1, entryId);
            try (ResultSet rs = s.executeQuery()) {
                List<EntryView.Posting> all = new ArrayList<>();
                while (rs.next()) {
                    String currency = rs.getString("currency");
                    all.add(new EntryView.Posting(
                            Account.valueOf(rs.getString("account")),
                            Money.ofMinor(rs.getLong("debit"), currency),
                            Money.ofMinor(rs.getLong("credit"), currency)));
                }
                return all;
            }
        }
    }

    private static EntryView entry(ResultSet rs, List<EntryView.Posting> postings) throws SQLException {
        return new EntryView(
                rs.getObject("id", UUID.class),
                rs.getObject("book_org", UUID.class),
                rs.getObject("counterparty", UUID.class),
                rs.getTimestamp("at").toInstant(),
                rs.getString("reason"),
                rs.getObject("source_id", UUID.class),
                postings);
    }
}
