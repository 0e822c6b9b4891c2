package org.yiqi.rental;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yiqi.contract.Subject;
import org.yiqi.ledger.ActExpired;
import org.yiqi.ledger.ActRejected;
import org.yiqi.ledger.ActState;
import org.yiqi.ledger.Acts;
import org.yiqi.oversight.WatchFixture;
import org.yiqi.rental.LiabilityView.Proposal;
import org.yiqi.rental.ProposeSplit.Weighed;
import org.yiqi.shared.Amount;
import org.yiqi.shared.Money;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.problem.RuleViolation;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** Cases of damage in a real database, over the ledger's own rules. */
class LiabilitiesIT {

    private final LiabilityFixture f = new LiabilityFixture();

    @Test
    void aReportIsSignedAndTheFactsAreFrozenWithTheirDigests() {
        LiabilityView seen = f.get(f.reported().id());
        assertEquals(LiabilityState.STATEMENTS, seen.state());
        assertEquals(
                List.of(
                        LiabilityEvidenceKind.CUSTODY,
                        LiabilityEvidenceKind.TELEMETRY,
                        LiabilityEvidenceKind.MAINTENANCE,
                        LiabilityEvidenceKind.OPERATORS,
                        LiabilityEvidenceKind.CALENDAR),
                seen.evidence().stream().map(LiabilityView.Evidence::kind).toList());
        assertTrue(seen.evidence().stream().allMatch(e -> e.digest().matches("[0-9a-f]{64}")));
        UUID first = seen.evidence().get(0).id();
        List<String> leaves = f.as(f.owner, () -> f.services
                .get(Sql.class)
                .list(
                        "select content from evidence.exhibit where kind = 'liability' and ref = ?",
                        rs -> rs.getString(1),
                        first.toString()));
        assertEquals(1, leaves.size());
        assertTrue(leaves.get(0).contains(seen.evidence().get(0).digest()));
        UUID act = seen.openedAct();
        assertNotNull(act);
        assertEquals(
                ActState.PENDING, f.as(f.owner, () -> f.services.get(Acts.class).stateOf(act)));
    }

    @Test
    void evidenceNeitherChangesNorComesLate() {
        LiabilityView seen = f.get(f.reported().id());
        assertEquals(
                "rental.evidence-frozen",
                database(() -> f.services.get(Sql.class).update("""
                        insert into rental.liability_evidence(id, liability_id, kind, position, org_id, at, content, digest)
                        values (gen_random_uuid(), ?, 'CUSTODY', 99, ?, now(), '{}', repeat('0', 64))""", seen.id(), f.owner.orgId())));
        assertThrows(
                IllegalStateException.class,
                () -> f.as(f.owner, () -> f.services
                        .get(Sql.class)
                        .update(
                                "update rental.liability_evidence set content = '{}' where liability_id = ?",
                                seen.id())));
        Conflict late = assertThrows(
                Conflict.class, () -> f.as(f.owner, () -> f.liabilities().addPhoto(seen.id(), "a.png", png())));
        assertEquals("rental.evidence-frozen", late.code());
    }

