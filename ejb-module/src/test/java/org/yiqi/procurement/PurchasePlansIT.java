package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yiqi.procurement.PurchasePlanView.StepState;
import org.yiqi.rental.Match;
import org.yiqi.rental.Need;
import org.yiqi.rental.Searches;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.TestServices;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class PurchasePlansIT {

    private final TestDatabase db = TestDatabase.get();
    private final TestServices services = new TestServices(db).with(Searches.class, new NothingIdle());
    private final UUID hospital = organisation();
    private final YiqiPrincipal doctor = person(hospital, Roles.CLINICAL);
    private final YiqiPrincipal chief = person(hospital, Roles.CLINICAL);
    private final YiqiPrincipal equipment = person(hospital, Roles.EQUIPMENT);
    private final YiqiPrincipal committee = person(hospital, Roles.COMMITTEE);
    private final YiqiPrincipal finance = person(hospital, Roles.FINANCE);

    PurchasePlansIT() {
        services.get(PurchasePlans.class).nameConstraints();
    }

    /** What stands idle is another area's matter; here nothing does. */
    private static final class NothingIdle extends Searches {
        @Override
        public List<Match> find(Need need) {
            return List.of();
        }
    }

    @Test
    void aNeedIsPlannedOnceAndOpenAgainWhenItsPlanIsGivenUp() {
        NeedView need = services.as(doctor, () -> needs().raise(need("Two monitors")));
        PurchasePlanView plan = services.as(doctor, () -> plans().create(terms(need.id(), "200000", "")));
        assertEquals(
                NeedState.PLANNED,
                services.as(doctor, () -> needs().get(need.id())).state());
        Conflict again = assertThrows(
                Conflict.class, () -> services.as(doctor, () -> plans().create(terms(need.id(), "200000", ""))));
        assertEquals("procurement.need-answered", again.code());
        services.as(doctor, () -> plans().withdraw(plan.id(), plan.version()));
        assertEquals(
                NeedState.OPEN,
                services.as(doctor, () -> needs().get(need.id())).state());
    }

    @Test
    void aPlanClimbsTheLadderOfItsValueAndIsApprovedByTheLastSignature() {
        PurchasePlanView plan = submitted("200000");
        assertEquals(
                List.of(ApprovalStep.DEPARTMENT, ApprovalStep.EQUIPMENT, ApprovalStep.COMMITTEE, ApprovalStep.FINANCE),
                plan.steps().stream().map(PurchasePlanView.Step::step).toList());
        for (YiqiPrincipal who : List.of(chief, equipment, committee)) {
            plan = sign(who, plan);
            assertEquals(PlanState.APPROVING, plan.state());
        }
        assertEquals(PlanState.APPROVED, sign(finance, plan).state());
    }

    @Test
    void whoMadeThePlanNeverSignsItWhateverElseTheyMay() {
        PurchasePlanView plan = submitted("5000");
        YiqiPrincipal maker =
                new YiqiPrincipal("doctor", doctor.personId(), hospital, Scope.MEMBER, Set.copyOf(Roles.OF_PEOPLE));
        NotPermitted own = assertThrows(NotPermitted.class, () -> sign(maker, plan));
        assertEquals("procurement.own-plan", own.code());
        IllegalStateException written = assertThrows(
                IllegalStateException.class,
                () -> services.as(doctor, () -> services.get(Sql.class)
                        .update(
                                "update procurement.plan_step set state = 'SIGNED', person_id = ?, decided_at = now() where plan_id = ? and position = 1",
                                doctor.personId(),
                                plan.id())));
        BusinessException refusal = DatabaseRefusals.in(written);
        assertEquals("procurement.own-plan", refusal == null ? null : refusal.code());
    }

    @Test
    void nobodySignsTwoStepsOfOnePlan() {
        PurchasePlanView plan = submitted("5000");
        YiqiPrincipal both = person(hospital, Roles.CLINICAL, Roles.EQUIPMENT);
        PurchasePlanView next = sign(both, plan);
        Conflict twice = assertThrows(Conflict.class, () -> sign(both, next));
        assertEquals("procurement.signed-before", twice.code());
    }

    @Test
    void aStepIsSignedByItsRightOnlyAndInItsTurn() {
        PurchasePlanView plan = submitted("5000");
        assertEquals(
                "procurement.not-your-step",
                assertThrows(NotPermitted.class, () -> sign(finance, plan)).code());
    }

    @Test
    void aPlanThatComesBackSaysWhyAndClimbsFromTheFoot() {
        PurchasePlanView plan = sign(chief, submitted("5000"));
        assertThrows(
                RuleViolation.class,
                () -> services.as(equipment, () -> approvals().giveBack(plan.id(), plan.version(), " ")));
        PurchasePlanView back =
                services.as(equipment, () -> approvals().giveBack(plan.id(), plan.version(), "Which room?"));
        assertEquals(PlanState.RETURNED, back.state());
        assertEquals(
                List.of(StepState.SIGNED, StepState.RETURNED, StepState.LEFT),
                back.steps().stream().map(PurchasePlanView.Step::state).toList());
        PurchasePlanView again = services.as(doctor, () -> plans().submit(back.id(), back.version()));
        assertEquals(2, again.round());
        assertEquals(PlanState.APPROVING, sign(chief, again).state());
    }

    @Test
    void aPlanThatNamesAMakerIsNotSubmittedAndTheAnswerNamesTheWord() {
        PurchasePlanView plan =
                services.as(doctor, () -> plans().create(terms(null, "5000", "at least as good as Mindray")));
        RuleViolation refused = assertThrows(
                RuleViolation.class, () -> services.as(doctor, () -> plans().submit(plan.id(), plan.version())));
        assertEquals("procurement.plan-not-compliant", refused.code());
        assertEquals("/specification", refused.errors().get(0).pointer());
        assertTrue(refused.errors().get(0).rule().contains("mindray"));
    }

    @Test
    void severalPlansOfOneClassThatReachTheLineTogetherNeedAJustification() {
        submitted("390000");
        submitted("390000");
        PurchasePlanView third = services.as(doctor, () -> plans().create(terms(null, "390000", "")));
        assertEquals(
                List.of(Finding.Code.SPLIT_SUSPECTED),
                third.findings().stream().map(Finding::code).toList());
        RuleViolation refused = assertThrows(
                RuleViolation.class, () -> services.as(doctor, () -> plans().submit(third.id(), third.version())));
        assertEquals("procurement.justification-missing", refused.code());
    }

    @Test
    void anotherHospitalSeesNeitherNeedNorPlan() {
        PurchasePlanView plan = submitted("5000");
        YiqiPrincipal stranger = person(organisation(), Roles.EQUIPMENT, Roles.CLINICAL);
        assertThrows(NotFound.class, () -> services.as(stranger, () -> plans().get(plan.id())));
        assertEquals(
                0, services.as(stranger, () -> plans().list(ListQuery.all())).total());
    }

    @Test
    void whoSawAnOlderPlanDoesNotSignIt() {
        PurchasePlanView plan = submitted("5000");
        assertThrows(
                StaleVersion.class,
                () -> services.as(chief, () -> approvals().sign(plan.id(), plan.version() - 1, "")));
    }

    private PurchasePlanView submitted(String price) {
        return services.as(doctor, () -> {
            PurchasePlanView plan = plans().create(terms(null, price, ""));
            return plans().submit(plan.id(), plan.version());
        });
    }

    private PurchasePlanView sign(YiqiPrincipal who, PurchasePlanView plan) {
        return services.as(who, () -> approvals().sign(plan.id(), plan.version(), ""));
    }

    private Needs needs() {
        return services.get(Needs.class);
    }

    private PurchasePlans plans() {
        return services.get(PurchasePlans.class);
    }

    private PlanApprovals approvals() {
        return services.get(PlanApprovals.class);
    }

    private UUID organisation() {
        try {
            return db.organisation("HOSPITAL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static YiqiPrincipal person(UUID org, String... roles) {
        return new YiqiPrincipal("tester", Ids.next(), org, Scope.MEMBER, Set.of(roles));
    }

    private static RaiseNeed need(String title) {
        return new RaiseNeed("ICU", "MONITOR", title, 2, "Two beds more", LocalDate.parse("2027-03-01"));
    }

    private static PlanTerms terms(@Nullable UUID need, String price, String specification) {
        return new PlanTerms(
                need,
                "Patient monitors",
                "MONITOR",
                1,
                Money.cny(price),
                "2027-118",
                Money.cny(price),
                "Bedside, networked. " + specification,
                List.of(
                        new Parameter("Warranty", "3 years"),
                        new Parameter("Monitored values", "ECG, SpO2, NIBP, temperature")),
                8,
                Money.cny("1000"),
                Money.cny("500"),
                Money.cny("100"),
                "",
                "");
    }
}
