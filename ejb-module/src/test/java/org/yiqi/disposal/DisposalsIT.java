package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.yiqi.disposal.DisposalHandovers.EndCertificate;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.disposal.Sanitisation.NewCertificate;
import org.yiqi.disposal.Sanitisation.StatedMedium;
import org.yiqi.equipment.Availability;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.CustodyPeriod;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

class DisposalsIT {

    private final DisposalFixture f = new DisposalFixture();

    @Test
    void aProposedUnitRetiresAndComesBackWhenTheProposalIsWithdrawn() {
        UnitView unit = f.unit("MRI", serial());
        DisposalView disposal = f.proposed(unit);
        assertEquals(UnitStatus.RETIRING, status(unit));
        f.as(f.equipment, () -> f.get(Disposals.class).withdraw(disposal.id(), "still needed"));
        assertEquals(UnitStatus.AVAILABLE, status(unit));
        assertEquals(DisposalState.PROPOSED, f.proposed(unit).state());
    }

    @Test
    void aUnitHasOneOpenDisposalWhateverTheCodeThinks() {
        UnitView unit = f.unit("MRI", serial());
        DisposalView disposal = f.proposed(unit);
        assertEquals("disposal.already-open", codeOf(() -> f.proposed(unit)));
        assertEquals(
                "disposal.already-open",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(Sql.class).update("""
                                insert into disposal.disposal(id, number, unit_id, org_id, unit_zh, unit_en, asset_tag, serial, category, cause,
                                  reason, state, made_by, made_at)
                                select ?, 'X' || ?::text, unit_id, org_id, '', '', '', '', category, cause, reason, 'PROPOSED', made_by, made_at
                                  from disposal.disposal where id = ?""", Ids.next(), Ids.next(), disposal.id()))));
    }

    @Test
    void aUnitThatIsHeldOrBurdenedIsNotProposed() {
        UnitView unit = f.unit("MRI", serial());
        assertEquals(
                "disposal.lien",
                codeOf(() -> f.as(f.equipment, () -> f.get(Disposals.class)
                        .propose(new Propose(unit.id(), Cause.OBSOLETE, "old", null, false)))));
        f.as(f.equipment, () -> {
            f.get(Availability.class).quarantine(unit.id(), "recall", Ids.next());
            return true;
        });
        assertEquals("disposal.unit-held", codeOf(() -> f.proposed(unit)));
    }

    @Test
    void theExampleOfTheRulesComesOutAsTheySay() {
        UnitView unit = f.unit(
                "CT", serial(), DisposalFixture.TODAY.minusDays(1), "5000000", DisposalFixture.TODAY.minusYears(9));
        DisposalView valued = f.valued(unit);
        DisposalView.Valuation v = valued.valuation();
        assertNotNull(v);
        Estimate book = v.estimates().get(0);
        assertEquals(Method.BOOK, book.method());
        assertEquals(Money.cny("725000"), book.likely());
        assertEquals(Verdict.RETIRE, v.verdict());
        assertEquals(
                Set.of(Signal.Code.SERVICE_COST, Signal.Code.END_OF_SUPPORT),
                Set.copyOf(v.signals().stream().map(Signal::code).toList()));
        assertEquals(7, v.ways().size());
    }

    @Test
    void theLadderGrowsWithTheValueAndNobodyApprovesTheOwnProposal() {
        DisposalView disposal = f.valued(f.unit("MRI", serial()));
        DisposalApprovals approvals = f.get(DisposalApprovals.class);
        DisposalView sent = f.as(f.equipment, () -> approvals.submit(disposal.id(), null));
        assertEquals(
                List.of(ApprovalStep.COMMITTEE, ApprovalStep.FINANCE),
                sent.approvals().stream().map(DisposalView.Approval::step).toList());
        YiqiPrincipal all =
                new YiqiPrincipal("all", f.equipment.personId(), f.hospital, Scope.MEMBER, Set.copyOf(Roles.OF_PEOPLE));
        assertEquals("disposal.own-proposal", codeOf(() -> f.as(all, () -> approvals.approve(sent.id(), ""))));
        assertEquals("disposal.not-your-step", codeOf(() -> f.as(f.finance, () -> approvals.approve(sent.id(), ""))));
        assertEquals(
                "disposal.own-proposal",
                codeOf(() -> f.as(f.equipment, () -> f.get(Sql.class)
                        .update(
                                "update disposal.approval set state = 'SIGNED', person_id = made_by, decided_at = now() where disposal_id = ?",
                                sent.id()))));
        assertEquals(DisposalState.APPROVED, f.approve(sent.id()).state());
    }

    @Test
    void aboveTheLineTheRegulatorWhoSetItSignsToo() {
        DisposalView disposal = f.valued(f.unit("MRI", serial()));
        f.lineAt("700000");
        DisposalView waiting = f.authorise(disposal);
        assertEquals(DisposalState.APPROVED, waiting.state());
        assertEquals(f.regulator, waiting.authorityId());
        assertNotNull(waiting.actId());
        assertEquals(
                "ledger.already-signed",
                codeOf(() -> f.as(f.equipment, () -> f.get(DisposalActs.class).sign(waiting.id()))));
        f.as(f.inspector, () -> f.get(DisposalActs.class).sign(waiting.id()));
        DisposalView signed = f.of(waiting.id());
        assertEquals(DisposalState.AUTHORISED, signed.state());
        assertNull(signed.actId());
    }

    @Test
    void belowTheLineTheOwnerSignsAlone() {
        assertEquals(
                DisposalState.AUTHORISED, f.authorised(f.unit("MRI", serial())).state());
    }

    @Test
    void anotherHospitalKnowsNothingOfIt() {
        DisposalView disposal = f.proposed(f.unit("MRI", serial()));
        YiqiPrincipal stranger = DisposalFixture.person(f.organisation("HOSPITAL"), Scope.MEMBER, Roles.EQUIPMENT);
        assertEquals(
                "disposal.not-found",
                codeOf(() -> f.as(stranger, () -> f.get(Disposals.class).get(disposal.id()))));
    }

    @Test
    void aSolidStateDiskIsNotWipedByOverwriting() {
        DisposalView disposal = f.authorised(f.unit("MRI", serial()));
        Sanitisation s = f.get(Sanitisation.class);
        DisposalView stated = f.as(
                f.equipment,
                () -> s.stateMedia(disposal.id(), List.of(new StatedMedium(MediumKind.SOLID_STATE, "console"))));
        UUID medium = stated.media().get(0).id();
        assertEquals(
                "disposal.wipe-method",
                codeOf(() -> f.as(f.equipment, () -> s.certify(disposal.id(), wipe(medium, WipeMethod.CLEAR)))));
        f.as(f.equipment, () -> s.certify(disposal.id(), wipe(medium, WipeMethod.PURGE)));
        assertEquals(
                "disposal.certified-before",
                codeOf(() -> f.as(f.equipment, () -> s.certify(disposal.id(), wipe(medium, WipeMethod.DESTROY)))));
    }

    @Test
    void nothingLeavesWithoutItsCertificates() {
        DisposalView awarded = awarded("MRI");
        BusinessException refused = assertThrows(
                BusinessException.class,
                () -> f.as(f.equipment, () -> f.get(DisposalHandovers.class).handOver(awarded.id())));
        assertEquals("disposal.not-sanitised", refused.code());
        assertEquals(
                List.of("STORAGE_NOT_STATED", "DECONTAMINATION"),
                refused.extensions().get("missing"));
    }

    @Test
    void aDeviceWithASourceNeedsItsRemovalCertified() {
        DisposalView awarded = awarded("RADIOTHERAPY");
        assertTrue(f.as(f.equipment, () -> f.get(Sanitisation.class).missing(awarded))
                .contains("SOURCE_REMOVAL"));
    }

    @Test
    void aDestroyedUnitHasNoCustodianAndNeverComesBack() {
        DisposalView done = ended(Outcome.DESTROYED);
        UUID unit = done.unitId();
        assertEquals(DisposalState.COMPLETED, done.state());
        UnitView gone = f.as(f.inspector, () -> f.get(Units.class).get(unit));
        assertEquals(UnitStatus.DISPOSED, gone.status());
        List<CustodyPeriod> custody =
                f.as(f.inspector, () -> f.get(Custody.class).of(unit));
        assertEquals(2, custody.size());
        assertNotNull(custody.get(0).to());
        assertEquals(
                "equipment.unit-disposed",
                codeOf(() -> f.as(f.inspector, () -> {
                    f.get(Custody.class)
                            .transfer(
                                    unit,
                                    f.hospital,
                                    Ids.next(),
                                    f.services.clock().instant());
                    return true;
                })));
        assertEquals("disposal.already-open", codeOf(() -> f.proposed(gone)));
        assertEquals(
                "equipment.unit-is-no-more",
                codeOf(() -> f.as(f.equipment, () -> f.get(Units.class)
                        .register(DisposalFixture.command(
                                gone.model().id(), gone.serial(), null, "1", DisposalFixture.TODAY.minusYears(1))))));
    }

    @Test
    void aUnitCertifiedForReuseIsRegisteredAgainWithItsHistory() {
        DisposalView done = ended(Outcome.REUSED);
        UnitView gone = f.as(f.inspector, () -> f.get(Units.class).get(done.unitId()));
        UUID owner = f.organisation("HOSPITAL");
        YiqiPrincipal next = DisposalFixture.person(owner, Scope.MEMBER, Roles.EQUIPMENT, Roles.SIGNATORY);
        UnitView again = f.as(next, () -> f.get(Units.class)
                .register(DisposalFixture.command(
                        gone.model().id(), gone.serial(), null, "1", DisposalFixture.TODAY.minusYears(1))));
        assertTrue(f.as(next, () -> f.get(Units.class).earlierLife(again.id())).stream()
                .anyMatch(h -> h.kind().equals("custody-closed")));
    }

    @Test
    void theMaterialsDoNotWeighMoreThanTheUnit() {
        DisposalView handed = handedOver();
        YiqiPrincipal recycler = recyclerOf(handed);
        assertEquals(
                "disposal.too-heavy",
                codeOf(() -> f.as(recycler, () -> f.get(DisposalHandovers.class)
                        .certify(
                                handed.id(),
                                new EndCertificate(
                                        Outcome.DESTROYED,
                                        "E-1",
                                        List.of(new Material(MaterialKind.STEEL, 9_900_001)))))));
    }

    @Test
    void aCertificateThatIsLateIsMarked() {
        DisposalView handed = handedOver();
        f.later(Duration.ofDays(30));
        assertTrue(
                f
                        .as(f.equipment, () -> f.get(Disposals.class)
                                .list(ListQuery.all().where("overdue", "true")))
                        .items()
                        .stream()
                        .anyMatch(d -> d.id().equals(handed.id())));
    }

    private DisposalView ended(Outcome outcome) {
        DisposalView handed = handedOver();
        f.services.clock().set(f.services.clock().instant().plusSeconds(3600));
        f.as(recyclerOf(handed), () -> f.get(DisposalHandovers.class)
                .certify(
                        handed.id(),
                        new EndCertificate(outcome, "E-1", List.of(new Material(MaterialKind.STEEL, 4_000_000)))));
        return f.as(f.equipment, () -> f.get(Disposals.class).get(handed.id()));
    }

    private DisposalView handedOver() {
        DisposalView awarded = awarded("MRI");
        Sanitisation s = f.get(Sanitisation.class);
        f.as(f.equipment, () -> s.stateMedia(awarded.id(), List.of()));
        f.as(
                f.equipment,
                () -> s.certify(
                        awarded.id(),
                        new NewCertificate(
                                CertificateKind.DECONTAMINATION, null, null, "CSSD", DisposalFixture.TODAY, null)));
        DisposalActs acts = f.get(DisposalActs.class);
        f.as(f.equipment, () -> f.get(DisposalHandovers.class).handOver(awarded.id()));
        f.as(recyclerOf(awarded), () -> acts.sign(awarded.id()));
        f.as(f.equipment, () -> acts.sign(awarded.id()));
        DisposalView now = f.as(f.equipment, () -> f.get(Disposals.class).get(awarded.id()));
        assertEquals(DisposalState.HANDED_OVER, now.state());
        return now;
    }

    private DisposalView awarded(String category) {
        AuctionView auction =
                f.listed(f.authorised(f.unit(category, serial())), AuctionKind.ENGLISH, "600000", "650000");
        f.later(Duration.ofDays(2));
        YiqiPrincipal recycler = f.joined(auction);
        f.bid(recycler, auction, "700000");
        f.later(Duration.ofDays(1));
        UUID id = auction.disposalId();
        f.as(f.equipment, () -> f.get(AuctionAwards.class).verify(id, true, ""));
        f.as(f.finance, () -> f.get(AuctionAwards.class).paid(id, "TT-2"));
        f.as(f.equipment, () -> f.get(DisposalHandovers.class).award(id));
        f.as(recycler, () -> f.get(DisposalActs.class).sign(id));
        DisposalView awarded = f.of(auction);
        assertEquals(DisposalState.AWARDED, awarded.state());
        return awarded;
    }

    private YiqiPrincipal recyclerOf(DisposalView disposal) {
        return DisposalFixture.person(disposal.recyclerId(), Scope.MEMBER, Roles.RECYCLER, Roles.SIGNATORY);
    }

    private static NewCertificate wipe(UUID medium, WipeMethod method) {
        return new NewCertificate(CertificateKind.WIPE, medium, method, "IT department", DisposalFixture.TODAY, null);
    }

    private UnitStatus status(UnitView unit) {
        return f.as(f.equipment, () -> f.get(Units.class).get(unit.id())).status();
    }

    private static String serial() {
        return "SN-" + Ids.next();
    }

    static String codeOf(Executable work) {
        Throwable thrown = assertThrows(RuntimeException.class, work);
        BusinessException refusal = DatabaseRefusals.in(thrown);
        return refusal == null
                ? Stream.iterate(thrown, t -> t != null, Throwable::getCause)
                        .toList()
                        .toString()
                : refusal.code();
    }
}
