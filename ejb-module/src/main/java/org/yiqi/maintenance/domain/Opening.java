package org.yiqi.maintenance.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.RequestSource;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.WorkOrderKind;
import org.yiqi.shared.problem.RuleViolation;

/**
 * Why an order is opened.
 *
 * @param cause the same for two reports of one fault: an order per unit and cause is open at most once
 * @param requesterOrg the organisation of who asked; null for an alert or a report without login
 * @param safety somebody can come to harm
 * @param severity of the alert, or empty
 */
public record Opening(
        RequestSource source,
        WorkOrderKind kind,
        String cause,
        @Nullable UUID requesterOrg,
        @Nullable UUID requesterId,
        @Nullable UUID episodeId,
        @Nullable UUID planId,
        @Nullable UUID parentId,
        Symptom symptom,
        String description,
        boolean safety,
        String severity) {

    private static final int LONGEST = 4000;

    public Opening {
        description = description.strip();
        if (description.length() > LONGEST) {
            throw new RuleViolation("maintenance.description-too-long", "At most " + LONGEST + " characters")
                    .at("/description", "at most " + LONGEST);
        }
    }

    /** A report by a person; two of the same symptom are one fault. */
    public static Opening report(
            RequestSource source,
            @Nullable UUID org,
            @Nullable UUID person,
            Symptom symptom,
            String description,
            boolean safety) {
        return new Opening(
                source,
                WorkOrderKind.CORRECTIVE,
                "symptom:" + symptom,
                org,
                person,
                null,
                null,
                null,
                symptom,
                description,
                safety || symptom.isDangerous(),
                "");
    }

    /** An episode of a monitoring rule; a second episode of the rule joins the order that the first one opened. */
    public static Opening alert(UUID episodeId, UUID ruleId, String severity, String description) {
        return new Opening(
                RequestSource.ALERT,
                WorkOrderKind.CORRECTIVE,
                "rule:" + ruleId,
                null,
                null,
                episodeId,
                null,
                null,
                Symptom.ALARM,
                description,
                severity.equals("CRITICAL"),
                severity);
    }

    /** Service that a plan asks for. */
    public static Opening plan(UUID planId, String description) {
        return new Opening(
                RequestSource.PLAN,
                WorkOrderKind.PREVENTIVE,
                "plan:" + planId,
                null,
                null,
                null,
                planId,
                null,
                Symptom.OTHER,
                description,
                false,
                "");
    }

    /** What another order's check found and did not settle. */
    public static Opening followUp(UUID parentId, UUID org, UUID person, String description) {
        return new Opening(
                RequestSource.FAILED_CHECK,
                WorkOrderKind.FOLLOW_UP,
                "order:" + parentId,
                org,
                person,
                null,
                null,
                parentId,
                Symptom.OTHER,
                description,
                false,
                "");
    }
}
