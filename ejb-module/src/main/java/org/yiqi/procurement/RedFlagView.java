package org.yiqi.procurement;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.procurement.redflags.RedFlag;

/**
 * A lead, and what became of it.
 *
 * @param indicator the code of the Open Contracting Partnership's guide
 * @param subject an ocid, or the open data's id of an organisation
 * @param ocid the process that it is about; null for one about an organisation across processes
 * @param facts the figures behind it
 * @param dismissals who looked and found that it is nothing, the latest first
 */
public record RedFlagView(
        UUID id,
        long version,
        String indicator,
        RedFlag.Group group,
        String subject,
        @Nullable String ocid,
        double value,
        Map<String, String> facts,
        State state,
        Instant foundAt,
        List<Dismissal> dismissals) {

    public RedFlagView {
        facts = Map.copyOf(facts);
        dismissals = List.copyOf(dismissals);
    }

    RedFlagView with(List<Dismissal> said) {
        return new RedFlagView(id, version, indicator, group, subject, ocid, value, facts, state, foundAt, said);
    }

    /** Whether it wants looking at. */
    public enum State {
        OPEN,
        DISMISSED,
        /** The data no longer says so. */
        GONE
    }

    /** Somebody's word that it is nothing. */
    public record Dismissal(UUID personId, UUID organisationId, String reason, Instant at) {}
}
