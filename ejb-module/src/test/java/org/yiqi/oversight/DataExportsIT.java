package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.oversight.DataExportView.Way;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class DataExportsIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final String DIGEST = "ab".repeat(32);

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID hospital = all.organisation("HOSPITAL");
    private final YiqiPrincipal asks = RecallFixture.person(hospital, Scope.MEMBER, Roles.ORG_ADMIN);
    private final YiqiPrincipal endorses = RecallFixture.person(hospital, Scope.MEMBER, Roles.ORG_ADMIN);
    private final UUID office = all.organisation("REGULATOR");
    private final YiqiPrincipal cyberspace = RecallFixture.person(office, Scope.REGULATOR, Roles.REGULATOR);

    @BeforeEach
    void anOfficeOfCyberspace() throws SQLException {
        all.services.get(DataExports.class).nameConstraints();
        all.sql("update organisation.organisation set remit = 'CYBERSPACE' where id = ?", office);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void belowAHundredThousandOrdinaryPeopleAYearAnExportIsExemptAndFromThereItNeedsAContract() {
        assertEquals(Way.EXEMPT, request("A", 99_999, 0).way());
        assertEquals(Way.CONTRACT, request("A", 100_000, 0).way());
    }

    @Test
    void belowAMillionAContractIsEnoughAndFromThereTheSecurityIsAssessed() {
        assertEquals(Way.CONTRACT, request("A", 999_999, 0).way());
        assertEquals(Way.ASSESSMENT, request("A", 1_000_000, 0).way());
    }

    @Test
    void oneSensitivePersonNeedsAContractAndTenThousandAnAssessment() {
        assertEquals(Way.CONTRACT, request("A", 0, 1).way());
        assertEquals(Way.CONTRACT, request("A", 0, 9_999).way());
        assertEquals(Way.ASSESSMENT, request("A", 0, 10_000).way());
    }

    @Test
    void whatTheSameRecipientGotWithinAYearCountsAndNothingOlderOrOfAnother() {
        DataExportView first = approved(request("Mayo", 60_000, 0), "");
        send(first, 60_000, 0);
        assertEquals(Way.EXEMPT, request("mayo ", 39_999, 0).way());
        assertEquals(Way.CONTRACT, request("MAYO", 40_000, 0).way());
        assertEquals(Way.EXEMPT, request("Another", 40_000, 0).way());
        all.services.clock().set(RecallFixture.NOW.plus(Duration.ofDays(365)));
        assertEquals(Way.EXEMPT, request("Mayo", 40_000, 0).way());
    }

    @Test
    void nothingLeavesBeforeTwoPeopleAndTheRegulatorHaveAgreed() {
        DataExportView export = request("B", 10, 0);
        assertEquals("oversight.export-not-approved", refusal(() -> send(export, 10, 0)));
        assertEquals(
                "oversight.export-two-people",
                assertThrows(
                                NotPermitted.class,
                                () -> all.services.as(asks, () -> exports().endorse(export.id())))
                        .code());
        assertEquals("oversight.export-state", refusal(() -> decide(cyberspace, export, "")));
        all.services.as(endorses, () -> exports().endorse(export.id()));
        assertEquals("oversight.export-not-approved", refusal(() -> send(export, 10, 0)));
        assertEquals(
                "oversight.export-remit",
                assertThrows(NotPermitted.class, () -> decide(all.regulator, export, ""))
                        .code());
        assertEquals("APPROVED", decide(cyberspace, export, "").state());
        assertEquals(10, send(export, 10, 0).sentOrdinary());
    }

    @Test
    void aContractIsApprovedUnderItsNumberOnlyAndARefusalSaysWhy() {
        DataExportView export = request("C", 0, 5);
        all.services.as(endorses, () -> exports().endorse(export.id()));
        assertThrows(RuleViolation.class, () -> decide(cyberspace, export, " "));
        assertThrows(
                RuleViolation.class,
                () -> all.services.as(cyberspace, () -> exports().decide(export.id(), false, "")));
        assertEquals(
                "REFUSED",
                all.services
                        .as(cyberspace, () -> exports().decide(export.id(), false, "No purpose"))
                        .state());
        assertEquals("oversight.export-not-approved", refusal(() -> send(export, 0, 5)));
    }

    @Test
    void neverMoreLeavesThanWasApprovedNorByAWayThatTheYearHasOutgrown() {
        DataExportView one = approved(request("D", 60_000, 0), "");
        DataExportView two = approved(request("D", 60_000, 0), "");
        send(one, 59_999, 0);
        assertThrows(RuntimeException.class, () -> send(one, 2, 0));
        send(one, 1, 0);
        send(two, 39_999, 0);
        assertEquals("oversight.export-not-approved", refusal(() -> send(two, 1, 0)));
    }

    @Test
    void theLogIsWrittenOnceAndNobodyOfThePlatformChangesIt() {
        DataExportView export = approved(request("E", 10, 0), "");
        send(export, 10, 0);
        for (String change : new String[] {
            "update oversight.data_export_log set ordinary = 1", "delete from oversight.data_export_log"
        }) {
            assertThrows(
                    RuntimeException.class,
                    () -> all.services.as(
                            asks,
                            () -> all.services.get(org.yiqi.shared.db.Sql.class).update(change)));
        }
    }

    @Test
    void aRequestNamesACountryAbroadAndSomebodyAndIsItsOrganisationsMatter() {
        assertEquals("/country", pointer(wish("F", "CN", 1, 0)));
        assertEquals("/country", pointer(wish("F", "XX", 1, 0)));
        assertEquals("/ordinary", pointer(wish("F", "US", 0, 0)));
        assertEquals("/ordinary", pointer(wish("F", "US", Long.MAX_VALUE, 0)));
        DataExportView export = request("F", 1, 0);
        YiqiPrincipal stranger = RecallFixture.person(all.organisation("HOSPITAL"), Scope.MEMBER, Roles.ORG_ADMIN);
        assertThrows(
                NotFound.class, () -> all.services.as(stranger, () -> exports().get(export.id())));
        assertEquals(
                0,
                all.services.as(stranger, () -> exports().list(ListQuery.all())).total());
    }

    private String pointer(RequestExport wish) {
        return assertThrows(
                        RuleViolation.class,
                        () -> all.services.as(asks, () -> exports().request(wish)))
                .errors()
                .get(0)
                .pointer();
    }

    private static String refusal(Runnable work) {
        BusinessException refused = assertThrows(Conflict.class, work::run);
        return refused.code();
    }

    private static RequestExport wish(String recipient, String country, long ordinary, long sensitive) {
        return new RequestExport(recipient, country, "Remote diagnosis", "Contract", "Names", ordinary, sensitive);
    }

    private DataExportView request(String recipient, long ordinary, long sensitive) {
        return all.services.as(asks, () -> exports().request(wish(recipient, "US", ordinary, sensitive)));
    }

    private DataExportView approved(DataExportView export, String decision) {
        all.services.as(endorses, () -> exports().endorse(export.id()));
        return decide(cyberspace, export, decision);
    }

    private DataExportView decide(YiqiPrincipal who, DataExportView export, String decision) {
        return all.services.as(who, () -> exports().decide(export.id(), true, decision));
    }

    private DataExportView send(DataExportView export, long ordinary, long sensitive) {
        return all.services.as(asks, () -> exports().send(export.id(), ordinary, sensitive, DIGEST));
    }

    private DataExports exports() {
        return all.services.get(DataExports.class);
    }
}
