package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Leads that are found in what was published, on a real database. */
class RedFlagsIT {

    private static final String SAME_PRICES =
            "{\"ocid\":\"%s\",\"id\":\"%s\",\"date\":\"2026-11-01T00:00:00Z\",\"tag\":[\"tender\"],\"bids\":{\"details\":["
                    + "{\"id\":\"1\",\"status\":\"valid\",\"tenderers\":[{\"id\":\"A\"}],\"value\":{\"amount\":5,\"currency\":\"CNY\"}},"
                    + "{\"id\":\"2\",\"status\":\"valid\",\"tenderers\":[{\"id\":\"B\"}],\"value\":{\"amount\":5,\"currency\":\"CNY\"}}]}}";

    private TestDatabase db;
    private TestServices services;
    private UUID buyer;
    private UUID regulator;
    private long position;

    @BeforeEach
    void aBuyer() throws SQLException {
        db = TestDatabase.empty();
        services = new TestServices(db);
        buyer = db.organisation("HOSPITAL");
        regulator = db.organisation("REGULATOR");
    }

    @AfterEach
    void stop() throws IOException {
        db.stop();
    }

    private RedFlags flags() {
        return services.get(RedFlags.class);
    }

    private void publish(String ocid) throws SQLException {
        publish(ocid, SAME_PRICES);
    }

