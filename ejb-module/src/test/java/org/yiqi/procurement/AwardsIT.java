package org.yiqi.procurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.ActView;
import org.yiqi.ledger.Acts;
import org.yiqi.procurement.domain.BusinessCalendar;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** From a signed ranking to a contract, on a real database and a real ledger. */
class AwardsIT {

    @RegisterExtension
    static final EmptyPlatform PLATFORM = new EmptyPlatform();

    @TempDir
    static Path dataDir;

    private JudgedTender t;

    @BeforeEach
    void aRankedTender() throws Exception {
        t = new JudgedTender(PLATFORM.db, dataDir, PLATFORM.regulator);
        t.services.with(String.class, "https://yiqi.example/");
        sql("update procurement.expert set state = 'LEFT' where state = 'ADMITTED'");
        t.rank();
    }

    @Test
    void anAwardIsFinalOnlyAfterItsStandstillAndItsContractSaysWhatTheAwardSaid() throws Exception {
        announce(0, "");
        assertEquals(TenderState.AWARD_NOTICE, tender().state());
        t.signed(() -> awards().fail(id(), "2", EndReason.TOO_FEW_BIDS, "One bid"));
        assertEquals(TenderState.STANDSTILL, tender().state());
        AwardNotice notice = notice();
        assertEquals(winner(0), notice.bidder());
        BusinessCalendar days = new BusinessCalendar(Map.of());
        assertTrue(!notice.standstillUntil().isBefore(days.endOfWorkingDays(notice.publishedAt(), 7)));
        assertEquals("procurement.standstill", refused(() -> buyer(() -> awards().confirm(id(), "1"))));
        assertEquals(
                "procurement.award-not-found",
                refused(() -> buyer(() -> contracts().follow(id(), "1", terms()))));
        assertEquals(
                "procurement.lot-noticed",
                refused(() -> buyer(() -> awards().fail(id(), "1", EndReason.UNLAWFUL, "No"))));
        assertEquals("procurement.standstill", refused(() -> {
            sql(
                    "insert into procurement.lot_award(tender_id, lot, bid_id, org_id, amount_minor, currency, decided_by, decided_at)"
                            + " select tender_id, lot, bid_id, org_id, amount_minor, currency, published_by, published_at"
                            + " from procurement.award_notice where id = '" + notice.id() + "'");
            return true;
        }));
        passTo(notice.standstillUntil());
        t.signed(() -> awards().confirm(id(), "1"));
        assertEquals(TenderState.AWARDED, tender().state());
        assertEquals(NoticeState.AWARDED, notice().state());
        assertEquals(
                List.of(ActState.RECORDED),
                acts("tender.awarded").stream().map(ActView::state).toList());
        contractFollows();
        published();
    }

    private void contractFollows() throws Exception {
        assertEquals(
                "procurement.not-your-tender",
                refused(() ->
                        t.services.as(t.sealed.openers.get(2), () -> contracts().follow(id(), "1", terms()))));
        // The ledger's clock is the machine's: what waits for signatures must not have run out by it.
        t.services.clock().set(Instant.now());
        ContractView draft = buyer(() -> contracts().follow(id(), "1", terms()));
        assertEquals(winner(0), draft.supplierId());
        assertEquals(Money.ofMinor(95_000_000, "CNY"), draft.original());
        assertEquals(
                LocalDate.ofInstant(notice().standstillUntil(), BusinessCalendar.CHINA)
                        .plusDays(30),
                draft.signBy());
        assertEquals(
                "procurement.lot-contracted",
                refused(() -> buyer(() -> contracts().follow(id(), "1", terms()))));
        RuleViolation other = assertThrows(
                RuleViolation.class,
                () -> buyer(() -> contracts().change(draft.id(), draft.version(), otherThanAwarded(draft))));
        assertEquals(
                Set.of("/supplierId", "/items"),
                Set.copyOf(other.errors().stream().map(e -> e.pointer()).toList()));
        for (String forced : List.of(
                "original_minor = original_minor - 1", "supplier_id = '" + winner(1) + "'", "sign_by = sign_by + 1")) {
            assertEquals("procurement.not-as-awarded", refused(() -> {
                sql("update procurement.contract set " + forced + " where id = '" + draft.id() + "'");
                return true;
            }));
        }
        assertEquals("procurement.not-as-awarded", refused(() -> {
            sql("update procurement.contract_item set unit_minor = unit_minor - 1 where contract_id = '" + draft.id()
                    + "'");
            return true;
        }));
        ContractView offered = buyer(() -> contracts().offer(draft.id(), draft.version()));
        t.services.as(winner(0), () -> signing().accept(draft.id(), offered.version()));
        t.signed(() -> signing().sign(draft.id()));
        assertEquals(TenderState.CONTRACTED, tender().state());
        ActView act = acts("contract.signed").get(0);
        assertEquals(id().toString(), act.signed().act().body().get("tender"));
        assertEquals(ActState.RECORDED, act.state());
        ContractView effective = buyer(() -> contracts().get(draft.id()));
        t.services.as(winner(0), () -> milestones().report(draft.id(), effective.version(), 1, "On the ramp"));
        t.deliver();
        ContractView reported = buyer(() -> contracts().get(draft.id()));
        buyer(() -> milestones().decide(draft.id(), reported.version(), 1, MilestoneState.MET, ""));
        ContractView met = buyer(() -> contracts().get(draft.id()));
        buyer(() -> milestones().pay(draft.id(), met.version(), 1, "TT-1"));
        t.deliver();
        ContractView paid = buyer(() -> contracts().get(draft.id()));
        buyer(() -> signing().amend(draft.id(), paid.version(), Money.ofMinor(96_000_000, "CNY"), "One more probe"));
        t.services.as(winner(0), () -> signing().sign(draft.id()));
        t.deliver();
        ContractView larger = buyer(() -> contracts().get(draft.id()));
        assertEquals(96_000_000, larger.amount().minor());
        buyer(() -> signing().terminate(draft.id(), larger.version(), "The ward closes"));
        t.deliver();
    }

