package org.yiqi.web.rules.bad.lending;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Named as another service, and calls one past its proxy. */
@Stateless
@PermitAll
public class Pricing {

    @Inject
    Loans loans;

    public int quick() {
        return loans.quick();
    }
}
