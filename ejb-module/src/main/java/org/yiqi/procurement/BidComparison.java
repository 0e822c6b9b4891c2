package org.yiqi.procurement;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lot's bids side by side: what the panel said of each, line by line, seat by seat.
 *
 * @param bids in the order of their ranks
 */
public record BidComparison(String lot, List<UUID> bids, List<Line> lines) {

    public BidComparison {
        bids = List.copyOf(bids);
        lines = List.copyOf(lines);
    }

    /**
     * One criterion or requirement.
     *
     * @param weight the most points; 0 for a requirement
     * @param cells one for each bid, in their order
     */
    public record Line(String title, int weight, boolean mandatory, List<Cell> cells) {

        public Line {
            cells = List.copyOf(cells);
        }

        /** Whether points are given, or it is met or not. */
        public boolean points() {
            return weight > 0;
        }
    }

    /**
     * What the panel said of one bid.
     *
     * @param mean of the points, to two places; null for a requirement
     * @param met what more than half of the panel said; null for points
     */
    public record Cell(@Nullable BigDecimal mean, @Nullable Boolean met, List<Said> said) {

        public Cell {
            said = List.copyOf(said);
        }
    }

    /**
     * What one seat said.
     *
     * @param seat its number; whose it is shows with the signed ranking
     * @param outlier whether it stood so far from the others that it had to be explained
     * @param reason of an outlier, or why a requirement is not met
     */
    public record Said(
            String seat,
            @Nullable BigDecimal points,
            @Nullable Boolean met,
            boolean outlier,
            String reason) {}
}
