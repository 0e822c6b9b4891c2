package org.yiqi.benchmarks;

import java.util.List;

/** One thing that is measured beside its reference. */
interface Benchmark {

    /** What to call it on the command line. */
    String name();

    /** Measures. Takes a minute or two; the machine should do nothing else meanwhile. */
    List<Figure> run(Workplace workplace) throws Exception;
}
