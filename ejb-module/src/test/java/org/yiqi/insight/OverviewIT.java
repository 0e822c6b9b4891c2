package org.yiqi.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class OverviewIT {

    private final TestDatabase db = TestDatabase.get();
    private final TestServices services = new TestServices(db);
    private final Overview overview = services.get(Overview.class);

    private static YiqiPrincipal person(UUID org, Scope scope, String... roles) {
        return new YiqiPrincipal("tester", Ids.next(), org, scope, Set.of(roles));
    }

    private static Scope scopeOf(String role) {
        return role.startsWith("PLATFORM")
                ? Scope.PLATFORM
                : role.equals(Roles.REGULATOR) ? Scope.REGULATOR : Scope.MEMBER;
    }

    @Test
    void everyFigureIsSeenBySomebodyAndNobodySeesMoreThanSeven() throws SQLException {
        UUID org = db.organisation("HOSPITAL");
        unit(org);
        Set<String> seen = new HashSet<>();
        for (String role : Roles.OF_PEOPLE) {
            List<Figure> figures = services.as(person(org, scopeOf(role), role), overview::figures);
            assertTrue(figures.size() <= Overview.MOST_FIGURES);
            figures.forEach(f -> seen.add(f.key()));
        }
        assertEquals(FigureQuery.ALL.stream().map(FigureQuery::key).collect(Collectors.toSet()), seen);
    }

    @Test
    void whoHasNoDevicesIsNotToldThatNoneOfThemIsUsable() throws SQLException {
        UUID org = db.organisation("SUPPLIER");
        List<Figure> figures = services.as(person(org, Scope.MEMBER, Roles.SUPPLIER), overview::figures);
        assertTrue(figures.stream().noneMatch(f -> f.key().equals("usable")));
    }

    @Test
    void everyTrendCanBeAskedForByItsRolesAndHasTwelveSteps() throws SQLException {
        UUID org = db.organisation("HOSPITAL");
        for (String role : Roles.OF_PEOPLE) {
            List<Trend> trends = services.as(person(org, scopeOf(role), role), overview::trends);
            assertTrue(trends.size() <= Overview.MOST_TRENDS, role);
            assertTrue(trends.stream().allMatch(t -> t.points().size() == 12), role);
        }
    }

    @Test
    void everyTaskCanBeAskedForByItsRoles() throws SQLException {
        UUID org = db.organisation("HOSPITAL");
        for (String role : Roles.OF_PEOPLE) {
            List<Task> tasks = services.as(person(org, Scope.MEMBER, role), overview::tasks);
            assertTrue(tasks.stream().noneMatch(t -> t.subject().isBlank()), role);
        }
    }

    @Test
    void aBookedDeviceIsNotIdleInItsHoursAndNobodyElseIsCounted() throws SQLException {
        UUID owner = db.organisation("HOSPITAL");
        UUID unit = unit(owner);
        unit(db.organisation("HOSPITAL"));
        // The test clock stands on Sunday, 22 November 2026; its week begins on the 16th.
        book(unit, owner, Instant.parse("2026-11-18T02:00:00Z"), Instant.parse("2026-11-18T05:00:00Z"));

        List<IdleCell> week = services.as(person(owner, Scope.MEMBER, Roles.EQUIPMENT), overview::idleWeek);

        assertEquals(42, week.size());
        assertTrue(week.stream().allMatch(cell -> cell.usable() == 1));
        List<String> busy = week.stream()
                .filter(cell -> cell.idle() == 0)
                .map(cell -> cell.from().atZone(ZoneId.of("Asia/Shanghai")))
                .map(at -> DayOfWeek.from(at) + " " + at.getHour())
                .toList();
        assertEquals(List.of("WEDNESDAY 10", "WEDNESDAY 12"), busy);
    }

    @Test
    void whoOwnsNoDeviceHasNoIdleWeek() throws SQLException {
        UUID org = db.organisation("SERVICE");
        assertEquals(List.of(), services.as(person(org, Scope.MEMBER, Roles.TECHNICIAN), overview::idleWeek));
    }

    private UUID unit(UUID owner) throws SQLException {
        UUID model = Ids.next();
        UUID unit = Ids.next();
        try (var c = db.administrator();
                var s = c.createStatement()) {
            s.execute("insert into equipment.model(id, name_zh, manufacturer, source, created_at, updated_at) values ('"
                    + model + "', '磁共振', 'Jiyuan', 'MANUAL', now(), now())");
            s.execute(
                    "insert into equipment.unit(id, model_id, owner_id, custodian_id, asset_tag, label_code, status, created_at, updated_at)"
                            + " values ('" + unit + "', '" + model + "', '" + owner + "', '" + owner + "', 'MR-1', '"
                            + unit
                            + "', 'AVAILABLE', now(), now())");
        }
        return unit;
    }

    private void book(UUID unit, UUID org, Instant from, Instant to) throws SQLException {
        try (var c = db.administrator();
                var s = c.createStatement()) {
            s.execute(
                    "insert into equipment.slot(id, unit_id, from_at, to_at, use, state, reference_id, org_id, created_at) values ('"
                            + Ids.next() + "', '" + unit + "', '" + from + "', '" + to + "', 'CLINICAL', 'BOOKED', '"
                            + Ids.next() + "', '"
                            + org + "', now())");
        }
    }
}