    private void published() {
        JsonObject all = releases();
        List<String> tags = all.getJsonArray("releases").getValuesAs(JsonObject.class).stream()
                .map(r -> r.getJsonArray("tag").getString(0))
                .toList();
        assertEquals(
                List.of(
                        "tenderUpdate",
                        "tenderUpdate",
                        "award",
                        "award",
                        "awardUpdate",
                        "contract",
                        "implementation",
                        "implementationUpdate",
                        "implementationUpdate",
                        "contractAmendment",
                        "contractTermination"),
                tags);
        assertEquals(List.of(), OcdsSchema.releasePackage().problems(all.toString()));
        String ocid = tender().ocid();
        JsonObject record = anonymous(() -> packages().recordOf(ocid));
        assertEquals(List.of(), OcdsSchema.recordPackage().problems(record.toString()));
        JsonObject now = record.getJsonArray("records").getJsonObject(0).getJsonObject("compiledRelease");
        JsonArray bids = now.getJsonObject("bids").getJsonArray("details");
        assertEquals(4, bids.size());
        JsonObject award = now.getJsonArray("awards").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("status").equals("active"))
                .findFirst()
                .orElseThrow();
        assertEquals(t.bidders.get(0).bid.toString(), award.getString("relatedBid"));
        JsonObject contract = now.getJsonArray("contracts").getJsonObject(0);
        assertEquals(award.getString("id"), contract.getString("awardID"));
        assertEquals("terminated", contract.getString("status"));
        assertEquals(
                1,
                contract.getJsonObject("implementation")
                        .getJsonArray("transactions")
                        .size());
    }

    @Test
    void aComplaintStopsTheAwardUntilItIsDismissedAndThenTheRestOfTheStandstillRuns() throws Exception {
        announce(0, "");
        AwardNotice before = notice();
        t.services.clock().set(before.publishedAt().plus(Duration.ofDays(1)));
        assertEquals("procurement.not-a-bidder", refused(() -> complain(t.sealed.hospital)));
        assertEquals("procurement.not-a-bidder", refused(() -> complain(winner(3))));
        ComplaintView complaint = complain(winner(1));
        assertEquals(TenderState.SUSPENDED, tender().state());
        assertEquals("procurement.complained-already", refused(() -> complain(winner(1))));
        assertEquals("procurement.award-suspended", refused(() -> buyer(() -> awards().confirm(id(), "1"))));
        assertEquals(
                "",
                anonymous(() -> awards().notices(id()))
                        .get(0)
                        .complaints()
                        .get(0)
                        .grounds());
        assertEquals(
                "The winner has no licence",
                watching(() -> awards().notices(id()))
                        .get(0)
                        .complaints()
                        .get(0)
                        .grounds());
        assertEquals(
                List.of(),
                t.services
                        .as(winner(2), () -> complaints().list(ListQuery.all()))
                        .items());
        t.services.clock().set(before.standstillUntil().plus(Duration.ofDays(2)));
        assertEquals(
                "procurement.not-your-remit",
                refused(() -> t.services.as(
                        watcher(cyberspace()), () -> complaints().decide(complaint.id(), 0, null, "It has one"))));
        assertEquals(
                "shared.stale-version",
                refused(() -> watching(() -> complaints().decide(complaint.id(), 7, null, "No"))));
        assertEquals(
                "procurement.complaint-invalid",
                refused(() -> watching(() -> complaints().decide(complaint.id(), 0, null, " "))));
        watching(() -> complaints().decide(complaint.id(), 0, null, "It has one"));
        t.deliver();
        AwardNotice after = notice();
        Instant now = t.services.clock().instant();
        assertTrue(!after.standstillUntil()
                .isBefore(now.plus(
                        Duration.between(before.publishedAt().plus(Duration.ofDays(1)), before.standstillUntil()))));
        assertEquals(TenderState.AWARD_NOTICE, tender().state());
        assertEquals("procurement.standstill", refused(() -> buyer(() -> awards().confirm(id(), "1"))));
        assertEquals("procurement.complained-already", refused(() -> complain(winner(1))));
        ComplaintView second = complain(winner(2));
        t.services.as(winner(2), () -> complaints().withdraw(second.id(), second.version()));
        t.deliver();
        assertEquals(
                "procurement.complaint-decided",
                refused(() -> watching(() -> complaints().decide(second.id(), 1, null, "Late"))));
        passTo(notice().standstillUntil());
        assertEquals(
                Set.of("It has one", ""),
                Set.copyOf(anonymous(() -> awards().notices(id())).get(0).complaints().stream()
                        .map(ComplaintView::decision)
                        .toList()));
        t.signed(() -> awards().confirm(id(), "1"));
        assertEquals("procurement.notice-not-found", refused(() -> complain(winner(2))));
        assertEquals(List.of(), OcdsSchema.releasePackage().problems(releases().toString()));
    }

    @Test
    void whoComplainsAfterTheStandstillIsTooLate() throws Exception {
        announce(0, "");
        passTo(notice().standstillUntil());
        assertEquals("procurement.standstill-over", refused(() -> complain(winner(1))));
        assertEquals("procurement.standstill-over", refused(() -> {
            sql(
                    "insert into procurement.complaint(id, number, notice_id, tender_id, lot, org_id, buyer_id, grounds, made_by,"
                            + " made_at, decide_by) select gen_random_uuid(), 'X', n.id, n.tender_id, n.lot, '"
                            + winner(1)
                            + "', '" + t.sealed.hospital
                            + "', 'Late', n.published_by, n.standstill_until, n.standstill_until"
                            + " from procurement.award_notice n where n.id = '" + notice().id() + "'");
            return true;
        }));
    }

    @Test
    void anUpheldComplaintWithdrawsTheAwardAndTheLotIsDecidedAnewWithoutThatBid() throws Exception {
        announce(0, "");
        ComplaintView complaint = complain(winner(1));
        ComplaintView other = complain(winner(2));
        watching(() -> complaints().decide(complaint.id(), 0, Remedy.REDECIDE, "The licence had run out"));
        t.deliver();
        assertEquals(NoticeState.WITHDRAWN, notice().state());
        assertEquals(
                ComplaintState.MOOT,
                watching(() -> complaints().get(other.id())).state());
        assertEquals(TenderState.RANKED, tender().state());
        assertEquals(
                "procurement.award-withdrawn",
                refused(() -> buyer(() -> awards().announce(id(), "1", t.bidders.get(0).bid, ""))));
        assertEquals(
                "procurement.passed-over",
                refused(() -> buyer(() -> awards().announce(id(), "1", t.bidders.get(1).bid, ""))));
        announce(1, "The first has no licence");
        passTo(notice().standstillUntil());
        t.signed(() -> awards().confirm(id(), "1"));
        assertEquals(1, acts("tender.awarded").size());
        assertEquals(
                winner(1).toString(),
                acts("tender.awarded")
                        .get(0)
                        .signed()
                        .act()
                        .parties()
                        .get(1)
                        .org()
                        .toString());
        JsonObject all = releases();
        assertEquals(List.of(), OcdsSchema.releasePackage().problems(all.toString()));
        assertTrue(all.toString().contains("The licence had run out"));
    }

    @Test
    void aLotThatARegulatorEndsIsNotAwardedAnyMore() throws Exception {
        announce(0, "");
        ComplaintView complaint = complain(winner(1));
        watching(() -> complaints().decide(complaint.id(), 0, Remedy.FAIL, "The panel was bound"));
        assertEquals(
                "procurement.lot-must-fail",
                refused(() -> buyer(() -> awards().announce(id(), "1", t.bidders.get(1).bid, "The second"))));
        t.signed(() -> awards().fail(id(), "1", EndReason.UNLAWFUL, "Decision of the regulator"));
        t.signed(() -> awards().fail(id(), "2", EndReason.TOO_FEW_BIDS, "One bid"));
        assertEquals(TenderState.FAILED, tender().state());
    }

    @Test
    void ofTwoComplaintsOfOneBidderAtOnceOneCounts() throws Exception {
        announce(0, "");
        complain(winner(1));
        assertEquals("procurement.complained-already", refused(() -> {
            sql(
                    "insert into procurement.complaint(id, number, notice_id, tender_id, lot, org_id, buyer_id, grounds, made_by,"
                            + " made_at, decide_by) select gen_random_uuid(), 'Y', notice_id, tender_id, lot, org_id, buyer_id, 'Again',"
                            + " made_by, made_at, decide_by from procurement.complaint where org_id = '" + winner(1)
                            + "'");
            return true;
        }));
    }

    private void announce(int bidder, String reason) {
        buyer(() -> awards().announce(id(), "1", t.bidders.get(bidder).bid, reason));
        t.deliver();
    }

    private ComplaintView complain(UUID org) {
        return t.services.as(org, () -> complaints().complain(id(), "1", "The winner has no licence"));
    }

    private AwardNotice notice() {
        return anonymous(() -> awards().notices(id())).get(0);
    }

    private JsonObject releases() {
        String ocid = tender().ocid();
        return anonymous(() -> packages().releasesOf(ocid));
    }

    private TenderView tender() {
        return anonymous(() -> t.services.get(Tenders.class).notice(id()));
    }

    private List<ActView> acts(String type) {
        return buyer(() -> t.services.get(Acts.class).list(ListQuery.all().where("type", type))).items().stream()
                .filter(each -> id().equals(each.reference())
                        || id().toString().equals(each.signed().act().body().get("tender")))
                .toList();
    }

    private void passTo(Instant instant) {
        t.services.clock().set(instant);
    }

    private AwardedTerms terms() {
        LocalDate by = LocalDate.ofInstant(t.services.clock().instant(), BusinessCalendar.CHINA)
                .plusDays(60);
        return new AwardedTerms(
                "Monitors of lot 1",
                by,
                24,
                List.of("LATE"),
                List.of(
                        new ContractTerms.Milestone(MilestoneKind.DELIVERY, by, 30),
                        new ContractTerms.Milestone(MilestoneKind.ACCEPTANCE, by.plusDays(30), 70)));
    }

    private ContractTerms otherThanAwarded(ContractView draft) {
        return new ContractTerms(
                draft.planId(),
                winner(1),
                draft.title(),
                List.of(new ContractTerms.Item("Something cheaper", null, 1, Money.cny("10"))),
                draft.deliveryBy(),
                24,
                List.of(),
                terms().milestones());
    }

    private static String refused(Callable<?> work) {
        Exception thrown = assertThrows(Exception.class, work::call);
        BusinessException refusal = thrown instanceof BusinessException own ? own : DatabaseRefusals.in(thrown);
        assertNotEquals("", String.valueOf(thrown.getMessage()));
        return refusal == null ? thrown.toString() : refusal.code();
    }

    private static void sql(String statement) throws SQLException {
        try (var c = PLATFORM.db.administrator();
                var s = c.createStatement()) {
            s.executeUpdate(statement);
        }
    }

    private UUID id() {
        return t.sealed.tender;
    }

    private UUID winner(int bidder) {
        return t.bidders.get(bidder).org;
    }

    private <R> R buyer(Callable<R> work) {
        return t.services.as(t.sealed.hospital, work);
    }

    private <R> R anonymous(Callable<R> work) {
        return t.services.as(new YiqiPrincipal("nobody", Ids.next(), Ids.next(), Scope.ANONYMOUS, Set.of()), work);
    }

    private <R> R watching(Callable<R> work) {
        return t.services.as(watcher(PLATFORM.regulator), work);
    }

    private static YiqiPrincipal watcher(UUID org) {
        return new YiqiPrincipal("regulator", Ids.next(), org, Scope.REGULATOR, Set.of(Roles.REGULATOR));
    }

    private static UUID cyberspace() throws SQLException {
        UUID id = PLATFORM.db.organisation("REGULATOR");
        sql("update organisation.organisation set remit = 'CYBERSPACE' where id = '" + id + "'");
        return id;
    }

    private Awards awards() {
        return t.services.get(Awards.class);
    }

    private Complaints complaints() {
        return t.services.get(Complaints.class);
    }

    private Contracts contracts() {
        return t.services.get(Contracts.class);
    }

    private ContractSigning signing() {
        return t.services.get(ContractSigning.class);
    }

    private ContractMilestones milestones() {
        return t.services.get(ContractMilestones.class);
    }

    private OcdsPackages packages() {
        return t.services.get(OcdsPackages.class);
    }
}
