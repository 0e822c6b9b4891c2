package org.yiqi.web.organisation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The colour and icon of a status of this area, beside its text. */
@Named("organisationStatuses")
@ApplicationScoped
public class Statuses {

    public String kind(String status) {
        return switch (status) {
            case "APPROVED", "OPEN" -> "ok";
            case "SUBMITTED", "REVIEWING" -> "info";
            case "CORRECTION", "EXPIRED" -> "warn";
            case "REJECTED", "SUSPENDED", "REVOKED" -> "bad";
            default -> "mute";
        };
    }
}
