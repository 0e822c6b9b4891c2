package org.yiqi.maintenance.domain;

import java.util.EnumSet;
import java.util.Set;
import org.yiqi.maintenance.PriorityLevel;
import org.yiqi.maintenance.PriorityReason;
import org.yiqi.shared.problem.RuleViolation;

/**
 * Risk (1 to 5: what can happen to a patient) times downtime (1 to 5: what the absence of the unit costs), with the facts
 * behind both numbers.
 */
public record Priority(int risk, int downtime, Set<PriorityReason> reasons) {

    public Priority {
        if (risk < 1 || risk > 5) {
            throw new RuleViolation("maintenance.bad-priority", "Risk is 1 to 5").at("/risk", "1 to 5");
        }
        if (downtime < 1 || downtime > 5) {
            throw new RuleViolation("maintenance.bad-priority", "Downtime is 1 to 5").at("/downtime", "1 to 5");
        }
        reasons = Set.copyOf(reasons);
    }

    public int score() {
        return risk * downtime;
    }

    public PriorityLevel level() {
        return PriorityLevel.of(score());
    }

    /** What the platform proposes; the person who triages may say otherwise and gives a reason. */
    public static Priority suggest(Facts facts) {
        Set<PriorityReason> reasons = EnumSet.noneOf(PriorityReason.class);
        int risk = 2;
        if (facts.riskClass == 3) {
            risk = 3;
            reasons.add(PriorityReason.HIGH_RISK_CLASS);
        } else if (facts.riskClass == 1) {
            risk = 1;
            reasons.add(PriorityReason.LOW_RISK_CLASS);
        }
        if (facts.lifeSupport) {
            risk = Math.max(risk, 4);
            reasons.add(PriorityReason.LIFE_SUPPORT);
        }
        if (facts.criticalAlert) {
            risk = Math.max(risk, 4);
            reasons.add(PriorityReason.CRITICAL_ALERT);
        }
        if (facts.danger) {
            risk = 5;
            reasons.add(PriorityReason.DANGER_REPORTED);
        }
        int downtime =
                switch (facts.nextUse) {
                    case NOW -> 5;
                    case WITHIN_A_DAY -> 4;
                    case WITHIN_A_WEEK -> 3;
                    case LATER -> 2;
                };
        switch (facts.nextUse) {
            case NOW -> reasons.add(PriorityReason.IN_USE_NOW);
            case WITHIN_A_DAY -> reasons.add(PriorityReason.BOOKED_WITHIN_A_DAY);
            case WITHIN_A_WEEK -> reasons.add(PriorityReason.BOOKED_WITHIN_A_WEEK);
            case LATER -> reasons.add(PriorityReason.NOT_BOOKED);
        }
        return new Priority(risk, downtime, reasons);
    }

    /** When somebody next wants to use the unit. */
    public enum NextUse {
        NOW,
        WITHIN_A_DAY,
        WITHIN_A_WEEK,
        LATER
    }

    /**
     * What is known when an order is opened.
     *
     * @param riskClass the regulatory class 1 to 3, 0 when unknown
     */
    public record Facts(boolean danger, boolean criticalAlert, boolean lifeSupport, int riskClass, NextUse nextUse) {}
}
