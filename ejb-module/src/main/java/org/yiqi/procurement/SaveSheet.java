package org.yiqi.procurement;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a seat says of a bid so far; what is left out stays unsaid. */
public record SaveSheet(List<Verdict> verdicts, List<Mark> marks) {

    public SaveSheet {
        verdicts = List.copyOf(verdicts);
        marks = List.copyOf(marks);
    }

    /** @param reason needed where the requirement is not met */
    public record Verdict(int requirement, boolean met, String reason) {}

    /** @param points with at most two decimals, from 0 to the criterion's weight; null for none yet */
    public record Mark(int criterion, @Nullable BigDecimal points) {}
}
