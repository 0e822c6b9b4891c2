package org.yiqi.rental;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.yiqi.rental.domain.Actor;
import org.yiqi.rental.domain.Contract;
import org.yiqi.rental.domain.Contract.Lessee;
import org.yiqi.rental.domain.Contract.Use;
import org.yiqi.rental.domain.Offer;
import org.yiqi.rental.domain.OfferedUnit;
import org.yiqi.rental.domain.OfferedUnit.Owner;
import org.yiqi.rental.domain.Rental;
import org.yiqi.shared.Ids;
import org.yiqi.shared.Money;
import org.yiqi.shared.Period;

/** Two hospitals, a platform, and a scanner on offer. */
final class RentalExamples {

    static final Instant NOW = Instant.parse("2027-03-01T02:00:00Z");
    static final Period WEEK = new Period(NOW.plus(Duration.ofDays(7)), NOW.plus(Duration.ofDays(14)));

    final UUID ownerOrg;
    final UUID lesseeOrg;
    final UUID platformOrg = Ids.next();
    private final Actor owner;
    private final Actor lessee;
    private final Actor applicant;
    private final Actor platform = new Actor(Ids.next(), platformOrg);
    private final Actor stranger = new Actor(Ids.next(), Ids.next());

    RentalExamples() {
        this(Ids.next(), Ids.next());
    }

    RentalExamples(UUID ownerOrg, UUID lesseeOrg) {
        this.ownerOrg = ownerOrg;
        this.lesseeOrg = lesseeOrg;
        owner = new Actor(Ids.next(), ownerOrg);
        lessee = new Actor(Ids.next(), lesseeOrg);
        applicant = new Actor(Ids.next(), lesseeOrg);
    }

    Actor applicant() {
        return applicant;
    }

    Actor owner() {
        return owner;
    }

    Actor lessee() {
        return lessee;
    }

    Actor platform() {
        return platform;
    }

    Actor actor(RentalPropertyTest.Who who) {
        return switch (who) {
            case OWNER -> owner;
            case LESSEE -> lessee;
            case PLATFORM -> platform;
            case STRANGER -> stranger;
            case APPLICANT -> applicant;
        };
    }

    /** The service lets only the platform's people decide for its side. */
    Actor platformOr(Actor actor) {
        return actor.orgId().equals(ownerOrg) ? actor : platform;
    }

    Offer offer(UUID tariffId) {
        Owner lender = new Owner(ownerOrg, "云栖市第一人民医院", "Yunqi First Hospital", "330106", 30.25, 120.16);
        OfferedUnit unit = new OfferedUnit(Ids.next(), "磁共振 750", "MR 750", "MRI", "3.0 T", lender);
        OfferTerms terms = new OfferTerms(
                List.of(new Period(NOW, NOW.plus(Duration.ofDays(90)))),
                0,
                1440,
                4,
                2,
                24,
                List.of("33"),
                Transport.OWNER,
                Money.cny("800"),
                Money.cny("6"),
                "");
        Offer offer = new Offer(Ids.next(), unit, tariffId, terms, NOW);
        offer.publish(NOW);
        return offer;
    }

    Rental draft() {
        return draft(offer(Ids.next()));
    }

    Rental draft(Offer offer) {
        Contract contract = new Contract(
                offer,
                new Lessee(lesseeOrg, "青河县人民医院", "Qinghe County Hospital"),
                WEEK,
                new Use("Building 3, room 201", "Screening campaign", 200),
                Money.cny("800"),
                Money.cny("68160"));
        UUID id = Ids.next();
        return new Rental(id, "R-" + id, contract, applicant, NOW);
    }

    /** A rental that the lessee holds. */
    Rental active() {
        Rental rental = draft();
        rental.submit(applicant, NOW);
        rental.approve(Side.PLATFORM, platform, NOW);
        rental.approve(Side.OWNER, owner, NOW);
        rental.dispatch(owner, "Anjie", "S-1", Ids.next(), NOW);
        UUID act = Ids.next();
        rental.deliver(owner, act, NOW);
        rental.confirmDelivery(lessee);
        rental.signed(act, NOW);
        return rental;
    }
}
