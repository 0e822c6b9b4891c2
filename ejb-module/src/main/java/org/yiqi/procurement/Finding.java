package org.yiqi.procurement;

import java.util.List;

/**
 * Something that the automatic check found in a plan.
 *
 * @param field where it is to be mended, as a JSON pointer
 * @param facts what the explanation is made of, in the order that the code's text names them
 */
public record Finding(Code code, Weight weight, String field, List<String> facts) {

    public Finding {
        facts = List.copyOf(facts);
    }

    /** What was found. */
    public enum Code {
        /** facts: price of all, budget. */
        BUDGET_EXCEEDED,
        /** facts: the word. */
        BRAND_NAMED,
        /** facts: how many plans, their price together, the line, days. */
        SPLIT_SUSPECTED,
        /** facts: none. */
        LICENCE_NEEDED,
        /** facts: its name in Chinese and in English. */
        PARAMETER_MISSING,
        /** facts: device in Chinese and in English, owner in Chinese and in English, distance in km. */
        SHARE_INSTEAD,
        /** facts: none. */
        LIFE_COST_MISSING
    }

    /** What follows from it. */
    public enum Weight {
        /** The plan cannot be submitted. */
        BLOCKS,
        /** It can be submitted with a justification. */
        JUSTIFY,
        /** Whoever signs sees it. */
        HINT
    }
}
