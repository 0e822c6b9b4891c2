package org.yiqi.procurement.redflags;

import java.util.Map;

/**
 * Something that deserves a look.
 *
 * @param indicator the code of the Open Contracting Partnership's guide, such as {@code R024}
 * @param subject an ocid, or the id of an organisation
 * @param value as Cardinal gives it, where Cardinal has the indicator
 * @param facts the figures behind it, for people
 */
public record RedFlag(String indicator, Group group, String subject, double value, Map<String, String> facts) {

    /** What is flagged. */
    public enum Group {
        OCID,
        BUYER,
        PROCURING_ENTITY,
        TENDERER
    }

    public RedFlag {
        facts = Map.copyOf(facts);
    }
}
