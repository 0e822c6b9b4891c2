package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.yiqi.rental.HarmReported;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class AdverseEventsIT {

    private static final TestDatabase DB = TestDatabase.empty();

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID hospital = all.organisation("HOSPITAL");
    private final YiqiPrincipal doctor = RecallFixture.person(hospital, Scope.MEMBER, Roles.CLINICAL);
    private final UUID unit = unit();

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    private UUID unit() {
        try {
            return all.unit(all.model("0" + Ids.next().toString().substring(24)), "", hospital);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeathIsDueInSevenDaysAndRedOnTheSixthWhileUnanswered() {
        AdverseEventView event = note(AdverseEventView.Harm.DEATH);
        assertEquals(RecallFixture.NOW.plus(Duration.ofDays(7)), event.dueAt());
        at(Duration.ofDays(6).minusSeconds(1));
        assertFalse(get(event).red());
        at(Duration.ofDays(6));
        assertTrue(get(event).red());
        assertEquals(1, reds());
        all.services.as(doctor, () -> events().report(event.id(), "Sent to the monitoring centre"));
        assertFalse(get(event).red());
        assertEquals("REPORTED", get(event).state());
        assertEquals(0, reds());
    }

    @Test
    void aSeriousInjuryIsDueInTwentyDays() {
        assertEquals(
                RecallFixture.NOW.plus(Duration.ofDays(20)),
                note(AdverseEventView.Harm.INJURY).dueAt());
    }

    @Test
    void aGroupEventIsToldInTwelveHoursAndReportedInTwentyFour() {
        AdverseEventView event = note(AdverseEventView.Harm.GROUP);
        assertEquals(
                List.of(RecallFixture.NOW.plus(Duration.ofHours(12)), RecallFixture.NOW.plus(Duration.ofDays(1))),
                all.services.as(doctor, () -> events().duties(event.id())).stream()
                        .map(AdverseDuty::dueAt)
                        .toList());
        AdverseEventView told = all.services.as(doctor, () -> events().report(event.id(), "Called the authority"));
        assertEquals("OPEN", told.state());
        assertEquals("REPORT", told.duty());
        assertEquals(
                "REPORTED",
                all.services
                        .as(doctor, () -> events().report(event.id(), "Form sent"))
                        .state());
        assertEquals(
                "oversight.nothing-due",
                assertThrows(
                                Conflict.class,
                                () -> all.services.as(doctor, () -> events().report(event.id(), "Once more")))
                        .code());
    }

    @Test
    void onlyWhatIsReportedIsAssessedAndOnlyOnce() {
        AdverseEventView event = note(AdverseEventView.Harm.INJURY);
        assertThrows(
                Conflict.class,
                () -> all.services.as(all.regulator, () -> events().assess(event.id(), event.version(), "Harmless")));
        AdverseEventView reported = all.services.as(doctor, () -> events().report(event.id(), "Form sent"));
        AdverseEventView assessed = all.services.as(
                all.regulator, () -> events().assess(event.id(), reported.version(), "The cable was worn"));
        assertEquals("ASSESSED", assessed.state());
        assertThrows(
                Conflict.class,
                () -> all.services.as(all.regulator, () -> events().assess(event.id(), assessed.version(), "Again")));
    }

    @Test
    void aDamageThatHarmedAPatientIsAnAdverseEventOfWhoHeldTheDeviceWhoeverReportsIt() {
        UUID lessee = all.organisation("HOSPITAL");
        HarmReported harm = new HarmReported(
                Ids.next(), "L-1", unit, hospital, lessee, hospital, RecallFixture.NOW, RecallFixture.NOW, "Burnt");
        all.services.as(doctor, () -> {
            events().on(harm);
            return true;
        });
        AdverseEventView event =
                all.services.as(lessee, () -> events().list(ListQuery.all())).items().get(0);
        assertEquals(RecallFixture.NOW.plus(Duration.ofDays(20)), event.dueAt());
        assertThrows(NotFound.class, () -> all.services.as(hospital, () -> events().get(event.id())));
    }

    @Test
    void anEventIsTheMattersOfWhoNotedItAndOfRegulators() {
        AdverseEventView event = note(AdverseEventView.Harm.DEATH);
        UUID stranger = all.organisation("HOSPITAL");
        assertThrows(NotFound.class, () -> all.services.as(stranger, () -> events().get(event.id())));
        assertEquals(
                event.id(),
                all.services.as(all.regulator, () -> events().get(event.id())).id());
        assertThrows(
                NotFound.class,
                () -> all.services.as(
                        stranger, () -> events().note(event(AdverseEventView.Harm.DEATH, RecallFixture.NOW))));
    }

    @Test
    void anEventIsNotKnownBeforeItHappenedNorTomorrow() {
        for (Instant known : List.of(RecallFixture.NOW.minus(Duration.ofDays(9)), RecallFixture.NOW.plusSeconds(1))) {
            RuleViolation refused = assertThrows(
                    RuleViolation.class,
                    () -> all.services.as(doctor, () -> events().note(event(AdverseEventView.Harm.DEATH, known))));
            assertEquals("/knownAt", refused.errors().get(0).pointer());
        }
    }

    @Test
    void anOwnerSeesARegulatorsLookAtItsUnitAndAfterItsEndThatOfACovertInvestigation() {
        Looks looks = all.services.get(Looks.class);
        UUID other = all.organisation("HOSPITAL");
        all.services.as(all.regulator, () -> {
            looks.record("TRACE", unit);
            return true;
        });
        assertEquals(
                1, all.services.as(doctor, () -> looks.list(ListQuery.all())).total());
        assertEquals(
                0, all.services.as(other, () -> looks.list(ListQuery.all())).total());
        all.services.as(all.regulator, () -> {
            looks.beginCovert(hospital, "Forged log books", 30);
            looks.record("TRACE", unit);
            return true;
        });
        assertEquals(
                1, all.services.as(doctor, () -> looks.list(ListQuery.all())).total());
        assertEquals(
                2,
                all.services
                        .as(all.regulator, () -> looks.list(ListQuery.all().where("unit", unit.toString())))
                        .total());
        assertThrows(
                RuleViolation.class, () -> all.services.as(all.regulator, () -> looks.beginCovert(other, "x", 181)));
        try {
            all.sql("update oversight.look set hidden_until = now() - interval '1 second' where unit_id = ?", unit);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertEquals(
                2, all.services.as(doctor, () -> looks.list(ListQuery.all())).total());
    }

    private void at(Duration later) {
        all.services.clock().set(RecallFixture.NOW.plus(later));
    }

    private long reds() {
        return all.services
                .as(all.regulator, () -> events().list(
                                ListQuery.all().where("red", "true").where("unit", unit.toString())))
                .total();
    }

    private NoteAdverseEvent event(AdverseEventView.Harm harm, Instant known) {
        return new NoteAdverseEvent(
                unit, harm, RecallFixture.NOW.minus(Duration.ofDays(1)), known, "Stopped without an alarm");
    }

    private AdverseEventView note(AdverseEventView.Harm harm) {
        return all.services.as(doctor, () -> events().note(event(harm, RecallFixture.NOW)));
    }

    private AdverseEventView get(AdverseEventView event) {
        return all.services.as(all.regulator, () -> events().get(event.id()));
    }

    private AdverseEvents events() {
        return all.services.get(AdverseEvents.class);
    }
}
