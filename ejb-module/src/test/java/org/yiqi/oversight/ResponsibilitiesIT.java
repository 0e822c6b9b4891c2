package org.yiqi.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yiqi.oversight.ResponsibilityEdge.Basis;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Roles;
import org.yiqi.shared.TestDatabase;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.NotPermitted;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** A pump that its owner holds for ten days, lends to another hospital, has back on the twentieth and gives up on the thirtieth. */
class ResponsibilitiesIT {

    private static final TestDatabase DB = TestDatabase.empty();
    private static final Instant BORN = RecallFixture.NOW.minus(Duration.ofDays(40));

    private final RecallFixture all = new RecallFixture(DB);
    private final UUID owner = all.organisation("HOSPITAL");
    private final UUID lessee = all.organisation("HOSPITAL");
    private final UUID service = all.organisation("SERVICE");
    private final YiqiPrincipal engineer = RecallFixture.person(owner, Scope.MEMBER, Roles.EQUIPMENT);
    private UUID unit = Ids.next();

    @BeforeEach
    void aUnitThatWasLentAndIsGone() throws SQLException {
        all.services.get(Covers.class).nameConstraints();
        unit = all.unit(all.model("0" + Ids.next().toString().substring(24)), "", owner);
        held(owner, 0, 10);
        held(lessee, 10, 20);
        held(owner, 20, 30);
    }

    @AfterAll
    static void stop() throws Exception {
        DB.stop();
    }

    @Test
    void fromTheFirstMomentToTheEndThereIsOneOwnerOneHolderOneUserAndOneMaintainerAndNeverTwo() {
        for (int hour = 0; hour < 30 * 24; hour++) {
            Map<ResponsibilityKind, ResponsibilityEdge> who = who(BORN.plus(Duration.ofHours(hour)));
            UUID holder = hour >= 240 && hour < 480 ? lessee : owner;
            assertEquals(owner, who.get(ResponsibilityKind.OWNER).organisationId());
            assertEquals(holder, who.get(ResponsibilityKind.CUSTODY).organisationId());
            assertEquals(holder, who.get(ResponsibilityKind.USE).organisationId());
            assertEquals(
                    Basis.OWN_DEPARTMENT,
                    who.get(ResponsibilityKind.MAINTENANCE).basis());
            assertEquals(4, who.size());
        }
    }

    @Test
    void beforeItsRegistrationAndFromItsEndOnNobodyIsResponsible() {
        assertTrue(who(BORN.minusMillis(1)).isEmpty());
        assertEquals(4, who(day(30).minusMillis(1)).size());
        assertTrue(who(day(30)).isEmpty());
        assertEquals("", view(day(30)).jurisdiction());
    }

    @Test
    void aContractMaintainsAndAPolicyInsuresFromItsFirstMomentUntilItsLast() {
        record(cover(ResponsibilityKind.MAINTENANCE, service, null, 5, 15));
        record(cover(ResponsibilityKind.INSURANCE, null, "中国人保", 5, 15));
        assertEquals(
                Basis.OWN_DEPARTMENT,
                who(day(5).minusMillis(1)).get(ResponsibilityKind.MAINTENANCE).basis());
        ResponsibilityEdge maintains = who(day(5)).get(ResponsibilityKind.MAINTENANCE);
        assertEquals(service, maintains.organisationId());
        assertEquals("C-1", maintains.reference());
        assertEquals("中国人保", who(day(14)).get(ResponsibilityKind.INSURANCE).nameZh());
        assertEquals(4, who(day(15)).size());
    }

    @Test
    void noTwoContractsMaintainAUnitAtATimeButOneMayFollowTheOther() {
        record(cover(ResponsibilityKind.MAINTENANCE, service, null, 5, 15));
        RuntimeException refused = assertThrows(
                RuntimeException.class, () -> record(cover(ResponsibilityKind.MAINTENANCE, null, "Other", 14, 20)));
        BusinessException why = DatabaseRefusals.in(refused);
        assertEquals("oversight.cover-overlaps", why == null ? "" : why.code());
        record(cover(ResponsibilityKind.INSURANCE, null, "Other", 14, 20));
        record(cover(ResponsibilityKind.MAINTENANCE, null, "Other", 15, 20));
    }

    @Test
    void aContractThatIsEndedMakesRoomForAnotherAndIsNotEndedTwice() {
        UUID first = record(cover(ResponsibilityKind.MAINTENANCE, service, null, 50, 60));
        all.services.as(engineer, () -> {
            covers().end(first);
            return true;
        });
        record(cover(ResponsibilityKind.MAINTENANCE, null, "Other", 50, 60));
        assertThrows(
                NotFound.class,
                () -> all.services.as(engineer, () -> {
                    covers().end(first);
                    return true;
                }));
    }

