package org.yiqi.web.rules.bad.web;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.yiqi.web.rules.bad.lending.Loans;
import org.yiqi.web.rules.bad.pricing.Pricing;

/** Six services in one backing bean. */
@Named
public class LoansPage {
    @Inject
    Loans one;

    @Inject
    Loans two;

    @Inject
    Loans three;

    @Inject
    Pricing four;

    @Inject
    Pricing five;

    @Inject
    Pricing six;
}
