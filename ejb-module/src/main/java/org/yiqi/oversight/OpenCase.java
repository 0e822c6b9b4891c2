package org.yiqi.oversight;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case to open.
 *
 * @param kind AUDIT, COMPLAINT or INCIDENT
 * @param concernedOrg whom it is about, if that is known
 * @param modelId which model it is about, if it is about one
 * @param planned whether it was planned; otherwise something has raised it
 */
public record OpenCase(
        String kind,
        String title,
        String reason,
        @Nullable UUID concernedOrg,
        @Nullable UUID modelId,
        boolean planned) {}
