package org.yiqi.procurement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one seat says of one bid.
 *
 * @param answers what the bidder answered, by name
 * @param verdicts by requirement, in the tender's order
 * @param marks by criterion that is given points for, in the tender's order
 */
public record SheetView(
        UUID id,
        long version,
        UUID tenderId,
        String lot,
        UUID bid,
        UUID bidder,
        boolean locked,
        Map<String, String> answers,
        List<VerdictLine> verdicts,
        List<MarkLine> marks) {

    public SheetView {
        verdicts = List.copyOf(verdicts);
        marks = List.copyOf(marks);
    }

    /** @param met null until it was said */
    public record VerdictLine(
            int requirement,
            String text,
            boolean mandatory,
            @Nullable Boolean met,
            String reason) {}

    /**
     * @param points null until they were given
     * @param outlier whether they are far from the others' and have to be explained; known once all sheets are locked
     */
    public record MarkLine(
            int criterion,
            String title,
            int weight,
            @Nullable BigDecimal points,
            String explanation,
            boolean outlier) {}

    /** Whether nothing is left to say. */
    public boolean whole() {
        return verdicts.stream().allMatch(each -> each.met() != null)
                && marks.stream().allMatch(each -> each.points() != null);
    }
}
