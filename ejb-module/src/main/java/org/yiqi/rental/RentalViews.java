package org.yiqi.rental;

import org.yiqi.rental.domain.Contract;
import org.yiqi.rental.domain.Journey;
import org.yiqi.rental.domain.Rental;
import org.yiqi.rental.domain.Review;

/** Turns a rental into what callers get. */
final class RentalViews {

    private RentalViews() {}

    static RentalView of(Rental r) {
        Contract c = r.contract();
        return new RentalView(
                r.id(),
                r.version(),
                r.number(),
                r.state(),
                c.offerId(),
                c.tariffId(),
                c.unitId(),
                c.unitZh(),
                c.unitEn(),
                new RentalView.Parties(
                        c.ownerOrg(), c.ownerZh(), c.ownerEn(), c.lesseeOrg(), c.lesseeZh(), c.lesseeEn()),
                r.review().applicant(),
                c.period(),
                c.reserved(),
                c.place(),
                c.purpose(),
                c.plannedUses(),
                c.transportCost(),
                c.quoted(),
                review(r.review()),
                journey(r.journey()),
                r.custodian(),
                r.reason(),
                r.flagged(),
                r.handovers().stream()
                        .filter(h -> !h.isLapsed())
                        .map(h -> new RentalView.Signing(h.actId(), h.kind(), h.proposedAt(), h.isComplete()))
                        .toList(),
                r.openExtension()
                        .map(e -> new RentalView.Extension(e.id(), e.to(), e.proposedBy()))
                        .orElse(null),
                r.steps().stream()
                        .map(s -> new RentalView.History(
                                s.at(), s.orgId().orElse(null), s.verb(), s.fromState(), s.toState(), s.note()))
                        .toList(),
                r.createdAt(),
                r.holdUntil().orElse(null));
    }

    private static RentalView.Review review(Review review) {
        return new RentalView.Review(
                review.submittedAt().orElse(null),
                review.dueAt().orElse(null),
                review.slaBreached(),
                review.approvals().stream()
                        .map(a -> new RentalView.Approval(a.side(), a.orgId(), a.at()))
                        .toList());
    }

    private static RentalView.Journey journey(Journey j) {
        return new RentalView.Journey(
                j.carrier(),
                j.seal(),
                j.dispatchedAt().orElse(null),
                j.deliveredAt().orElse(null),
                j.returnedAt().orElse(null),
                j.uses(),
                j.damage());
    }
}
