package org.yiqi.disposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.yiqi.contract.Subject;
import org.yiqi.disposal.DisposalView.Material;
import org.yiqi.disposal.Sanitisation.NewCertificate;
import org.yiqi.disposal.Sanitisation.StatedMedium;
import org.yiqi.equipment.Custody;
import org.yiqi.equipment.UnitStatus;
import org.yiqi.equipment.UnitView;
import org.yiqi.equipment.Units;
import org.yiqi.ledger.Acts;
import org.yiqi.ledger.NewAct;
import org.yiqi.maintenance.Dispatching;
import org.yiqi.maintenance.Repairs;
import org.yiqi.maintenance.RequestRepair;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.WorkOrders;
import org.yiqi.rental.LiabilityCharges;
import org.yiqi.rental.LiabilityFixed;
import org.yiqi.rental.LiabilityFixture;
import org.yiqi.rental.LiabilityState;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Roles;
import org.yiqi.shared.db.Sql;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Scope;
import org.yiqi.shared.tenancy.YiqiPrincipal;

/**
 * One device to its end: damaged in a rental, the damage split seventy to thirty, a repair that turns out not to be worth it, wiped,
 * auctioned to a recycler after a runner-up had to step in, destroyed. The same on either kind of ledger.
 */
public final class EndStory {

    private final LiabilityFixture f;
    private final YiqiPrincipal equipment;
    private final YiqiPrincipal lessee;

    public EndStory(LiabilityFixture f) {
        this.f = f;
        equipment = member(Roles.EQUIPMENT, Roles.SIGNATORY);
        lessee = f.stranger;
        f.listen(completed -> f.services.get(DisposalActs.class).on(completed));
        f.services.get(DisposalClock.class).nameConstraints();
        DatabaseRefusals.register("unit_tombstone", "equipment.unit-is-no-more");
    }

    /** What a regulator asks proofs of when it is over. */
    public record Told(UUID unit, UUID liability, UUID disposal) {

        public List<Subject> subjects() {
            return List.of(Subject.custody(unit), Subject.liability(liability), Subject.disposal(disposal));
        }
    }

    private YiqiPrincipal member(String... roles) {
        return new YiqiPrincipal("tester", Ids.next(), f.owner.orgId(), Scope.MEMBER, Set.of(roles));
    }

    private <T> T get(Class<T> type) {
        return f.services.get(type);
    }

    public Told tell() {
        UUID liability = damagedInARental();
        UUID order = repairThatIsNotWorthIt();
        UUID disposal = authorised(order);
        YiqiPrincipal recycler = auctioned(disposal);
        destroyed(disposal, recycler);
        f.relay();
        return new Told(f.unit, liability, disposal);
    }

    private UUID damagedInARental() {
        handOver(NewAct.accepted(f.unit, f.owner.orgId(), lessee.orgId(), f.now(), Ids.next()), f.owner, lessee);
        UUID rental = f.rentedBy(lessee);
        UUID id = f.assessedIn(rental, lessee);
        f.as(f.owner, () -> f.splits().propose(id, LiabilityFixture.seventyThirty()));
        f.as(lessee, () -> f.splits().agree(id));
        f.as(f.maintainer, () -> f.splits().agree(id));
        assertEquals(LiabilityState.AGREED, f.get(id).state());
        LiabilityFixed fixed = f.events(LiabilityFixed.class).get(0);
        assertEquals(
                Set.of(
                        new LiabilityFixed.Claim(lessee.orgId(), Money.cny("84000")),
                        new LiabilityFixed.Claim(f.maintainer.orgId(), Money.cny("36000"))),
                Set.copyOf(fixed.claims()));
        for (LiabilityFixed.Claim claim : fixed.claims()) {
            f.asClock(() -> get(LiabilityCharges.class)
                    .charged(id, fixed.proposalId(), claim.debtorOrg(), claim.amount(), null));
        }
        f.as(f.owner, () -> f.splits().settle(id));
        assertEquals(LiabilityState.SETTLED, f.get(id).state());
        handOver(NewAct.returned(f.unit, lessee.orgId(), f.owner.orgId(), f.now(), rental), lessee, f.owner);
        f.as(f.owner, () -> {
            get(Custody.class).transfer(f.unit, f.owner.orgId(), Ids.next(), f.now());
            return get(Sql.class).update("update rental.rental set state = 'CLOSED' where id = ?", rental);
        });
        return id;
    }

    private void handOver(NewAct act, YiqiPrincipal giver, YiqiPrincipal taker) {
        UUID proposed = f.as(giver, () -> get(Acts.class).propose(act));
        f.as(taker, () -> get(Acts.class).signIfManaged(proposed));
        f.relay();
    }

    private UUID repairThatIsNotWorthIt() {
        f.later(Duration.ofDays(60));
        UUID order = f.as(f.owner, () -> get(WorkOrders.class)
                        .request(new RequestRepair(f.unit, Symptom.LEAK, "helium leaks", true, List.of())))
                .id();
        f.as(f.owner, () -> get(Dispatching.class).triage(order, null, null, null, "as suggested"));
        f.as(f.owner, () -> get(Dispatching.class).dispatch(order, null, f.maintainer.orgId()));
        f.as(f.maintainer, () -> get(Repairs.class).accept(order, null));
        f.as(f.maintainer, () -> get(Repairs.class).start(order, null));
        return order;
    }

