package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class ExpertsIT {

    private final TestServices services = new TestServices(TestDatabase.get());
    private final ExpertPool pool = new ExpertPool(services);

    ExpertsIT() {
        services.get(Experts.class).nameConstraints();
    }

    private Experts experts() {
        return services.get(Experts.class);
    }

    @Test
    void aPersonWithAProvedCompetenceAppliesAndARegulatorAdmitsThem() {
        YiqiPrincipal doctor = pool.person(pool.organisation("HOSPITAL"), "CT");
        ExpertView applied = services.as(doctor, () -> experts().apply("Chief technician"));
        assertEquals(List.of("CT"), applied.specialties());
        ExpertView admitted = services.as(pool.regulator(), () -> experts().admit(applied.id(), applied.version()));
        assertEquals(ExpertState.ADMITTED, admitted.state());
        assertTrue(services.as(pool.regulator(), () -> experts()
                        .list(ListQuery.all().where("specialty", "CT").where("state", "ADMITTED"))
                        .items())
                .contains(admitted));
    }

    @Test
    void whoCanProveNothingIsNotTaken() {
        YiqiPrincipal doctor = pool.person(pool.organisation("HOSPITAL"));
        assertEquals(
                "procurement.no-specialty",
                assertThrows(
                                RuleViolation.class,
                                () -> services.as(doctor, () -> experts().apply("Doctor")))
                        .code());
    }

    @Test
    void aPersonIsInThePoolOnceAndComesBackAfterLeaving() {
        YiqiPrincipal doctor = pool.person(pool.organisation("HOSPITAL"), "CT");
        ExpertView first = services.as(doctor, () -> experts().apply("Doctor"));
        assertThrows(Conflict.class, () -> services.as(doctor, () -> experts().apply("Doctor")));
        services.as(doctor, () -> experts().leave(first.id(), first.version()));
        assertEquals(
                first.id(),
                services.as(doctor, () -> experts().apply("Doctor again")).id());
    }

    @Test
    void anotherHospitalDoesNotSeeThePool() {
        YiqiPrincipal doctor = pool.person(pool.organisation("HOSPITAL"), "CT");
        ExpertView expert = services.as(doctor, () -> experts().apply("Doctor"));
        YiqiPrincipal stranger = pool.person(pool.organisation("HOSPITAL"));
        assertThrows(NotFound.class, () -> services.as(stranger, () -> experts().get(expert.id())));
        assertThrows(NotFound.class, () -> services.as(stranger, () -> experts().ties(expert.id())));
    }

    @Test
    void onlyTheExpertDeclaresWhatBindsThem() {
        UUID hospital = pool.organisation("HOSPITAL");
        YiqiPrincipal doctor = pool.person(hospital, "CT");
        ExpertView expert = services.as(doctor, () -> experts().apply("Doctor"));
        UUID supplier = pool.organisation("SUPPLIER");
        LocalDate day = LocalDate.parse("2024-01-01");
        YiqiPrincipal colleague = pool.person(hospital, "CT");
        assertThrows(
                NotPermitted.class,
                () -> services.as(colleague, () -> experts()
                        .declare(expert.id(), supplier, ExpertView.Tie.Kind.EMPLOYED, day, null, "")));
        services.as(doctor, () -> experts()
                .declare(expert.id(), supplier, ExpertView.Tie.Kind.EMPLOYED, day, day, "sales"));
        assertEquals(
                supplier,
                services.as(doctor, () -> experts().ties(expert.id())).get(0).organisationId());
        RuleViolation refused = assertThrows(
                RuleViolation.class,
                () -> services.as(doctor, () -> experts()
                        .declare(expert.id(), supplier, ExpertView.Tie.Kind.INTEREST, day, day.minusDays(1), "")));
        assertEquals("/until", refused.errors().get(0).pointer());
    }

    @Test
    void anAbsenceDoesNotOverlapAnother() {
        YiqiPrincipal doctor = pool.person(pool.organisation("HOSPITAL"), "CT");
        ExpertView expert = services.as(doctor, () -> experts().apply("Doctor"));
        LocalDate day = LocalDate.parse("2026-03-02");
        services.as(doctor, () -> experts().beAbsent(expert.id(), day, day.plusDays(5)));
        IllegalStateException again = assertThrows(
                IllegalStateException.class,
                () -> services.as(doctor, () -> experts().beAbsent(expert.id(), day.plusDays(5), day.plusDays(9))));
        BusinessException refusal = DatabaseRefusals.in(again);
        assertEquals("procurement.absence-overlaps", refusal == null ? "" : refusal.code());
    }
}
