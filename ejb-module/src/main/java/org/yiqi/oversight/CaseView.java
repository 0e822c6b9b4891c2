package org.yiqi.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case that somebody has to look at.
 *
 * @param kind ROW_CHANGED, ROW_MISSING, ROW_UNKNOWN or ACT_REFUSED from the watch; AUDIT, COMPLAINT or INCIDENT from people
 * @param table schema and table of the row, for a case of the watch
 * @param column which column differs, or empty for the whole row
 * @param expected what the ledger says
 * @param found what was there
 * @param conclusion what was found out, once closed
 * @param stage how far it has come
 * @param dueAt until when the organisation concerned has to answer, or to follow the decision
 * @param answeredAt when it answered in this stage
 * @param leadOrg the regulator that leads it, once one does
 * @param jointOrgs regulators that work on it with the leading one
 * @param recallId the recall that holds a model by decision
 */
public record CaseView(
        UUID id,
        long version,
        String kind,
        String table,
        String rowId,
        String column,
        String expected,
        String found,
        String subject,
        String state,
        Instant openedAt,
        @Nullable Instant closedAt,
        String conclusion,
        String number,
        String title,
        CaseStage stage,
        @Nullable Instant dueAt,
        @Nullable Instant answeredAt,
        @Nullable UUID leadOrg,
        List<UUID> jointOrgs,
        @Nullable UUID concernedOrg,
        @Nullable UUID modelId,
        String decision,
        String sanction,
        @Nullable UUID recallId) {

    /** Whether a regulator works on it. */
    public boolean isWorkedOnBy(UUID org) {
        return org.equals(leadOrg) || jointOrgs.contains(org);
    }
}
