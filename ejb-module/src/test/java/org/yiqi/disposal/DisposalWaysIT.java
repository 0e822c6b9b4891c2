package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.yiqi.disposal.DisposalsIT.codeOf;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.yiqi.disposal.Dismantlings.Dismantling;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.disposal.DisposalView.RecoveredPart;
import org.yiqi.disposal.Sanitisation.NewCertificate;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.maintenance.PartView;
import org.yiqi.maintenance.Parts;
import org.yiqi.maintenance.UnitReleased;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/** The ways out that are no sale: to another hospital, to another department, made good again, and for parts. */
class DisposalWaysIT {

    private final DisposalFixture f = new DisposalFixture(true);
    private final Redeployments redeployments = f.get(Redeployments.class);
    private final DisposalActs acts = f.get(DisposalActs.class);
    private final YiqiPrincipal receiver =
            DisposalFixture.person(f.organisation("HOSPITAL"), Scope.MEMBER, Roles.EQUIPMENT, Roles.SIGNATORY);

    @Test
    void aWayThatTheRulesCloseIsNotSentUpTheLadder() {
        UnitView old = f.unit(
                "MRI", serial(), DisposalFixture.TODAY.minusDays(1), "5000000", DisposalFixture.TODAY.minusYears(9));
        DisposalView valued = f.valued(old);
        assertEquals(
                "disposal.way-closed",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(DisposalApprovals.class).submit(valued.id(), Way.DONATE))));
        assertEquals(
                "disposal.way-closed",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(DisposalApprovals.class).submit(valued.id(), Way.PARTS))));
    }

    @Test
    void aDonatedUnitIsTheReceiversWithItsHistoryOnceBothHaveSigned() {
        DisposalView disposal = letGo(Way.DONATE);
        UUID id = disposal.id();
        assertEquals("disposal.other-way", codeOf(() -> f.listed(disposal, AuctionKind.ENGLISH, "600000", "650000")));
        assertEquals(
                "disposal.not-found",
                codeOf(() -> f.as(receiver, () -> f.get(Disposals.class).get(id))));
        offer(id);
        f.as(receiver, () -> redeployments.accept(id, "NEW-" + id));
        assertEquals(DisposalState.AUTHORISED, f.of(id).state());
        f.as(f.equipment, () -> acts.sign(id));
        assertEquals(DisposalState.AWARDED, f.of(id).state());
        assertEquals(
                "disposal.not-sanitised",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(DisposalHandovers.class).handOver(id))));
        sanitise(id);
        f.as(f.equipment, () -> f.get(DisposalHandovers.class).handOver(id));
        assertEquals(f.hospital, unit(f.equipment, disposal).ownerId(), "nothing passes by one signature");
        later();
        f.as(receiver, () -> acts.sign(id));
        UnitView given = unit(receiver, disposal);
        assertEquals(receiver.orgId(), given.ownerId());
        assertEquals(receiver.orgId(), given.custodianId());
        assertEquals("NEW-" + id, given.assetTag());
        assertEquals(disposal.serial(), given.serial());
        assertEquals(UnitStatus.REGISTERED, given.status(), "its new owner commissions it");
        assertNull(given.acquisitionCost());
        assertEquals(
                2,
                f.as(receiver, () -> f.get(Custody.class).of(disposal.unitId())).size());
        assertFalse(f.as(receiver, () -> f.get(Units.class).history(disposal.unitId()))
                .isEmpty());
        f.as(f.equipment, () -> acts.sign(id));
        DisposalView done = f.of(id);
        assertEquals(DisposalState.COMPLETED, done.state());
        assertEquals(Outcome.DONATED, done.outcome());
        assertNull(f.as(receiver, () -> f.get(Disposals.class).openOf(disposal.unitId())));
    }

    @Test
    void onlyAnotherApprovedHospitalIsOfferedAUnitAndItMayDecline() {
        DisposalView disposal = letGo(Way.REDEPLOY);
        UUID id = disposal.id();
        for (UUID unfit : List.of(f.hospital, f.organisation("SUPPLIER"))) {
            assertEquals(
                    "disposal.receiver-unfit", codeOf(() -> f.as(f.equipment, () -> redeployments.offer(id, unfit))));
        }
        offer(id);
        YiqiPrincipal stranger =
                DisposalFixture.person(f.organisation("HOSPITAL"), Scope.MEMBER, Roles.EQUIPMENT, Roles.SIGNATORY);
        assertEquals("disposal.not-found", codeOf(() -> f.as(stranger, () -> redeployments.accept(id, ""))));
        assertEquals("disposal.receiver-only", codeOf(() -> f.as(f.equipment, () -> redeployments.accept(id, ""))));
        f.as(receiver, () -> {
            redeployments.decline(id, "no room");
            return true;
        });
        assertNull(f.of(id).takerId());
        assertEquals(
                "disposal.not-found",
                codeOf(() -> f.as(receiver, () -> f.get(Disposals.class).get(id))));
        assertEquals(
                "disposal.wrong-state",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(DisposalHandovers.class).handOver(id))));
    }

    @Test
    void aReceiverOfASaleIsRefusedByTheDatabaseWhateverTheCodeThinks() {
        DisposalView disposal = letGo(Way.AUCTION);
        String refused = codeOf(() -> f.as(f.equipment, () -> f.get(Sql.class)
                .update("update disposal.disposal set receiver_id = ? where id = ?", receiver.orgId(), disposal.id())));
        assertEquals("disposal.receiver-unfit", refused);
    }

    @Test
    void aUnitMovesToAnotherDepartmentByTwoPeopleAndCanBeProposedAgain() {
        DisposalView disposal = approved(Way.REDEPLOY);
        UUID id = disposal.id();
        f.as(f.equipment, () -> redeployments.move(id, "急诊科", "1号楼"));
        assertEquals("disposal.own-move", codeOf(() -> f.as(f.equipment, () -> redeployments.receive(id))));
        String refused = codeOf(() -> f.as(f.equipment, () -> f.get(Sql.class)
                .update("update disposal.disposal set received_by = moved_by where id = ?", id)));
        assertEquals("disposal.own-move", refused);
        YiqiPrincipal ward = DisposalFixture.person(f.hospital, Scope.MEMBER, Roles.CLINICAL);
        DisposalView done = f.as(ward, () -> redeployments.receive(id));
        assertEquals(Outcome.REDEPLOYED, done.outcome());
        UnitView moved = unit(f.equipment, disposal);
        assertEquals("急诊科", moved.department());
        assertEquals(UnitStatus.AVAILABLE, moved.status());
        assertEquals(f.hospital, moved.ownerId());
        assertEquals(DisposalState.PROPOSED, f.proposed(moved).state());
    }

    @Test
    void aUnitIsRefurbishedByAWorkOrderAndBackInServiceWithItsRelease() {
        DisposalView disposal = approved(Way.REFURBISH);
        UUID id = disposal.id();
        assertEquals(
                "disposal.other-way",
                codeOf(() ->
                        f.as(f.equipment, () -> f.get(DisposalApprovals.class).authorise(id))));
        DisposalView now = f.as(f.equipment, () -> redeployments.refurbish(id, "new coil, new covers"));
        UUID order = now.route().refurbishOrderId();
        assertNotNull(order);
        assertEquals(UnitStatus.MAINTENANCE, unit(f.equipment, disposal).status());
        YiqiPrincipal service = DisposalFixture.person(f.organisation("SERVICE"), Scope.MEMBER, Roles.TECHNICIAN);
        f.as(service, () -> {
            redeployments.on(new UnitReleased(
                    disposal.unitId(), Ids.next(), f.services.clock().instant(), null));
            return true;
        });
        assertEquals(DisposalState.REFURBISHING, f.of(id).state());
        f.as(service, () -> {
            redeployments.on(new UnitReleased(
                    disposal.unitId(), order, f.services.clock().instant(), null));
            return true;
        });
        assertEquals(Outcome.REFURBISHED, f.of(id).outcome());
    }

    @Test
    void aUnitTakenApartLeavesPartsInStockWithTheirOriginAndIsClosedForEver() {
        UUID station = station();
        DisposalView disposal = letGo(Way.PARTS);
        UUID id = disposal.id();
        YiqiPrincipal recycler = f.recycler();
        assertEquals("disposal.not-sanitised", codeOf(() -> dismantle(id, recycler, station, 3_000_000)));
        sanitise(id);
        assertEquals("disposal.not-qualified", codeOf(() -> dismantle(id, receiver, station, 3_000_000)));
        assertEquals("disposal.too-heavy", codeOf(() -> dismantle(id, recycler, station, 99_000_000)));
        assertEquals("maintenance.station-not-found", codeOf(() -> dismantle(id, recycler, Ids.next(), 3_000_000)));
        dismantle(id, recycler, station, 3_000_000);
        assertEquals(0, stock().size(), "nothing is in stock before it is signed");
        assertEquals(
                "disposal.recycler-only",
                codeOf(() -> f.as(f.equipment, () -> f.get(Dismantlings.class).takeRest(id))));
        f.as(recycler, () -> f.get(Dismantlings.class).takeRest(id));
        assertEquals("disposal.act-waiting", codeOf(() -> dismantle(id, recycler, station, 1_000_000)));
        later();
        f.as(f.equipment, () -> acts.sign(id));
        DisposalView done = f.of(id);
        assertEquals(DisposalState.COMPLETED, done.state());
        assertEquals(Outcome.DISMANTLED, done.outcome());
        List<PartView> stock = stock();
        assertEquals(2, stock.size());
        PartView tube = stock.stream()
                .filter(p -> p.number().equals("TUBE-1"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, tube.onHand());
        assertTrue(tube.serialised());
        assertEquals(disposal.unitId(), tube.origins().get(0).unitId());
        assertEquals("X-77", tube.origins().get(0).serial());
        UnitView gone = f.as(f.inspector, () -> f.get(Units.class).get(disposal.unitId()));
        assertEquals(UnitStatus.DISPOSED, gone.status());
        assertNotNull(f.as(f.inspector, () -> f.get(Custody.class).of(disposal.unitId()))
                .get(0)
                .to());
        assertEquals(
                "equipment.unit-is-no-more",
                codeOf(() -> f.as(f.equipment, () -> f.get(Units.class)
                        .register(DisposalFixture.command(
                                gone.model().id(), gone.serial(), null, "1", DisposalFixture.TODAY.minusYears(1))))));
    }

    private DisposalView dismantle(UUID id, YiqiPrincipal recycler, UUID station, long grams) {
        return f.as(f.equipment, () -> f.get(Dismantlings.class)
                .dismantle(
                        id,
                        new Dismantling(
                                recycler.orgId(),
                                "P-1",
                                List.of(
                                        new RecoveredPart(
                                                "TUBE-1", "X-ray tube", 1, "X-77", Money.cny("50000"), station),
                                        new RecoveredPart("FAN-1", "Fan", 4, "", Money.cny("200"), station)),
                                List.of(new Material(MaterialKind.STEEL, grams)))));
    }

    private UUID station() {
        YiqiPrincipal technician = DisposalFixture.person(f.hospital, Scope.MEMBER, Roles.TECHNICIAN);
        return f.as(technician, () -> f.get(Parts.class)
                        .open(new Parts.OpenStation("医院库房", "Hospital store", "330102", "", false)))
                .id();
    }

    private List<PartView> stock() {
        return f.as(f.equipment, () -> f.get(Parts.class).list(ListQuery.all())).items();
    }

    private DisposalView valued() {
        DisposalView proposed = f.proposed(f.unit("MRI", serial()));
        return f.as(f.equipment, () -> f.get(Valuations.class)
                .value(
                        proposed.id(),
                        new Value(
                                null,
                                null,
                                null,
                                Money.cny("5200000"),
                                Money.cny("1600000"),
                                null,
                                null,
                                null,
                                List.of(new Value.Part("tube", 1, Money.cny("50000"))),
                                null)));
    }

    private DisposalView approved(Way way) {
        DisposalView valued = valued();
        f.as(f.equipment, () -> f.get(DisposalApprovals.class).submit(valued.id(), way));
        return f.approve(valued.id());
    }

    private DisposalView letGo(Way way) {
        f.lineAt("15000000");
        return f.authorise(valued(), way);
    }

    private void offer(UUID id) {
        f.as(f.equipment, () -> redeployments.offer(id, receiver.orgId()));
    }

    private void sanitise(UUID id) {
        Sanitisation s = f.get(Sanitisation.class);
        f.as(f.equipment, () -> s.stateMedia(id, List.of()));
        f.as(
                f.equipment,
                () -> s.certify(
                        id,
                        new NewCertificate(
                                CertificateKind.DECONTAMINATION, null, null, "CSSD", DisposalFixture.TODAY, null)));
    }

    private void later() {
        f.services.clock().set(f.services.clock().instant().plusSeconds(3600));
    }

    private UnitView unit(YiqiPrincipal who, DisposalView disposal) {
        return f.as(who, () -> f.get(Units.class).get(disposal.unitId()));
    }

    private static String serial() {
        return "SN-" + Ids.next();
    }
}
