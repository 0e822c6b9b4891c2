package org.yiqi.rental;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.yiqi.equipment.Units;
import org.yiqi.organisation.Competences;
import org.yiqi.rental.domain.Contract;
import org.yiqi.shared.problem.Conflict;
import org.yiqi.shared.tenancy.Secured;

/** No unit is handed to people of whom nobody has learnt to operate it. */
@Stateless
@Secured
public class Operators {

    /** Certificates are good for days in China. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @PersistenceContext(unitName = "yiqi")
    EntityManager em;

    @Inject
    Units units;

    @Inject
    Competences competences;

    @Inject
    Clock clock;

    /** What a handover today would find. */
    @RolesAllowed("**")
    public HandoverConditions conditions(UUID rentalId) {
        return of(Rentals.find(em, rentalId).contract());
    }

    /** @throws Conflict {@code rental.operator-missing}, with the category that somebody of the lessee must learn */
    @RolesAllowed("**")
    public void require(UUID rentalId) {
        HandoverConditions found = conditions(rentalId);
        if (!found.operatorCertified()) {
            throw new Conflict(
                            "rental.operator-missing",
                            "Nobody of the lessee is certified to operate " + found.category())
                    .with("category", found.category());
        }
    }

    private HandoverConditions of(Contract contract) {
        String category = units.categoryOf(contract.unitId());
        LocalDate today = LocalDate.now(clock.withZone(ZONE));
        return new HandoverConditions(category, today, competences.isCovered(contract.lesseeOrg(), category, today));
    }
}
