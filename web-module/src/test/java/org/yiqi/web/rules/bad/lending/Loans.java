package org.yiqi.web.rules.bad.lending;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.yiqi.web.rules.bad.lending.domain.Loan;
import org.yiqi.web.rules.bad.pricing.Pricing;

/** Open by omission, shows its entity, has a method that its proxy does not pass on, and makes a cycle with pricing. */
@Stateless
public class Loans {

    @Inject
    Pricing pricing;

    public Loan open() {
        return new Loan();
    }

    int quick() {
        return 1;
    }
}
