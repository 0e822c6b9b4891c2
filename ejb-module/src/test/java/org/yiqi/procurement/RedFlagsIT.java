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
        position++;
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement(
                        "insert into procurement.ocds_release(position, id, ocid, tag, released_at, org_id, content)"
                                + " values (?, ?, ?, 'tender', now(), ?, ?::json)")) {
            s.setLong(1, position);
            s.setString(2, "r" + position);
            s.setString(3, ocid);
            s.setObject(4, buyer);
            s.setString(5, SAME_PRICES.formatted(ocid, "r" + position));
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

    @Test
    void whereTheDataNoLongerSaysSoTheLeadIsGone() throws SQLException {
        publish("ocds-1");
        look();
        try (Connection c = db.administrator();
                PreparedStatement s = c.prepareStatement("delete from procurement.ocds_release")) {
            s.executeUpdate();
        }
        publish("ocds-2");
        look();
        assertEquals(RedFlagView.State.GONE, ofProcess("ocds-1").get(0).state());
        publish("ocds-1");
        look();
        assertEquals(RedFlagView.State.OPEN, ofProcess("ocds-1").get(0).state());
    }

    private static String refused(Callable<?> work) {
        return assertThrows(BusinessException.class, work::call).code();
    }
}
