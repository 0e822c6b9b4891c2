package org.yiqi.billing;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;

/** Writes entries into the books. Each debits what it credits; the database refuses another. */
@ApplicationScoped
class Books {

    @Resource(lookup = "java:app/jdbc/yiqi")
    DataSource dataSource;

    @Inject
    Clock clock;

    /** Writes an entry into a book; nothing for no money. */
    void write(UUID book, UUID counterparty, String reason, UUID source, Account debit, Account credit, Money amount) {
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
}