    @Test
    void onlyTheOwnerPutsAContractOnRecordAndOnlyASoundOne() {
        YiqiPrincipal regulator = all.regulator;
        RecordCover sound = cover(ResponsibilityKind.MAINTENANCE, service, null, 5, 15);
        assertThrows(NotPermitted.class, () -> all.services.as(regulator, () -> covers().record(sound)));
        assertEquals("/until", pointer(cover(ResponsibilityKind.INSURANCE, null, "A", 5, 5)));
        assertEquals("/providerName", pointer(cover(ResponsibilityKind.INSURANCE, null, "", 5, 6)));
        assertEquals("/providerName", pointer(cover(ResponsibilityKind.INSURANCE, service, "A", 5, 6)));
        assertEquals("/providerId", pointer(cover(ResponsibilityKind.INSURANCE, Ids.next(), null, 5, 6)));
        assertEquals("/kind", pointer(cover(ResponsibilityKind.CUSTODY, service, null, 5, 6)));
        assertEquals(
                "/documentId",
                pointer(new RecordCover(
                        unit, ResponsibilityKind.INSURANCE, service, null, "C-1", day(5), day(6), Ids.next())));
    }

    @Test
    void whoBuysAUnitOwnsItFromTheHandoverAndMayEndWhatTheOwnerBeforeHadAgreed() throws SQLException {
        UUID first = record(cover(ResponsibilityKind.MAINTENANCE, service, null, 5, 90));
        UUID buyer = all.organisation("HOSPITAL");
        all.sql("delete from equipment.custody where unit_id = ? and to_at is null", unit);
        all.sql("""
                insert into equipment.custody(id, unit_id, org_id, from_at, act_id, owned) values (?, ?, ?, ?, ?, true)""", Ids.next(), unit, buyer, java.sql.Timestamp.from(day(30)), Ids.next());
        YiqiPrincipal buyers = RecallFixture.person(buyer, Scope.MEMBER, Roles.EQUIPMENT);
        Responsibilities responsibilities = all.services.get(Responsibilities.class);
        ResponsibilityEdge before = all.services
                .as(buyers, () -> responsibilities.at(unit, day(30).minusMillis(1)))
                .answers()
                .get(0);
        ResponsibilityEdge after = all.services
                .as(buyers, () -> responsibilities.at(unit, day(30)))
                .answers()
                .get(0);
        assertEquals(owner, before.organisationId());
        assertEquals(buyer, after.organisationId());
        assertEquals(Basis.SOLD, after.basis());
        all.services.as(buyers, () -> {
            covers().end(first);
            return true;
        });
        assertEquals(
                Basis.OWN_DEPARTMENT,
                all.services
                        .as(buyers, () -> responsibilities.at(unit, RecallFixture.NOW))
                        .answers()
                        .get(3)
                        .basis());
    }

    @Test
    void theLawIsThatOfThePlaceWhereItIsHeld() throws SQLException {
        all.sql("update organisation.organisation set region_code = '310100' where id = ?", lessee);
        assertEquals("CN-ZJ", view(day(9)).jurisdiction());
        assertEquals("CN-SH", view(day(10)).jurisdiction());
        assertEquals("CN-ZJ", view(day(20)).jurisdiction());
    }

    @Test
    void aStrangerFindsNothingAndARegulatorsLookIsSeenByTheOwner() {
        UUID stranger = all.organisation("HOSPITAL");
        assertThrows(
                NotFound.class,
                () -> all.services.as(
                        stranger, () -> all.services.get(Responsibilities.class).at(unit, day(1))));
        view(day(1));
        ListQuery ofUnit = ListQuery.all().where("unit", unit.toString());
        assertEquals(
                1,
                all.services
                        .as(engineer, () -> all.services.get(Looks.class).list(ofUnit))
                        .total());
    }

    private String pointer(RecordCover cover) {
        return assertThrows(RuleViolation.class, () -> record(cover))
                .errors()
                .get(0)
                .pointer();
    }

    private static Instant day(int day) {
        return BORN.plus(Duration.ofDays(day));
    }

    private RecordCover cover(ResponsibilityKind kind, UUID provider, String name, int from, int until) {
        return new RecordCover(unit, kind, provider, name, "C-1", day(from), day(until), null);
    }

    private UUID record(RecordCover cover) {
        return all.services.as(engineer, () -> covers().record(cover));
    }

    private Covers covers() {
        return all.services.get(Covers.class);
    }

    private ResponsibilityView view(Instant at) {
        return all.services.as(
                all.regulator, () -> all.services.get(Responsibilities.class).at(unit, at));
    }

    private Map<ResponsibilityKind, ResponsibilityEdge> who(Instant at) {
        List<ResponsibilityEdge> answers = all.services
                .as(engineer, () -> all.services.get(Responsibilities.class).at(unit, at))
                .answers();
        return answers.stream().collect(Collectors.toMap(ResponsibilityEdge::kind, Function.identity()));
    }

    private void held(UUID org, int from, int to) throws SQLException {
        all.sql(
                "insert into equipment.custody(id, unit_id, org_id, from_at, to_at, act_id) values (?, ?, ?, ?, ?, ?)",
                Ids.next(),
                unit,
                org,
                java.sql.Timestamp.from(day(from)),
                java.sql.Timestamp.from(day(to)),
                Ids.next());
    }
}
