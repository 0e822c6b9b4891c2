package org.yiqi.oversight;

import java.time.Instant;

/**
 * What the public reads of a decision in a case.
 *
 * @param jointAuthorities how many authorities worked on it beside the one that decided
 * @param sanction SUSPEND_ORGANISATION, HOLD_MODEL or empty
 * @param concernedZh who is sanctioned; empty where nobody is
 * @param nameZh the model that is on hold by it
 */
public record OpenDecision(
        String number,
        String kind,
        String authorityZh,
        String authorityEn,
        int jointAuthorities,
        Instant decidedAt,
        String decision,
        String sanction,
        String concernedZh,
        String concernedEn,
        String nameZh,
        String nameEn,
        String state) {}
