package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import org.yiqi.contract.evaluation.LotResult;
import org.yiqi.procurement.ComplaintState;
import org.yiqi.procurement.ExpertState;
import org.yiqi.procurement.NoticeState;
import org.yiqi.procurement.SeatView;

/** How states of experts, evaluations, award notices and complaints look. */
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

    public String kind(NoticeState state) {
        return switch (state) {
            case STANDSTILL -> "info";
            case SUSPENDED -> "warn";
            case WITHDRAWN -> "bad";
            case AWARDED -> "ok";
        };
    }

    public String kind(ComplaintState state) {
        return switch (state) {
            case OPEN -> "warn";
            case UPHELD -> "ok";
            case DISMISSED -> "bad";
            case WITHDRAWN, MOOT -> "mute";
        };
    }
}
