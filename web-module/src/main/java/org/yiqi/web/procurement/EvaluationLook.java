package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.yiqi.procurement.ExpertState;

/** How states of experts and evaluations look. */
@Named
@RequestScoped
public class EvaluationLook {

    public String kind(ExpertState state) {
        return switch (state) {
            case APPLIED -> "info";
            case ADMITTED -> "ok";
            case SUSPENDED -> "bad";
            case LEFT -> "mute";
        };
    }
}
