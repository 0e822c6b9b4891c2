package org.yiqi.web.rules.bad.pricing;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import org.yiqi.web.rules.bad.lending.domain.Loan;

/** Reaches past the root package of another area. */
@Stateless
@PermitAll
public class Pricing {

    public long price() {
        return new Loan().hashCode();
    }
}
