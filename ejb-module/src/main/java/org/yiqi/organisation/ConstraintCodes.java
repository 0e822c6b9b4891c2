package org.yiqi.organisation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import org.yiqi.shared.problem.DatabaseRefusals;

/** What it means when the database refuses a row of this area. */
@Singleton
@Startup
public class ConstraintCodes {

    @PostConstruct
    void register() {
        DatabaseRefusals.register("organisation_credit_code", "organisation.already-registered");
        DatabaseRefusals.register("person_username", "organisation.username-taken");
        DatabaseRefusals.register("review_open", "organisation.review-open");
        DatabaseRefusals.register("credential_once", "organisation.credential-exists");
        DatabaseRefusals.register("competence_once", "organisation.competence-exists");
    }
}
