package org.yiqi.web.rules.bad.web;

import jakarta.inject.Inject;

/** A resource that goes through a page. */
public class LoansResource {
    @Inject
    LoansPage page;
}
