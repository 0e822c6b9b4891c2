package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.procurement.ExpertState;
import org.yiqi.procurement.SeatView;

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

    public String seatKind(SeatView.State state) {
        return switch (state) {
            case INVITED -> "info";
            case ACCEPTED -> "ok";
            case DECLINED, RECUSED, EXPIRED -> "mute";
        };
    }

    public String fateKind(LotResult.Fate fate) {
        return fate == LotResult.Fate.VALID ? "ok" : "bad";
    }
}
