package org.yiqi.billing;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Ids;
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
    Clock clock;

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
        write(owner, lessee, "INVOICE", invoiceId, Account.RECEIVABLE, Account.RENTAL_INCOME, amount);
        write(lessee, owner, "INVOICE", invoiceId, Account.RENTAL_EXPENSE, Account.PAYABLE, amount);
    }

    /** The lessee has paid: the claim and the debt shrink. */
    @RolesAllowed(Roles.FINANCE)
    public void paid(UUID paymentId, UUID owner, UUID lessee, Money amount) {
        write(owner, lessee, "PAYMENT", paymentId, Account.BANK, Account.RECEIVABLE, amount);
        write(lessee, owner, "PAYMENT", paymentId, Account.PAYABLE, Account.BANK, amount);
    }

    /** A bidder has paid a deposit to the owner of what is auctioned, who owes it back. */
    @RolesAllowed(Roles.RECYCLER)
    public void depositHeld(UUID depositId, UUID owner, UUID bidder, Money amount) {
        write(owner, bidder, "DEPOSIT_HELD", depositId, Account.BANK, Account.DEPOSIT_HELD, amount);
        write(bidder, owner, "DEPOSIT_HELD", depositId, Account.DEPOSIT_PAID, Account.BANK, amount);
    }

    /** The deposit goes back. A deposit ends once, one way or the other. */
    @RolesAllowed({Roles.FINANCE, Roles.EQUIPMENT, Roles.COMMITTEE, Roles.SYSTEM})
    public void depositReleased(UUID depositId, UUID owner, UUID bidder, Money amount) {
        write(owner, bidder, "DEPOSIT_ENDED", depositId, Account.DEPOSIT_HELD, Account.BANK, amount);
        write(bidder, owner, "DEPOSIT_ENDED", depositId, Account.BANK, Account.DEPOSIT_PAID, amount);
    }

    /** The owner keeps the deposit of a bidder who did not keep its word. */
    @RolesAllowed({Roles.EQUIPMENT, Roles.SYSTEM})
    public void depositForfeited(UUID depositId, UUID owner, UUID bidder, Money amount) {
        write(owner, bidder, "DEPOSIT_ENDED", depositId, Account.DEPOSIT_HELD, Account.FORFEIT_INCOME, amount);
        write(bidder, owner, "DEPOSIT_ENDED", depositId, Account.FORFEIT_EXPENSE, Account.DEPOSIT_PAID, amount);
    }

    /** A unit at its end was paid for. */
    @RolesAllowed(Roles.FINANCE)
    public void disposalSold(UUID disposalId, UUID owner, UUID buyer, Money amount) {
        write(owner, buyer, "DISPOSAL_SALE", disposalId, Account.BANK, Account.DISPOSAL_INCOME, amount);
        write(buyer, owner, "DISPOSAL_SALE", disposalId, Account.SALVAGE, Account.BANK, amount);
    }

    private void write(
            UUID book, UUID counterparty, String reason, UUID source, Account debit, Account credit, Money amount) {
        if (amount.minor() == 0) {
            return;
        }
        UUID id = Ids.next();
        try (Connection c = dataSource.getConnection();
                PreparedStatement entry = c.prepareStatement(
                        "insert into billing.entry(id, book_org, counterparty, at, reason, source_id) values (?,?,?,?,?,?)");
                PreparedStatement posting = c.prepareStatement(
                        "insert into billing.posting(entry_id, position, account, currency, debit, credit) values (?,?,?,?,?,?)")) {
            entry.setObject(1, id);
            entry.setObject(2, book);
            entry.setObject(3, counterparty);
            entry.setTimestamp(4, Timestamp.from(clock.instant()));
            entry.setString(5, reason);
            entry.setObject(6, source);
            entry.executeUpdate();
            add(posting, id, 0, debit, amount, Money.zero(amount.currency()));
            add(posting, id, 1, credit, Money.zero(amount.currency()), amount);
        } catch (SQLException e) {
            throw new IllegalStateException("The entry could not be written", e);
        }
    }

    private static void add(PreparedStatement s, UUID entry, int position, Account account, Money debit, Money credit)
            throws SQLException {
        s.setObject(1, entry);
        s.setInt(2, position);
        s.setString(3, account.name());
        s.setString(4, debit.currency());
        s.setLong(5, debit.minor());
        s.setLong(6, credit.minor());
        s.executeUpdate();
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
