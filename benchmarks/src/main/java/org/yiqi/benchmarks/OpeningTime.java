package org.yiqi.benchmarks;

import java.util.List;
import org.yiqi.procurement.OpeningRun;

/**
 * How long it takes from the third opener's list to all prices of a tender with 500 bids, beside the same envelopes opened by the bare
 * protocol: no database, no ledger, one thread.
 */
final class OpeningTime implements Benchmark {

    private static final int BIDS = 500;
    private static final double MOST_SECONDS = 60;

    @Override
    public String name() {
        return "opening";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        try (OpeningRun opening = new OpeningRun(workplace.folder("data").resolve("opening"), BIDS)) {
            double bare = opening.bareSeconds();
            double ours = opening.seconds();
            return List.of(new Figure(
                    BIDS + " price envelopes opened / by the bare protocol",
                    Figure.seconds(ours),
                    Figure.seconds(bare),
                    ours / bare,
                    "at most 60 s",
                    ours <= MOST_SECONDS));
        }
    }
}