    @Test
    void aPhotoIsEvidenceWhileTheHourOfTheDamageIsNotSealed() {
        ReportDamage fresh = new ReportDamage(
                f.unit, null, Damage.LIQUID, "Water", f.now().minusSeconds(60), false, List.of(), List.of());
        UUID id = f.as(f.owner, () -> f.liabilities().report(fresh)).id();
        assertEquals(LiabilityState.EVIDENCE, f.get(id).state());
        UUID photo = f.as(f.owner, () -> f.liabilities().addPhoto(id, "../x.html", png()));
        assertEquals(
                "x.png", f.as(f.owner, () -> f.liabilities().photo(id, photo)).name());
        assertThrows(
                RuleViolation.class,
                () -> f.as(f.owner, () -> f.liabilities()
                        .addPhoto(id, "x.pdf", "%PDF-1.4".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        f.later(Duration.ofMinutes(75));
        meet(id);
        LiabilityView frozen = f.get(id);
        assertEquals(LiabilityState.STATEMENTS, frozen.state());
        assertEquals(LiabilityEvidenceKind.PHOTO, frozen.evidence().get(0).kind());
    }

    @Test
    void aReportComesWithinTwoDaysAndNotFromTheFuture() {
        assertEquals("rental.damage-late", refused(f.owner, () -> f.liabilities()
                .report(new ReportDamage(
                        f.unit,
                        null,
                        Damage.IMPACT,
                        "x",
                        f.now().minus(Duration.ofHours(49)),
                        false,
                        List.of(),
                        List.of()))));
        assertEquals("rental.damage-invalid", refused(f.owner, () -> f.liabilities()
                .report(new ReportDamage(
                        f.unit, null, Damage.IMPACT, "x", f.now().plusSeconds(60), false, List.of(), List.of()))));
        assertEquals("rental.damage-invalid", refused(f.owner, () -> f.liabilities()
                .report(new ReportDamage(f.unit, null, Damage.IMPACT, " ", f.now(), false, List.of(), List.of()))));
    }

    @Test
    void ofTwoReportsAtOnceOneIsTaken() throws Exception {
        List<String> codes = together(List.of(
                () -> f.services.as(f.owner, () -> f.liabilities().report(f.damage())),
                () -> f.services.as(f.maintainer, () -> f.liabilities().report(f.damage()))));
        assertEquals(1, codes.stream().filter(String::isEmpty).count());
        assertTrue(codes.contains("rental.liability-open-for-unit"), codes.toString());
    }

    @Test
    void othersThanTheMembersSeeNothingOfACase() {
        UUID id = f.reported().id();
        assertThrows(
                NotFound.class, () -> f.as(f.stranger, () -> f.liabilities().get(id)));
        assertEquals(
                0, f.as(f.stranger, () -> f.liabilities().list(ListQuery.all())).total());
        assertEquals(id, f.as(f.maintainer, () -> f.liabilities().get(id)).id());
        assertEquals(id, f.as(f.regulator, () -> f.liabilities().get(id)).id());
        for (String table : List.of("party", "evidence", "step", "assessment", "proposal", "charge", "panellist")) {
            assertEquals(
                    0,
                    f.as(f.stranger, () -> f.services
                                    .get(Sql.class)
                                    .list(
                                            "select 1 from rental.liability_" + table + " where liability_id = ?",
                                            rs -> 1,
                                            id))
                            .size(),
                    table);
        }
    }

    @Test
    void aPatientWhoWasHarmedIsToldToOthersAtOnce() {
        f.as(f.owner, () -> f.liabilities()
                .report(new ReportDamage(
                        f.unit,
                        null,
                        Damage.ELECTRICAL,
                        "Shock",
                        f.now().minus(Duration.ofHours(2)),
                        true,
                        List.of(),
                        List.of())));
        HarmReported harm = f.events(HarmReported.class).get(0);
        assertEquals(f.unit, harm.unitId());
        assertEquals(f.owner.orgId(), harm.custodianOrg());
    }

    @Test
    void aStatementIsMadeOnceAndInItsDays() {
        UUID id = f.reported().id();
        f.as(f.owner, () -> f.statements().state(id, "First"));
        assertEquals(
                "rental.statement-made", refused(f.owner, () -> f.statements().state(id, "Second")));
        assertEquals("rental.liability-party-only", refused(f.regulator, () -> f.statements()
                .state(id, "We")));
        assertEquals("rental.statement-made", database(() -> f.services
                .get(Sql.class)
                .update(
                        "update rental.liability_party set statement = 'Other' where liability_id = ? and org_id = ?",
                        id,
                        f.owner.orgId())));
        f.later(Duration.ofDays(6));
        assertEquals("rental.statement-late", refused(f.maintainer, () -> f.statements()
                .state(id, "Late")));
    }

    @Test
    void silenceIsNotedByTheClockAndHoldsNothingUp() {
        UUID id = f.reported().id();
        f.as(f.owner, () -> f.statements().state(id, "Ours"));
        f.as(f.owner, () -> f.assessments().ask(id, f.repairer.orgId(), f.estimator.orgId()));
        f.as(f.owner, () -> f.assessments().value(id, null, null, 8, 5));
        f.as(f.repairer, () -> f.assessments().give(id, Money.cny("120000"), Money.cny("0"), ""));
        f.as(f.estimator, () -> f.assessments().give(id, Money.cny("120000"), Money.cny("0"), ""));
        meet(id);
        assertEquals(LiabilityState.STATEMENTS, f.get(id).state());
        f.later(Duration.ofDays(6));
        meet(id);
        LiabilityView seen = f.get(id);
        assertNotNull(seen.party(f.maintainer.orgId()).orElseThrow().silentAt());
        assertNull(seen.party(f.owner.orgId()).orElseThrow().silentAt());
        assertEquals(LiabilityState.ASSESSED, seen.state());
    }

    @Test
    void theUnitIsWorthItsBookValueAndTheAmountIsNeverMoreThanRepairWithoutBetterment() {
        LiabilityView seen = f.assessed();
        assertEquals(LiabilityState.ASSESSED, seen.state());
        LiabilityView.BookWorth worth = seen.worth();
        assertNotNull(worth);
        assertEquals(new Amount("515000.00", "CNY"), worth.value());
        assertEquals(new Amount("120000.00", "CNY"), seen.limit());
    }

    @Test
    void bettermentIsTakenOffAndTheWorthOfTheUnitIsTheCeiling() {
        assertEquals("70000.00", limit("120000", "50000", "90000", "10000", null));
        assertEquals("515000.00", limit("900000", "0", "950000", "0", null));
        assertEquals("40000.00", limit("900000", "0", "950000", "0", "40000"));
    }

    private String limit(String quote, String better, String estimate, String better2, @Nullable String cost) {
        LiabilityFixture other = new LiabilityFixture();
        UUID id = other.reported().id();
        other.as(other.owner, () -> other.statements().state(id, "a"));
        other.as(other.maintainer, () -> other.statements().state(id, "b"));
        other.as(other.owner, () -> other.assessments().ask(id, other.repairer.orgId(), other.estimator.orgId()));
        other.as(other.owner, () -> other.assessments()
                .value(
                        id,
                        cost == null ? null : Money.cny(cost),
                        cost == null ? null : java.time.LocalDate.parse("2026-11-21"),
                        8,
                        null));
        other.as(other.repairer, () -> other.assessments().give(id, Money.cny(quote), Money.cny(better), ""));
        other.as(other.estimator, () -> other.assessments().give(id, Money.cny(estimate), Money.cny(better2), ""));
        Amount limit = other.get(id).limit();
        return limit == null ? "" : limit.amount();
    }

    @Test
    void theEstimateComesFromSomebodyElseWhoHasNothingToDoWithTheCase() {
        UUID id = f.reported().id();
        assertEquals("rental.assessor-unfit", refused(f.owner, () -> f.assessments()
                .ask(id, f.repairer.orgId(), f.repairer.orgId())));
        assertEquals("rental.assessor-related", refused(f.owner, () -> f.assessments()
                .ask(id, f.repairer.orgId(), f.maintainer.orgId())));
        assertEquals("rental.assessor-unfit", refused(f.owner, () -> f.assessments()
                .ask(id, f.stranger.orgId(), f.estimator.orgId())));
        assertEquals("rental.owner-only", refused(f.maintainer, () -> f.assessments()
                .ask(id, f.repairer.orgId(), f.estimator.orgId())));
        f.as(f.owner, () -> f.assessments().ask(id, f.repairer.orgId(), f.estimator.orgId()));
        assertEquals("rental.assessor-only", refused(f.maintainer, () -> f.assessments()
                .give(id, Money.cny("1"), Money.cny("0"), "")));
        assertEquals("rental.assessment-invalid", refused(f.repairer, () -> f.assessments()
                .give(id, Money.cny("100"), Money.cny("101"), "")));
        f.as(f.repairer, () -> f.assessments().give(id, Money.cny("100"), Money.cny("0"), ""));
        assertEquals("rental.assessment-given", refused(f.repairer, () -> f.assessments()
                .give(id, Money.cny("90"), Money.cny("0"), "")));
    }

    @Test
    void theRulesNameWhoAnswersForEachCauseAndTheSplitIsExact() {
        UUID id = f.assessed().id();
        LiabilityView seen = f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        assertEquals(LiabilityState.PROPOSED, seen.state());
        Proposal split = seen.open().orElseThrow();
        assertEquals(
                List.of(
                        new LiabilityView.Part(f.owner.orgId(), "7/10", new Amount("84000.00", "CNY")),
                        new LiabilityView.Part(f.maintainer.orgId(), "3/10", new Amount("36000.00", "CNY"))),
                split.shares());
        assertEquals("民法典 §714", split.causes().get(0).source());
        assertTrue(split.causes().stream().allMatch(LiabilityView.Cause::byDefault));
    }

    @Test
    void aSplitNamesPartiesOnlyAndGivesReasonsForWhatTheRulesDoNotSay() {
        UUID id = f.assessed().id();
        assertEquals("rental.liability-no-party", refused(f.owner, () -> f.splits()
                .propose(id, of(new Weighed(LiabilityCause.TRANSPORT, 1, null, "")))));
        assertEquals("rental.split-invalid", refused(f.owner, () -> f.splits()
                .propose(id, of(new Weighed(LiabilityCause.WEAR, 1, f.stranger.orgId(), "They")))));
        assertEquals("rental.split-invalid", refused(f.owner, () -> f.splits()
                .propose(id, of(new Weighed(LiabilityCause.WEAR, 1, f.maintainer.orgId(), "")))));
        assertEquals("rental.split-invalid", refused(f.owner, () -> f.splits()
                .propose(id, of(new Weighed(LiabilityCause.WEAR, 0, null, "")))));
        assertEquals("rental.amount-over-limit", refused(f.owner, () -> f.splits()
                .propose(
                        id,
                        new ProposeSplit(
                                List.of(new Weighed(LiabilityCause.WEAR, 1, null, "")), Money.cny("120000.01"), ""))));
    }

    @Test
    void allPartiesSignAndTheOwnerIsMadeWhole() throws Exception {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        assertEquals(LiabilityState.PROPOSED, f.get(id).state());
        f.as(f.maintainer, () -> f.splits().agree(id));
        LiabilityView agreed = f.get(id);
        assertEquals(LiabilityState.AGREED, agreed.state());
        LiabilityFixed fixed = f.events(LiabilityFixed.class).get(0);
        assertEquals(List.of(new LiabilityFixed.Claim(f.maintainer.orgId(), Money.cny("36000"))), fixed.claims());
        assertEquals(
                "rental.liability-unpaid", refused(f.owner, () -> f.splits().settle(id)));
        f.asClock(() -> f.services
                .get(LiabilityCharges.class)
                .charged(id, fixed.proposalId(), f.maintainer.orgId(), Money.cny("36000"), null));
        f.as(f.owner, () -> f.splits().settle(id));
        assertEquals(LiabilityState.SETTLED, f.get(id).state());
        actCarriesTheDossier(agreed);
    }

    /** Whoever has the PDF and its salt finds its digest in the act. */
    private void actCarriesTheDossier(LiabilityView seen) throws Exception {
        UUID act = seen.standing().map(Proposal::actId).orElseThrow();
        for (String language : List.of("zh", "en")) {
            LiabilityDossier dossier =
                    f.as(f.owner, () -> f.services.get(LiabilityDossiers.class).get(seen.id(), language));
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(Base64.getDecoder().decode(dossier.salt()));
            String digest = HexFormat.of().formatHex(sha.digest(dossier.content()));
            assertEquals("%PDF", new String(dossier.content(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
            assertEquals(dossier.digest(), digest);
            assertTrue(f.as(f.owner, () -> f.services.get(Acts.class).get(act)).signed().act().evidence().stream()
                    .anyMatch(e -> e.digest().equals(digest)));
        }
    }

    @Test
    void ofTwoWhoAgreeAtOnceNeitherIsLost() throws Exception {
        ReportDamage three = new ReportDamage(
                f.unit,
                null,
                Damage.IMPACT,
                "x",
                f.now().minus(Duration.ofHours(2)),
                false,
                List.of(new ReportDamage.Named(f.stranger.orgId(), LiabilityRole.CARRIER)),
                List.of());
        UUID id = f.as(f.owner, () -> f.liabilities().report(three)).id();
        for (YiqiPrincipal who : List.of(f.owner, f.maintainer, f.stranger)) {
            f.as(who, () -> f.statements().state(id, "We"));
        }
        f.as(f.owner, () -> f.assessments().ask(id, f.repairer.orgId(), f.estimator.orgId()));
        f.as(f.owner, () -> f.assessments().value(id, null, null, 8, null));
        f.as(f.repairer, () -> f.assessments().give(id, Money.cny("100"), Money.cny("0"), ""));
        f.as(f.estimator, () -> f.assessments().give(id, Money.cny("100"), Money.cny("0"), ""));
        f.as(f.owner, () -> f.splits()
                .propose(
                        id,
                        of(
                                new Weighed(LiabilityCause.MISUSE, 1, null, ""),
                                new Weighed(LiabilityCause.MISSED_MAINTENANCE, 1, null, ""),
                                new Weighed(LiabilityCause.TRANSPORT, 1, null, ""))));
        List<String> codes = together(List.of(
                () -> f.services.as(f.maintainer, () -> f.splits().agree(id)),
                () -> f.services.as(f.stranger, () -> f.splits().agree(id))));
        assertEquals(List.of("", ""), codes);
        f.get(id);
        LiabilityView agreed = f.get(id);
        assertEquals(LiabilityState.AGREED, agreed.state());
        assertEquals(
                List.of("33.34", "33.33", "33.33"),
                agreed.standing().orElseThrow().shares().stream()
                        .map(p -> p.amount().amount())
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
        assertEquals(2, agreed.charges().size());
    }

    @Test
    void aRefusedSplitIsTriedAgainOrGoesToAPanel() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        assertEquals(
                "rental.split-invalid", refused(f.maintainer, () -> f.splits().dispute(id, " ")));
        f.as(f.maintainer, () -> f.splits().dispute(id, "Not so"));
        LiabilityView disputed = f.get(id);
        assertEquals(LiabilityState.DISPUTED, disputed.state());
        assertEquals("Not so", disputed.proposals().get(0).answer());
        f.as(f.maintainer, () -> f.splits().propose(id, of(new Weighed(LiabilityCause.WEAR, 1, null, ""))));
        f.as(f.owner, () -> f.splits().agree(id));
        assertEquals(LiabilityState.AGREED, f.get(id).state());
        assertEquals(List.of(), f.get(id).charges());
        f.as(f.owner, () -> f.splits().settle(id));
        assertEquals(LiabilityState.SETTLED, f.get(id).state());
    }

    @Test
    void aPanelIsThreeWhoHaveNothingToDoWithTheCase() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        List<UUID> good = f.panel.stream().map(YiqiPrincipal::orgId).toList();
        assertEquals("rental.liability-wrong-state", refused(f.regulator, () -> f.splits()
                .appoint(id, good)));
        f.as(f.maintainer, () -> f.splits().dispute(id, "No"));
        assertEquals("rental.panel-invalid", refused(f.regulator, () -> f.splits()
                .appoint(id, List.of(good.get(0), good.get(1), good.get(1)))));
        for (YiqiPrincipal related : List.of(f.owner, f.maintainer, f.repairer, f.estimator, f.regulator)) {
            assertEquals("rental.panel-conflict", refused(f.regulator, () -> f.splits()
                    .appoint(id, List.of(good.get(0), good.get(1), related.orgId()))));
        }
        assertEquals(good, f.as(f.regulator, () -> f.splits().appoint(id, good)).panel());
    }

    @Test
    void aPanelsDecisionNeedsAllThreeAndTheRegulatorAndIsFinalAfterFifteenDays() {
        UUID id = f.inPanel().id();
        assertEquals(
                "rental.panel-only", refused(f.owner, () -> f.splits().decide(id, LiabilityFixture.seventyThirty())));
        f.as(f.panel.get(0), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        f.as(f.panel.get(1), () -> f.splits().agree(id));
        f.as(f.panel.get(2), () -> f.splits().agree(id));
        assertEquals(LiabilityState.PANEL, f.get(id).state());
        f.as(f.regulator, () -> f.splits().agree(id));
        assertEquals(LiabilityState.DECIDED, f.get(id).state());
        assertEquals(List.of(), f.get(id).charges());
        f.later(Duration.ofDays(15));
        meet(id);
        assertEquals(LiabilityState.DECIDED, f.get(id).state());
        f.later(Duration.ofDays(1));
        assertEquals("rental.appeal-late", refused(f.maintainer, () -> f.splits()
                .appeal(id, AppealGround.WRONG_FACTS, "But")));
        meet(id);
        LiabilityView decided = f.get(id);
        assertEquals(LiabilityState.FINAL, decided.state());
        assertEquals(1, decided.charges().size());
    }

    @Test
    void anAppealGoesToTheRegulatorWhoDecidesAlone() {
        UUID id = f.inPanel().id();
        f.as(f.panel.get(0), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        for (YiqiPrincipal who : List.of(f.panel.get(1), f.panel.get(2), f.regulator)) {
            f.as(who, () -> f.splits().agree(id));
        }
        assertEquals("rental.liability-party-only", refused(f.panel.get(0), () -> f.splits()
                .appeal(id, AppealGround.WRONG_FACTS, "x")));
        f.as(f.maintainer, () -> f.splits().appeal(id, AppealGround.NEW_EVIDENCE, "A film shows it"));
        assertEquals(LiabilityState.APPEAL, f.get(id).state());
        assertEquals("rental.panel-only", refused(f.panel.get(0), () -> f.splits()
                .decide(id, LiabilityFixture.seventyThirty())));
        f.as(f.regulator, () -> f.splits()
                .decide(
                        id,
                        new ProposeSplit(List.of(new Weighed(LiabilityCause.MISUSE, 1, null, "")), null, "The film")));
        LiabilityView done = f.get(id);
        assertEquals(LiabilityState.FINAL, done.state());
        assertEquals("1/1", done.standing().orElseThrow().shares().get(0).share());
        assertEquals(List.of(), done.charges());
    }

    @Test
    void aPanellistWhoDisagreesSendsTheDraftBack() {
        UUID id = f.inPanel().id();
        f.as(f.panel.get(0), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        f.as(f.panel.get(1), () -> f.splits().dispute(id, "Half and half"));
        assertEquals(LiabilityState.PANEL, f.get(id).state());
        assertFalse(f.get(id).open().isPresent());
        f.as(f.panel.get(1), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        assertTrue(f.get(id).open().isPresent());
    }

    @Test
    void whatTheLedgerRefusesIsTakenBackWithItsCharges() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        f.as(f.maintainer, () -> f.splits().agree(id));
        LiabilityView agreed = f.get(id);
        UUID act = agreed.standing().map(Proposal::actId).orElseThrow();
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActRejected(act, "liability.determined", Subject.liability(id), "ledger.not-agreed", id)));
        LiabilityView back = f.get(id);
        assertEquals(LiabilityState.ASSESSED, back.state());
        assertEquals(List.of(), back.charges());
        assertEquals(Proposal.Status.REFUSED, back.proposals().get(0).state());
        assertEquals(1, f.events(LiabilityReopened.class).size());
    }

    @Test
    void aSettlementThatTheLedgerRefusesGoesBackToTheAgreementItWasSettledOn() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        f.as(f.maintainer, () -> f.splits().agree(id));
        LiabilityFixed fixed = f.events(LiabilityFixed.class).get(0);
        f.asClock(() -> f.services
                .get(LiabilityCharges.class)
                .charged(id, fixed.proposalId(), f.maintainer.orgId(), Money.cny("36000"), null));
        assertEquals(LiabilityState.AGREED, settledAndRefused(id));
    }

    @Test
    void aSettlementThatTheLedgerRefusesGoesBackToTheFinalDecisionItWasSettledOn() {
        UUID id = f.inPanel().id();
        f.as(f.panel.get(0), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        for (YiqiPrincipal who : List.of(f.panel.get(1), f.panel.get(2), f.regulator)) {
            f.as(who, () -> f.splits().agree(id));
        }
        f.as(f.maintainer, () -> f.splits().appeal(id, AppealGround.NEW_EVIDENCE, "A film shows it"));
        f.as(f.regulator, () -> f.splits()
                .decide(
                        id,
                        new ProposeSplit(List.of(new Weighed(LiabilityCause.MISUSE, 1, null, "")), null, "The film")));
        assertEquals(LiabilityState.FINAL, settledAndRefused(id));
    }

    private LiabilityState settledAndRefused(UUID id) {
        f.as(f.owner, () -> f.splits().settle(id));
        LiabilityView settled = f.get(id);
        assertEquals(LiabilityState.SETTLED, settled.state());
        UUID act = settled.settledAct();
        assertNotNull(act);
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActRejected(act, "liability.settled", Subject.liability(id), "ledger.not-owner", id)));
        LiabilityView back = f.get(id);
        assertNull(back.settledAct());
        return back.state();
    }

    @Test
    void aReportThatTheLedgerRefusesIsWithdrawnAndTheUnitIsFreeForAnother() {
        LiabilityView seen = f.reported();
        UUID act = seen.openedAct();
        assertNotNull(act);
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActRejected(
                        act, "liability.opened", Subject.liability(seen.id()), "ledger.unknown-unit", null)));
        assertEquals(LiabilityState.WITHDRAWN, f.get(seen.id()).state());
        assertEquals(LiabilityState.STATEMENTS, f.reported().state());
    }

    @Test
    void aSplitThatNobodySignsInTimeLapsesAndAnotherMayBeProposed() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        UUID act = f.get(id).open().map(Proposal::actId).orElseThrow();
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActExpired(act, "liability.determined", Subject.liability(id), id)));
        LiabilityView back = f.get(id);
        assertEquals(LiabilityState.ASSESSED, back.state());
        assertEquals(Proposal.Status.LAPSED, back.proposals().get(0).state());
    }

    @Test
    void anAppealThatTheLedgerRefusesLeavesTheDecisionOpenToAnother() {
        UUID id = f.inPanel().id();
        f.as(f.panel.get(0), () -> f.splits().decide(id, LiabilityFixture.seventyThirty()));
        for (YiqiPrincipal who : List.of(f.panel.get(1), f.panel.get(2), f.regulator)) {
            f.as(who, () -> f.splits().agree(id));
        }
        f.as(f.maintainer, () -> f.splits().appeal(id, AppealGround.WRONG_SPLIT, "Half"));
        LiabilityView.Appeal appeal = f.get(id).appeal();
        assertNotNull(appeal);
        UUID act = appeal.actId();
        assertNotNull(act);
        f.asClock(() -> f.services
                .get(LiabilityProgress.class)
                .on(new ActRejected(act, "liability.appealed", Subject.liability(id), "ledger.wrong-step", id)));
        assertEquals(LiabilityState.DECIDED, f.get(id).state());
        assertNull(f.get(id).appeal());
    }

    @Test
    void theWatchFindsASplitThatWasChangedBehindTheLedgersBack() throws SQLException {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        f.as(f.maintainer, () -> f.splits().agree(id));
        f.relay();
        assertEquals(0, found(id));
        try (var c = f.db.administrator();
                var s = c.prepareStatement("""
                        update rental.liability_share set numerator = 10 - numerator, amount_minor = 12000000 - amount_minor
                        where proposal_id in (select id from rental.liability_proposal where liability_id = ?)""")) {
            s.setObject(1, id);
            s.executeUpdate();
        }
        assertEquals(1, found(id));
    }

    private long found(UUID id) throws SQLException {
        return WatchFixture.pass(f.db, f.dataDir).stream()
                .filter(finding -> finding.subject().equals("liability:" + id))
                .count();
    }

    @Test
    void sharesThatAreNotOneAreRefusedByTheDatabaseWhoeverWritesThem() {
        UUID id = f.assessed().id();
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        UUID split = f.get(id).open().orElseThrow().id();
        assertThrows(SQLException.class, () -> {
            try (var c = f.db.administrator();
                    var s = c.prepareStatement(
                            "update rental.liability_share set numerator = 8 where proposal_id = ? and numerator = 7")) {
                s.setObject(1, split);
                s.executeUpdate();
            }
        });
    }

    private static ProposeSplit of(Weighed... causes) {
        return new ProposeSplit(List.of(causes), null, "");
    }

    private void meet(UUID id) {
        f.asClock(() -> {
            if (f.services.get(LiabilityDeadlines.class).due().contains(id)) {
                f.services.get(LiabilityDeadlines.class).meet(id);
            }
        });
    }

    private String refused(YiqiPrincipal who, Callable<?> work) {
        return assertThrows(BusinessException.class, () -> f.as(who, work)).code();
    }

    private String database(Callable<?> work) {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> f.as(f.owner, work));
        BusinessException refusal = DatabaseRefusals.in(thrown);
        return refusal == null ? String.valueOf(thrown.getCause()) : refusal.code();
    }

    /** Runs all at the same time; answers the code of each refusal, empty for none. */
    private static List<String> together(List<Callable<?>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<String>> running = new ArrayList<>();
            for (Callable<?> one : all) {
                running.add(threads.submit(() -> {
                    try {
                        one.call();
                        return "";
                    } catch (RuntimeException e) {
                        BusinessException refusal = DatabaseRefusals.in(e);
                        return refusal == null ? String.valueOf(e) : refusal.code();
                    }
                }));
            }
            List<String> codes = new ArrayList<>();
            for (Future<String> one : running) {
                codes.add(one.get());
            }
            return codes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] png() {
        return Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    }
}
