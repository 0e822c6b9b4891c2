package org.yiqi.web.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The colour and icon of an act's state. */
@Named
@ApplicationScoped
public class ActStates {

    public String kind(String state) {
        return switch (state) {
            case "RECORDED" -> "ok";
            case "PENDING" -> "info";
            case "WAITING_SIGNATURE" -> "warn";
            case "REJECTED" -> "bad";
            default -> "mute";
        };
    }
}
