package org.yiqi.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.yiqi.demo.DemoEquipment.DemoUnit;
import org.yiqi.ledger.HistoryImport;
import org.yiqi.organisation.PasswordHashes;

/** The demo region in the order in which its parts need each other. Everything is told as seen from {@code now}. */
final class DemoStory {

    private final Connection c;
    private final Instant now;

    DemoStory(Connection c, Instant now) {
        this.c = c;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Who takes part, and who may do what: enough to sign in. */
    void members() throws SQLException {
        String hash = PasswordHashes.of(DemoData.PASSWORD);
        LocalDate today = LocalDate.ofInstant(now, DemoEquipment.CHINA);
        new DemoPeople(c).fill(hash);
        DemoCredentials.write(c, DemoData.SINCE, today);
        new DemoMembers(c, now, today).fill(hash);
    }

    /** The devices and a year of what happened to them, once the ledger has begun. */
    void year(HistoryImport ledger) throws SQLException {
        DemoPast past = new DemoPast();
        DemoCalendar calendar = new DemoCalendar();
        DemoEquipment equipment = new DemoEquipment(c, now);
        List<DemoUnit> units = equipment.fill(past);
        List<DemoOffers.Offer> offers = new DemoOffers(c, now).fill(units);
        List<DemoRentals.Rental> rentals = new DemoRentals(c, now, calendar).fill(offers, past);
        new DemoBilling(c, now).fill(rentals);
        Set<UUID> lent = offers.stream().map(o -> o.unit().id()).collect(Collectors.toSet());
        List<DemoUnit> monitored = DemoTelemetry.monitored(units, lent);
        DemoAlerts alerts = new DemoAlerts(now);
        alerts.tell(monitored, lent);
        new DemoProcurement(c, now).fill();
        new DemoCatalogue(c, now).fill(units);
        new DemoOversight(c, now).fill(units, lent, past);
        new DemoMaintenance(c, now, calendar).fill(units, lent, alerts.jobs(), past);
        equipment.clinicalUse(units, calendar);
        calendar.write(c);
        past.write(c, ledger, DemoEquipment.regulator());
        DemoJourney.signToday(c, ledger, rentals, now);
        new DemoLiabilities(c, now, ledger).fill(rentals);
        new DemoTenders(c, now, ledger).fill();
        new DemoDisposals(c, now, ledger).fill(units, lent);
        // On the regulator's own chain, where nothing may be older than what stands there.
        ledger.vouchForTime(c, DemoEquipment.regulator());
        new DemoTelemetry(c, now).fill(monitored, alerts.episodes());
    }
}
