package org.yiqi.rental;

import org.yiqi.organisation.OrganisationView;
import org.yiqi.shared.problem.Conflict;

/** Only an approved organisation begins something new; what already runs does not ask. */
final class Qualified {

    private Qualified() {}

    static void require(OrganisationView organisation) {
        if (!organisation.status().equals("APPROVED")) {
            throw new Conflict("organisation.not-qualified", "The organisation is not qualified for new business");
        }
    }
}