    private UUID authorised(UUID order) {
        f.as(f.regulator, () -> get(DisposalApprovals.class).setLine(Money.cny("15000000")));
        f.relay();
        UUID id = f.as(equipment, () -> get(Disposals.class)
                        .propose(new Propose(
                                f.unit, Cause.BEYOND_REPAIR, "The coil costs more than it is worth", order, true)))
                .id();
        f.as(equipment, () -> get(Valuations.class).value(id, DisposalFixture.facts("5200000", "1600000")));
        f.as(equipment, () -> get(DisposalApprovals.class).submit(id, null));
        while (seen(id).state() == DisposalState.APPROVING) {
            YiqiPrincipal next =
                    switch (seen(id).next().step()) {
                        case COMMITTEE -> member(Roles.COMMITTEE);
                        case FINANCE -> member(Roles.FINANCE);
                        case PARTY_COMMITTEE -> member(Roles.PARTY_COMMITTEE);
                    };
            f.as(next, () -> get(DisposalApprovals.class).approve(id, ""));
        }
        f.as(equipment, () -> get(DisposalApprovals.class).authorise(id));
        f.relay();
        Sanitisation sanitisation = get(Sanitisation.class);
        UUID medium = f.as(
                        equipment,
                        () -> sanitisation.stateMedia(id, List.of(new StatedMedium(MediumKind.SOLID_STATE, "console"))))
                .media()
                .get(0)
                .id();
        certify(id, new NewCertificate(CertificateKind.WIPE, medium, WipeMethod.PURGE, "IT department", today(), null));
        certify(id, new NewCertificate(CertificateKind.DECONTAMINATION, null, null, "CSSD", today(), null));
        return id;
    }

    private void certify(UUID id, NewCertificate certificate) {
        f.as(equipment, () -> get(Sanitisation.class).certify(id, certificate));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(f.now(), ZoneId.of("Asia/Shanghai"));
    }

    private YiqiPrincipal auctioned(UUID disposal) {
        UUID auction = f.as(equipment, () -> get(Auctions.class)
                        .open(
                                disposal,
                                new ListUnit(
                                        AuctionKind.ENGLISH,
                                        "works, without coil",
                                        Money.cny("600000"),
                                        Money.cny("1000"),
                                        60,
                                        Money.cny("650000"),
                                        null,
                                        f.now().plus(Duration.ofDays(3)))))
                .id();
        passes(Duration.ofDays(2));
        YiqiPrincipal runnerUp = recycler();
        YiqiPrincipal winner = recycler();
        for (YiqiPrincipal each : List.of(runnerUp, winner)) {
            f.as(each, () -> get(Auctions.class).join(auction, "TT-1"));
        }
        f.as(runnerUp, () -> get(Auctions.class).bid(auction, Money.cny("700000")));
        f.as(winner, () -> get(Auctions.class).bid(auction, Money.cny("710000")));
        passes(Duration.ofDays(1));
        verified(disposal);
        passes(Duration.ofDays(6));
        verified(disposal);
        DisposalView paid =
                f.as(member(Roles.FINANCE), () -> get(AuctionAwards.class).paid(disposal, "TT-10"));
        assertEquals(runnerUp.orgId(), paid.recyclerId());
        assertEquals(Money.cny("700000"), paid.price());
        f.as(equipment, () -> get(DisposalHandovers.class).award(disposal));
        f.as(runnerUp, () -> get(DisposalActs.class).sign(disposal));
        f.relay();
        return runnerUp;
    }

    private void verified(UUID disposal) {
        f.as(equipment, () -> get(AuctionAwards.class).verify(disposal, true, ""));
    }

    /** Time passes, and the clock looks. */
    private void passes(Duration time) {
        f.later(time);
        AuctionClosing closing = get(AuctionClosing.class);
        f.asClock(() -> closing.ended().forEach(closing::end));
        f.asClock(() -> closing.unpaid().forEach(closing::passOver));
    }

    /** An organisation that may treat waste. */
    private YiqiPrincipal recycler() {
        try (Connection c = f.db.administrator();
                PreparedStatement s = c.prepareStatement("""
                        insert into organisation.credential(id, org_id, credential_type, number, issuer, scope, valid_from, valid_to, added_at,
                          verified_at)
                        values (?, ?, 'WASTE_TREATMENT_LICENCE', 'W-1', 'EPB', '', date '2020-01-01', date '2099-01-01', now(), now())""")) {
            UUID org = f.db.organisation("RECYCLER");
            s.setObject(1, Ids.next());
            s.setObject(2, org);
            s.executeUpdate();
            return new YiqiPrincipal(
                    "recycler", Ids.next(), org, Scope.MEMBER, Set.of(Roles.RECYCLER, Roles.SIGNATORY));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void destroyed(UUID disposal, YiqiPrincipal recycler) {
        f.as(equipment, () -> get(DisposalHandovers.class).handOver(disposal));
        f.as(recycler, () -> get(DisposalActs.class).sign(disposal));
        f.as(equipment, () -> get(DisposalActs.class).sign(disposal));
        assertEquals(DisposalState.HANDED_OVER, seen(disposal).state());
        f.relay();
        f.later(Duration.ofDays(10));
        f.as(recycler, () -> get(DisposalHandovers.class)
                .certify(
                        disposal,
                        new DisposalHandovers.EndCertificate(
                                Outcome.DESTROYED, "E-1", List.of(new Material(MaterialKind.STEEL, 4_000_000)))));
        assertEquals(DisposalState.COMPLETED, seen(disposal).state());
        UnitView gone = f.as(f.owner, () -> get(Units.class).get(f.unit));
        assertEquals(UnitStatus.DISPOSED, gone.status());
        String refused = DisposalsIT.codeOf(() -> f.as(f.owner, () -> get(Units.class)
                .register(DisposalFixture.command(
                        gone.model().id(), gone.serial(), null, "1", LocalDate.parse("2020-01-01")))));
        assertEquals("equipment.unit-is-no-more", refused);
    }

    private DisposalView seen(UUID id) {
        return f.as(equipment, () -> get(Disposals.class).get(id));
    }
}
