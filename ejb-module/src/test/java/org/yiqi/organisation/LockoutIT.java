package org.yiqi.organisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.db.Sql;

class LockoutIT {

    private static final String PASSWORD = "Correct-horse-9";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final TestDatabase db = TestDatabase.get();
    private final Sql sql = Sql.over(db.as("worker"));

    @Test
    void fiveWrongPasswordsLockTheAccountAlsoForTheRightOne() throws SQLException {
        String username = person();
        Logins logins = loginsAt(NOW);
        for (int i = 0; i < Logins.FAILURES_BEFORE_LOCK; i++) {
            assertTrue(logins.signIn(username, "wrong", null, null, source())
                    .done()
                    .isEmpty());
        }
        assertTrue(
                logins.signIn(username, PASSWORD, null, null, source()).done().isEmpty());
    }

    @Test
    void theLockOutlivesARestart() throws SQLException {
        String username = person();
        Logins before = loginsAt(NOW);
        for (int i = 0; i < Logins.FAILURES_BEFORE_LOCK; i++) {
            assertTrue(before.signIn(username, "wrong", null, null, source())
                    .done()
                    .isEmpty());
        }
        Logins after = loginsAt(NOW.plusSeconds(60));
        assertTrue(after.signIn(username, PASSWORD, null, null, source()).done().isEmpty());
        Logins later = loginsAt(NOW.plus(Logins.LOCK).plusSeconds(1));
        assertTrue(later.signIn(username, PASSWORD, null, null, source()).done().isPresent());
    }

    @Test
    void aSourceThatFailsTooOftenIsNotHeardForTheMinuteWhileOthersAre() throws SQLException {
        String username = person();
        Logins logins = loginsAt(NOW);
        String source = source();
        for (int i = 0; i < Logins.FAILURES_PER_SOURCE_AND_MINUTE; i++) {
            assertTrue(logins.signIn("nobody-" + i, "wrong", null, null, source)
                    .done()
                    .isEmpty());
        }
        assertTrue(logins.signIn(username, PASSWORD, null, null, source).done().isEmpty());
        assertTrue(
                logins.signIn(username, PASSWORD, null, null, source()).done().isPresent());
    }

    @Test
    void aPasswordChangeEndsTheSessionsOfBefore() throws SQLException {
        String username = person();
        var who = loginsAt(NOW)
                .signIn(username, PASSWORD, null, null, source())
                .done()
                .orElseThrow();
        sql.update("update organisation.person set password_changed_at = ? where username = ?", NOW, username);
        Logins logins = loginsAt(NOW);
        assertFalse(logins.principal(who.personId(), who.orgId(), NOW.minusSeconds(1))
                .isPresent());
        assertTrue(logins.principal(who.personId(), who.orgId(), NOW.plusSeconds(1))
                .isPresent());
    }

    @Test
    void whoSignsInAndWhoIsRefusedOrLockedOutStandsInTheAuditLog() throws SQLException {
        String username = person();
        Logins logins = loginsAt(NOW);
        logins.signIn(username, PASSWORD, null, null, source());
        for (int i = 0; i < Logins.FAILURES_BEFORE_LOCK; i++) {
            logins.signIn(username, "wrong", null, null, source());
        }
        logins.signIn(username, PASSWORD, null, null, source());
        List<String> entries = sql.list("""
                select action || coalesce(' ' || (details ->> 'reason'), '') entry from audit.entry
                 where person_id = (select id from organisation.person where username = ?) and org_id is not null order by id""", rs -> rs.getString("entry"), username);
        List<String> expected = new ArrayList<>(List.of("organisation.signed-in"));
        expected.addAll(Collections.nCopies(Logins.FAILURES_BEFORE_LOCK, "organisation.sign-in-refused password"));
        expected.add("organisation.account-locked");
        expected.add("organisation.sign-in-refused locked");
        assertEquals(expected, entries);
    }

    private String person() throws SQLException {
        UUID org = db.organisation("HOSPITAL");
        String username = "u" + UUID.randomUUID();
        UUID person = Registration.addPerson(sql, username, PASSWORD, "测试", "zh-CN", NOW.minusSeconds(600));
        Registration.addMembership(sql, person, org, "", List.of(Roles.EQUIPMENT), NOW.minusSeconds(600));
        return username;
    }

    private static String source() {
        return UUID.randomUUID().toString();
    }

    /** Nothing is kept in the object, as after a restart. */
    // No container injects here; the test does.
    @SuppressWarnings("UnnecessaryAssignment")
    private Logins loginsAt(Instant now) {
        Logins logins = new Logins();
        logins.dataSource = db.as("worker");
        logins.clock = Clock.fixed(now, ZoneOffset.UTC);
        logins.factor = new FactorCheck();
        return logins;
    }
}
