package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.yiqi.demo.DemoRentals.Rental;
import org.yiqi.rental.Quote;
import org.yiqi.rental.QuoteLine;
import org.yiqi.rental.RentalState;

/** Statements of what came back, invoices of what was closed, payments, and the entries in both books. */
final class DemoBilling {

    private final Connection c;
    private final Instant now;
    private final DemoTable statements = new DemoTable(
            "billing.statement",
            "id,rental_id,rental_number,unit_zh,unit_en,owner_org,owner_zh,owner_en,lessee_org,lessee_zh,lessee_en,tariff_id,"
                    + "tariff_revision,from_at,to_at,uses,transport_cost,currency,total,state,created_at");
    private final DemoTable lines = new DemoTable(
            "billing.statement_line", "statement_id,position,kind,quantity,length,unit,unit_price,amount");
    private final DemoTable invoices = new DemoTable(
            "billing.invoice",
            "id,number,statement_id,owner_org,lessee_org,currency,amount,paid,state,issued_at,due_at");
    private final DemoTable payments = new DemoTable(
            "billing.payment", "id,invoice_id,owner_org,lessee_org,reference,currency,amount,received_at");
    private final DemoTable entries = new DemoTable("billing.entry", "id,book_org,counterparty,at,reason,source_id");
    private final DemoTable postings =
            new DemoTable("billing.posting", "entry_id,position,account,currency,debit,credit");

    DemoBilling(Connection c, Instant now) {
        this.c = c;
        this.now = now;
    }

    /** An invoice to be: what is paid of it by today. */
    private record Claim(Rental rental, UUID statement, Instant issued, long amount, long paid, Instant paidAt) {}

    void fill(List<Rental> rentals) throws SQLException {
        List<Claim> claims = new ArrayList<>();
        for (Rental r : rentals) {
            if (r.isBack()) {
                statement(r, claims);
            }
        }
        claims.sort(Comparator.comparing(Claim::issued));
        List<String> numbers = DemoNumbers.draw(c, "billing.invoice_number", "I-%06d", claims.size());
        for (int i = 0; i < claims.size(); i++) {
            invoice(claims.get(i), numbers.get(i));
        }
        statements.write(c);
        lines.write(c);
        invoices.write(c);
        payments.write(c);
        entries.write(c);
        postings.write(c);
    }

    private void statement(Rental r, List<Claim> claims) {
        UUID id = DemoIds.at(r.returned(), "statement", r.id().toString());
        Instant end = DemoOffers.later(r.to(), r.returned());
        Quote quote = r.quote(Duration.between(r.from(), end), r.uses());
        long total = quote.total().minor();
        String state = r.state() == RentalState.CLOSED ? claim(r, id, total, claims) : "METERED";
        statements.add(
                id,
                r.id(),
                r.number(),
                r.unit().model().nameZh(),
                r.unit().model().nameEn(),
                DemoEquipment.orgId(r.owner()),
                r.owner().nameZh(),
                r.owner().nameEn(),
                DemoEquipment.orgId(r.lessee()),
                r.lessee().nameZh(),
                r.lessee().nameEn(),
                r.offer().tariff(),
                1,
                r.from(),
                end,
                r.uses(),
                r.transport().minor(),
                "CNY",
                total,
                state,
                r.returned());
        int position = 0;
        for (QuoteLine line : quote.lines()) {
            lines.add(
                    id,
                    position++,
                    line.kind(),
                    line.quantity(),
                    line.length(),
                    line.unit(),
                    line.unitPrice().minor(),
                    line.amount().minor());
        }
    }

    /** @return where the statement of a closed rental stands */
    private String claim(Rental r, UUID statement, long total, List<Claim> claims) {
        Instant issued = DemoJourney.closed(r).plus(5 + DemoIds.number("issue" + r.id(), 60), ChronoUnit.HOURS);
        int habit = DemoIds.number("habit" + r.id(), 100);
        if (issued.isAfter(now) || habit == 99) {
            return "AGREED";
        }
        Instant paidAt = issued.plus(4 + DemoIds.number("pays" + r.id(), habit > 84 ? 50 : 24), ChronoUnit.DAYS);
        boolean due = paidAt.isBefore(now) && habit > 2;
        long paid = !due ? 0 : habit < 8 ? total / 2 : total;
        claims.add(new Claim(r, statement, issued, total, paid, paidAt));
        return paid == 0 ? "INVOICED" : paid < total ? "PARTIALLY_PAID" : "PAID";
    }

    private void invoice(Claim claim, String number) {
        UUID id = DemoIds.at(claim.issued, "invoice", number);
        UUID owner = DemoEquipment.orgId(claim.rental.owner());
        UUID lessee = DemoEquipment.orgId(claim.rental.lessee());
        String state = claim.paid == 0 ? "OPEN" : claim.paid < claim.amount ? "PARTIALLY_PAID" : "PAID";
        invoices.add(
                id,
                number,
                claim.statement,
                owner,
                lessee,
                "CNY",
                claim.amount,
                claim.paid,
                state,
                claim.issued,
                claim.issued.plus(30, ChronoUnit.DAYS));
        entry(owner, lessee, claim.issued, "INVOICE", id, "RECEIVABLE", "RENTAL_INCOME", claim.amount);
        entry(lessee, owner, claim.issued, "INVOICE", id, "RENTAL_EXPENSE", "PAYABLE", claim.amount);
        if (claim.paid > 0) {
            UUID payment = DemoIds.at(claim.paidAt, "payment", number);
            payments.add(payment, id, owner, lessee, "YQ-BANK-" + number, "CNY", claim.paid, claim.paidAt);
            entry(owner, lessee, claim.paidAt, "PAYMENT", payment, "BANK", "RECEIVABLE", claim.paid);
            entry(lessee, owner, claim.paidAt, "PAYMENT", payment, "PAYABLE", "BANK", claim.paid);
        }
    }

    /** Both books, each in balance: what stands on one side stands on the other. */
    private void entry(
            UUID book,
            UUID counterparty,
            Instant at,
            String reason,
            UUID source,
            String debit,
            String credit,
            long amount) {
        UUID id = DemoIds.at(at, "entry", reason + source + book);
        entries.add(id, book, counterparty, at, reason, source);
        postings.add(id, 0, debit, "CNY", amount, 0);
        postings.add(id, 1, credit, "CNY", 0, amount);
    }
}
