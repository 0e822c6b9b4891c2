package org.yiqi.disposal;

import java.util.List;

/**
 * Something that speaks for the end of a unit.
 *
 * @param facts what the sentence is made of in the reader's language, in its order
 */
public record Signal(Code code, List<String> facts) {

    public Signal {
        facts = List.copyOf(facts);
    }

    /** What was seen. */
    public enum Code {
        /** facts: share of the price of a new one in per cent, the line in per cent. */
        SERVICE_COST,
        /** facts: the day. */
        END_OF_SUPPORT,
        /** facts: share of the price of a new one in per cent, the line in per cent. */
        BEYOND_REPAIR,
        /** facts: months in use, months of life. */
        WORN_OUT,
        /** facts: none. */
        DEFECTIVE
    }
}
