package org.yiqi.web.rules.bad.web;

import java.time.Instant;

/** A name that says nothing, a print, and a clock of its own. */
public class LoanManager {

    public void act() {
        System.out.println(Instant.now());
    }
}
