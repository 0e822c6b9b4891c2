package org.yiqi.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Scope;

/** The books in a real database: what does not balance is refused, whoever writes it. */
class JournalIT {

    private static final TestDatabase DB = TestDatabase.get();
    private final TestServices services = new TestServices(DB);
    private final Journal journal = services.get(Journal.class);
    private final UUID owner = Ids.next();
    private final UUID lessee = Ids.next();

    @Test
    void anEntryBetweenTwoStandsInBothBooksAndEachSeesItsOwn() {
        services.as(owner, () -> {
            journal.invoiced(Ids.next(), owner, lessee, Money.cny("68160"));
            return true;
        });
        List<EntryView> mine =
                services.as(owner, () -> journal.list(ListQuery.all())).items();
        List<EntryView> theirs =
                services.as(lessee, () -> journal.list(ListQuery.all())).items();
        assertEquals(1, mine.size());
        assertEquals(1, theirs.size());
        assertEquals(Account.RECEIVABLE, mine.get(0).postings().get(0).account());
        assertEquals(Account.RENTAL_EXPENSE, theirs.get(0).postings().get(0).account());
        assertEquals(
                List.of(),
                services.as(Ids.next(), () -> journal.list(ListQuery.all())).items());
    }

    @Test
    void anEntryThatDoesNotBalanceIsRefusedWhenTheTransactionEnds() {
        SQLException refused = assertThrows(
                SQLException.class,
                () -> DB.inOrg(owner, c -> {
                    UUID entry = entry(c);
                    posting(c, entry, 0, "BANK", 100, 0);
                    posting(c, entry, 1, "RECEIVABLE", 0, 99);
                    return true;
                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("does not balance"));
    }

    @Test
    void aSinglePostingIsNoEntry() {
        assertThrows(
                SQLException.class,
                () -> DB.inOrg(owner, c -> {
                    posting(c, entry(c), 0, "BANK", 100, 0);
                    return true;
                }));
    }

    @Test
    void theTrialBalanceIsZeroAfterManyRandomEntries() throws SQLException {
        Random random = new Random(20261122);
        services.as(owner, () -> {
            for (int i = 0; i < 1000; i++) {
                Money amount = Money.ofMinor(1 + random.nextInt(10_000_000), "CNY");
                if (random.nextBoolean()) {
                    journal.invoiced(Ids.next(), owner, lessee, amount);
                } else {
                    journal.paid(Ids.next(), owner, lessee, amount);
                }
            }
            return true;
        });
        long balance = DB.inScope(Scope.PLATFORM, c -> {
            try (var s = c.prepareStatement("select sum(debit) - sum(credit) from billing.posting p"
                    + " join billing.entry e on e.id = p.entry_id where ? in (e.book_org, e.counterparty)")) {
                s.setObject(1, owner);
                var rs = s.executeQuery();
                rs.next();
                return rs.getLong(1);
            }
        });
        assertEquals(0, balance);
    }

    private UUID entry(Connection c) throws SQLException {
        UUID id = Ids.next();
        try (var s = c.prepareStatement("insert into billing.entry(id, book_org, counterparty, at, reason, source_id)"
                + " values (?, ?, ?, now(), 'PAYMENT', ?)")) {
            s.setObject(1, id);
            s.setObject(2, owner);
            s.setObject(3, lessee);
            s.setObject(4, Ids.next());
            s.executeUpdate();
        }
        return id;
    }

    private static void posting(Connection c, UUID entry, int position, String account, long debit, long credit)
            throws SQLException {
        try (var s =
                c.prepareStatement("insert into billing.posting(entry_id, position, account, currency, debit, credit)"
                        + " values (?, ?, ?, 'CNY', ?, ?)")) {
            s.setObject(1, entry);
            s.setInt(2, position);
            s.setString(3, account);
            s.setLong(4, debit);
            s.setLong(5, credit);
            s.executeUpdate();
        }
    }
}