    private void publish(String ocid, String release) throws SQLException {
        position++;
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(
                        "insert into procurement.ocds_release(position, id, ocid, tag, released_at, org_id, content)"
                                + " values (?, ?, ?, 'tender', now(), ?, ?::json)")) {
            s.setLong(1, position);
            s.setString(2, "r" + position);
            s.setString(3, ocid);
            s.setObject(4, buyer);
            s.setString(5, release.formatted(ocid, "r" + position));
            s.executeUpdate();
        }
    }

    private void look() {
        services.clock().set(services.clock().instant().plus(Duration.ofMinutes(1)));
        services.as(new YiqiPrincipal("system", Ids.next(), Ids.next(), Scope.SYSTEM, Set.of()), () -> {
            flags().look();
            return true;
        });
    }

    private <R> R inspecting(Callable<R> work) {
        return services.as(
                new YiqiPrincipal("inspector", Ids.next(), regulator, Scope.REGULATOR, Set.of(Roles.REGULATOR)), work);
    }

    private List<RedFlagView> ofProcess(String ocid) {
        return inspecting(() -> flags().list(ListQuery.all().where("ocid", ocid).where("group", "OCID"))
                .items());
    }

    @Test
    void aLeadIsFoundOnceAndSeenByTheBuyerAndRegulatorsOnly() throws SQLException {
        publish("ocds-1");
        look();
        RedFlagView lead = ofProcess("ocds-1").get(0);
        assertEquals("R028", lead.indicator());
        assertEquals(RedFlagView.State.OPEN, lead.state());
        publish("ocds-2");
        look();
        assertEquals(1, ofProcess("ocds-1").size());
        assertEquals(1, ofProcess("ocds-2").size());
        YiqiPrincipal own = new YiqiPrincipal("own", Ids.next(), buyer, Scope.MEMBER, Set.of(Roles.EQUIPMENT));
        assertEquals(6, services.as(own, () -> flags().list(ListQuery.all())).total());
        YiqiPrincipal other = new YiqiPrincipal(
                "other", Ids.next(), db.organisation("SUPPLIER"), Scope.MEMBER, Set.of(Roles.FINANCE));
        assertEquals(0, services.as(other, () -> flags().list(ListQuery.all())).total());
    }

    @Test
    void whatARegulatorDismissedStaysDismissedWithItsReason() throws SQLException {
        publish("ocds-1");
        look();
        UUID id = ofProcess("ocds-1").get(0).id();
        assertEquals("procurement.reason-missing", refused(() -> inspecting(() -> flags().dismiss(id, " "))));
        inspecting(() -> flags().dismiss(id, "Both sell at the regulated price"));
        publish("ocds-2");
        look();
        RedFlagView seen = inspecting(() -> flags().get(id));
        assertEquals(RedFlagView.State.DISMISSED, seen.state());
        assertEquals(
                List.of("Both sell at the regulated price"),
                seen.dismissals().stream().map(RedFlagView.Dismissal::reason).toList());
        assertEquals("procurement.red-flag-not-open", refused(() -> inspecting(() -> flags().dismiss(id, "again"))));
        assertEquals(
                "procurement.red-flag-not-found",
                refused(() -> inspecting(() -> flags().dismiss(Ids.next(), "nothing"))));
    }

    /** Of the second bid, another price. */
    private static String repriced(int amount, String day) {
        return "{\"ocid\":\"%s\",\"id\":\"%s\",\"date\":\"" + day + "T00:00:00Z\",\"tag\":[\"tenderUpdate\"],"
                + "\"bids\":{\"details\":[{\"id\":\"2\",\"value\":{\"amount\":" + amount + "}}]}}";
    }

    @Test
    void whereTheDataNoLongerSaysSoTheLeadIsGone() throws SQLException {
        publish("ocds-1");
        look();
        publish("ocds-1", repriced(6, "2026-11-02"));
        look();
        assertEquals(RedFlagView.State.GONE, ofProcess("ocds-1").get(0).state());
        publish("ocds-1", repriced(5, "2026-11-03"));
        look();
        assertEquals(RedFlagView.State.OPEN, ofProcess("ocds-1").get(0).state());
    }

    @Test
    void whatWasDismissedComesBackOnceTheDataHasStoppedAndBegunAgainToSaySo() throws SQLException {
        publish("ocds-1");
        look();
        UUID id = ofProcess("ocds-1").get(0).id();
        inspecting(() -> flags().dismiss(id, "Both sell at the regulated price"));
        publish("ocds-1", repriced(6, "2026-11-02"));
        look();
        publish("ocds-1", repriced(5, "2026-11-03"));
        look();
        RedFlagView again = inspecting(() -> flags().get(id));
        assertEquals(RedFlagView.State.OPEN, again.state());
        assertEquals(1, again.dismissals().size());
    }

    @Test
    void aLookReadsOnlyProcessesThatHaveChanged() throws SQLException {
        publish("ocds-1");
        publish("ocds-2");
        look();
        long before = ofProcess("ocds-1").get(0).version();
        // Were it read again, it would say nothing any more.
        execute(
                "update procurement.ocds_release set content = '{\"ocid\":\"ocds-1\",\"id\":\"r1\",\"date\":\"2026-11-01T00:00:00Z\"}'"
                        + " where ocid = 'ocds-1'");
        publish("ocds-2", repriced(6, "2026-11-02"));
        look();
        assertEquals(before, ofProcess("ocds-1").get(0).version());
        assertEquals(RedFlagView.State.OPEN, ofProcess("ocds-1").get(0).state());
        assertEquals(RedFlagView.State.GONE, ofProcess("ocds-2").get(0).state());
    }

    @Test
    void whatProcessesHaveInCommonIsFoundHoweverLongAgoTheyWereRead() throws SQLException {
        String two = SAME_PRICES.replaceFirst("\"amount\":5", "\"amount\":8");
        for (int i = 1; i <= 3; i++) {
            publish("ocds-" + i, two);
            look();
        }
        for (int i = 1; i <= 3; i++) {
            RedFlagView lead = ofProcess("ocds-" + i).get(0);
            assertEquals("R023", lead.indicator());
            assertEquals("1 : 0.625", lead.facts().get("price"));
        }
    }

    @Test
    void otherSettingsMakeEverythingBeLookedAtAgain() throws SQLException {
        String period =
                "{\"ocid\":\"%s\",\"id\":\"%s\",\"date\":\"2026-11-01T00:00:00Z\",\"tag\":[\"tender\"],\"tender\":{\"tenderPeriod\":"
                        + "{\"startDate\":\"2026-11-01T00:00:00Z\",\"endDate\":\"2026-11-19T00:00:00Z\"}}}";
        publish("ocds-1", period);
        look();
        assertEquals(List.of(), ofProcess("ocds-1"));
        execute("insert into procurement.red_flag_setting values ('R003.threshold', '2026-01-01', '20', '招标投标法 §24')");
        look();
        assertEquals("R003", ofProcess("ocds-1").get(0).indicator());
        assertEquals("20", ofProcess("ocds-1").get(0).facts().get("least"));
    }

    @Test
    void biddersWhoShareATelephoneAreALeadThoughItIsNotPublished() throws SQLException {
        UUID one = db.organisation("SUPPLIER");
        UUID other = db.organisation("SUPPLIER");
        execute("update organisation.organisation set phone = '0571-88' where kind = 'SUPPLIER'");
        String party = "{\"id\":\"CN-SAIC-%s\",\"roles\":[\"tenderer\"]}";
        publish(
                "ocds-1",
                "{\"ocid\":\"%s\",\"id\":\"%s\",\"date\":\"2026-11-01T00:00:00Z\",\"tag\":[\"tender\"],\"parties\":["
                        + party.formatted(one) + "," + party.formatted(other) + "]}");
        look();
        RedFlagView lead = ofProcess("ocds-1").get(0);
        assertEquals("R044", lead.indicator());
        assertEquals("telephone", lead.facts().get("common"));
    }

    @Test
    void aUnitPriceOutsideTheFencesAroundTheReferencePricesIsALead() throws SQLException {
        for (int i = 1; i <= 11; i++) {
            publish("ocds-" + i);
            execute(
                    "insert into procurement.price_observation(ocid, item, kind, subject, currency, unit_minor, quantity, buyer, buyer_org, day)"
                            + " values ('ocds-" + i + "', 'c', 'CATEGORY', 'CT', 'CNY', "
                            + (i == 11 ? 9_000_000 : 1_000_000 + i * 1000) + ", 1, 'b"
                            + i + "', '" + buyer + "', '2026-11-01')");
        }
        execute(
                "insert into procurement.price_index(id, kind, subject, currency, prices, buyers, fewest_prices, fewest_buyers, low_minor,"
                        + " first_quartile_minor, median_minor, third_quartile_minor, high_minor, first_day, last_day, refreshed_at) values ('"
                        + Ids.next()
                        + "', 'CATEGORY', 'CT', 'CNY', 11, 11, 10, 3, 1000000, 1003000, 1006000, 1009000, 1010000, '2026-11-01',"
                        + " '2026-11-01', now())");
        look();
        List<RedFlagView> dear = inspecting(() -> flags().list(ListQuery.all().where("indicator", "R017")))
                .items();
        assertEquals(List.of("ocds-11"), dear.stream().map(RedFlagView::subject).toList());
        assertEquals("90000.00 CNY", dear.get(0).facts().get("price"));
        assertEquals("10060.00 CNY", dear.get(0).facts().get("least"));
    }

    private void execute(String statement) throws SQLException {
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(statement)) {
            s.executeUpdate();
        }
    }

    private static String refused(Callable<?> work) {
        return assertThrows(BusinessException.class, work::call).code();
    }
}
