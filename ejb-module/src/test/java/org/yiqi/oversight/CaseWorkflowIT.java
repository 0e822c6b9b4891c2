package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.organisation.OrganisationSuspended;
import org.yiqi.organisation.Supervision;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.problem.StaleVersion;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class CaseWorkflowIT {

    private static final TestDatabase DB = TestDatabase.empty();

    @TempDir
    Path dataDir;

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID hospital = all.organisation("HOSPITAL");
    private final YiqiPrincipal admin = RecallFixture.person(hospital, Scope.MEMBER, Roles.ORG_ADMIN);
    private final SuspendedByRow supervision = new SuspendedByRow();

    CaseWorkflowIT() {
        all.services.with(Supervision.class, supervision);
    }

    @BeforeEach
    void aLedgerThatHasBegun() throws SQLException {
        all.begin(dataDir);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    /** Suspends in the organisation's row and tells, as the service of the other area does through its entity. */
    private final class SuspendedByRow extends Supervision {
        @Override
        public void suspend(UUID org, String reason) {
            all.services
                    .get(Sql.class)
                    .update("update organisation.organisation set status = 'SUSPENDED' where id = ?", org);
            all.services.get(SuspensionActs.class).on(new OrganisationSuspended(org, all.authority, reason));
        }
    }

    @Test
    void aCaseGoesItsWayAndItsClocksAreThoseOfTheLaw() {
        CaseView view = open(hospital, null);
        assertEquals(CaseStage.PLANNED, view.stage());
        view = advance(view, CaseStage.SCOPED);
        view = advance(view, CaseStage.QUERY);
        assertEquals(RecallFixture.NOW.plus(Duration.ofDays(3)), view.dueAt());
        UUID id = view.id();
        view = all.services.as(admin, () -> work().answer(id, "The log book is attached"));
        view = advance(view, CaseStage.FINDING);
        view = advance(view, CaseStage.RESPONSE);
        assertEquals(RecallFixture.NOW.plus(Duration.ofDays(10)), view.dueAt());
        view = all.services.as(admin, () -> work().answer(id, "We have repaired it"));
        view = decide(view, new CaseDecision(CaseDecision.Kind.RECTIFY, null, "Repair the rest", 30));
        assertEquals(CaseStage.DECISION, view.stage());
        view = advance(view, CaseStage.FOLLOW_UP);
        CaseView last = view;
        assertEquals(
                "CLOSED",
                all.services
                        .as(all.regulator, () -> cases().close(id, last.version(), "All in order"))
                        .state());
        assertEquals(
                List.of(
                        "OPENED",
                        "SCOPED",
                        "QUERY",
                        "ANSWERED",
                        "FINDING",
                        "RESPONSE",
                        "ANSWERED",
                        "DECISION",
                        "FOLLOW_UP",
                        "CLOSED"),
                all.services.as(all.regulator, () -> work().steps(id)).stream()
                        .map(CaseStep::action)
                        .toList());
    }

    @Test
    void anOrganisationKnowsNothingOfACaseUntilItIsAskedAndReadsNoFinding() {
        CaseView scoped = advance(open(hospital, null), CaseStage.SCOPED);
        assertThrows(NotFound.class, () -> all.services.as(admin, () -> cases().get(scoped.id())));
        CaseView asked = advance(scoped, CaseStage.QUERY);
        assertEquals(List.of("QUERY"), stepsOf(admin, asked));
        advance(asked, CaseStage.FINDING);
        assertEquals(List.of("QUERY"), stepsOf(admin, asked));
        UUID stranger = all.organisation("HOSPITAL");
        assertThrows(NotFound.class, () -> all.services.as(stranger, () -> cases().get(asked.id())));
    }

    @Test
    void nobodyIsDecidedUponUnheardBeforeTheTimeIsOver() {
        CaseView view = heard(open(hospital, null), false);
        CaseDecision decision = new CaseDecision(CaseDecision.Kind.CLOSE, null, "Nothing in it", 0);
        Conflict early = assertThrows(Conflict.class, () -> decide(view, decision));
        assertEquals("oversight.case-not-heard", early.code());
        all.services.clock().set(RecallFixture.NOW.plus(Duration.ofDays(10)).plusSeconds(1));
        assertEquals("CLOSED", decide(view, decision).state());
    }

    @Test
    void aSuspensionTakesEffectWithItsDecisionAndIsAnActOnTheLedger() throws SQLException {
        all.units(all.model("0" + Ids.next().toString().substring(24)), "", 1, hospital);
        all.services.as(RecallFixture.person(hospital, Scope.MEMBER, Roles.SIGNATORY), () -> all.services
                .get(org.yiqi.ledger.Acts.class)
                .propose(org.yiqi.ledger.NewAct.registered(Ids.next(), hospital, RecallFixture.NOW)));
        all.begin(dataDir);
        CaseView view = heard(open(hospital, null), true);
        CaseView decided = decide(
                view,
                new CaseDecision(
                        CaseDecision.Kind.SANCTION,
                        CaseDecision.Sanction.SUSPEND_ORGANISATION,
                        "Forged log books",
                        30));
        assertEquals("SUSPEND_ORGANISATION", decided.sanction());
        assertEquals("SUSPENDED", all.text("select status from organisation.organisation where id = ?", hospital));
        all.begin(dataDir);
        assertEquals(
                "RECORDED",
                all.text(
                        "select state from ledger.act where subject = ? and type = 'org.suspended'",
                        "organisation:" + hospital));
    }

    @Test
    void aModelOnHoldIsARecallOfAllItsUnits() throws SQLException {
        UUID model = all.model("0" + Ids.next().toString().substring(24));
        all.units(model, "", 3, hospital);
        CaseView view = heard(open(hospital, model), true);
        CaseView decided = decide(
                view,
                new CaseDecision(CaseDecision.Kind.SANCTION, CaseDecision.Sanction.HOLD_MODEL, "It overheats", 90));
        assertEquals(
                "3",
                all.text("select count(*) from equipment.unit where model_id = ? and status = 'QUARANTINED'", model));
        RecallView recall = all.services.as(all.regulator, () -> recalls().get(decided.recallId()));
        assertEquals(3, recall.held());
    }

    @Test
    void aDecisionNamesASanctionWhereOneIsDecidedAndNowhereElse() {
        CaseView view = heard(open(hospital, null), true);
        assertEquals(
                "/sanction",
                assertThrows(
                                RuleViolation.class,
                                () -> decide(view, new CaseDecision(CaseDecision.Kind.SANCTION, null, "x", 30)))
                        .errors()
                        .get(0)
                        .pointer());
        assertThrows(
                RuleViolation.class,
                () -> decide(
                        view, new CaseDecision(CaseDecision.Kind.SANCTION, CaseDecision.Sanction.HOLD_MODEL, "x", 30)));
        assertThrows(
                RuleViolation.class, () -> decide(view, new CaseDecision(CaseDecision.Kind.RECTIFY, null, "x", 0)));
    }

    @Test
    void aStageFollowsItsOwnAndTwoWhoActAtOnceAreToldSo() {
        CaseView view = open(hospital, null);
        assertEquals(
                "oversight.case-other-stage",
                assertThrows(Conflict.class, () -> advance(view, CaseStage.RESPONSE))
                        .code());
        advance(view, CaseStage.SCOPED);
        assertThrows(StaleVersion.class, () -> advance(view, CaseStage.SCOPED));
        CaseView nobody = advance(open(null, null), CaseStage.SCOPED);
        assertEquals(
                "oversight.case-concerns-nobody",
                assertThrows(RuleViolation.class, () -> advance(nobody, CaseStage.QUERY))
                        .code());
    }

    @Test
    void anotherRegulatorWorksOnACaseOnceItHasBeenTakenIn() {
        UUID market = all.organisation("REGULATOR");
        YiqiPrincipal colleague = RecallFixture.person(market, Scope.REGULATOR, Roles.REGULATOR);
        CaseView view = open(hospital, null);
        assertEquals(
                "oversight.case-of-others",
                assertThrows(
                                NotPermitted.class,
                                () -> all.services.as(colleague, () -> work().advance(
                                                view.id(), view.version(), CaseStage.SCOPED, "x")))
                        .code());
        CaseView joint = all.services.as(all.regulator, () -> work().join(view.id(), view.version(), market));
        CaseView scoped = all.services.as(
                colleague, () -> work().advance(joint.id(), joint.version(), CaseStage.SCOPED, "Prices too"));
        assertEquals(CaseStage.SCOPED, scoped.stage());
        assertEquals(all.authority, scoped.leadOrg());
    }

    @Test
    void aCaseThatSomebodyWasAskedInCannotJustBeClosed() {
        CaseView asked = heard(open(hospital, null), false);
        assertEquals(
                "oversight.case-other-stage",
                assertThrows(
                                Conflict.class,
                                () -> all.services.as(
                                        all.regulator, () -> cases().close(asked.id(), asked.version(), "Forget it")))
                        .code());
        assertFalse(stepsOf(all.regulator, asked).contains("CLOSED"));
        assertTrue(stepsOf(all.regulator, asked).contains("RESPONSE"));
    }

    private CaseView open(UUID concerned, UUID model) {
        return all.services.as(all.regulator, () -> work().open(
                        new OpenCase("AUDIT", "Log books of ventilators", "Yearly plan", concerned, model, true)));
    }

    private CaseView advance(CaseView view, CaseStage to) {
        return all.services.as(all.regulator, () -> work().advance(view.id(), view.version(), to, "About " + to));
    }

    /** At the response, which the hospital has given or not. */
    private CaseView heard(CaseView view, boolean answered) {
        CaseView asked = advance(
                advance(advance(advance(view, CaseStage.SCOPED), CaseStage.QUERY), CaseStage.FINDING),
                CaseStage.RESPONSE);
        return answered ? all.services.as(admin, () -> work().answer(asked.id(), "We regret it")) : asked;
    }

    private CaseView decide(CaseView view, CaseDecision decision) {
        return all.services.as(all.regulator, () -> work().decide(view.id(), view.version(), decision));
    }

    private List<String> stepsOf(YiqiPrincipal who, CaseView view) {
        return all.services.as(who, () -> work().steps(view.id())).stream()
                .map(CaseStep::action)
                .toList();
    }

    private CaseWork work() {
        return all.services.get(CaseWork.class);
    }

    private Cases cases() {
        return all.services.get(Cases.class);
    }

    private Recalls recalls() {
        return all.services.get(Recalls.class);
    }
}
