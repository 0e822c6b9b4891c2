package org.yiqi.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./yiqi bench [NAME…]}: runs all benchmarks, or those named, and prints their figures. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new StartRatio(),
            new IntakeRate(),
            new RestLatency(),
            new ListPage(),
            new MassRecall(),
            new BidRate(),
            new OpeningTime(),
            new LedgerRate());

    private static final Logger ROOT = Logger.getLogger("");

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        // Broker and database tell much about themselves; here only the figures count.
        ROOT.setLevel(Level.WARNING);
        List<Benchmark> wanted = wanted(List.of(names));
        Workplace workplace = new Workplace(Path.of(System.getProperty("yiqi.home", ".")));
        List<Figure> figures = new ArrayList<>();
        for (Benchmark benchmark : wanted) {
            System.out.println("Measuring " + benchmark.name() + " ...");
            figures.addAll(benchmark.run(workplace));
        }
        System.out.println();
        System.out.println(Figure.heading());
        figures.forEach(figure -> System.out.println(figure.line()));
    }

    private static List<Benchmark> wanted(List<String> names) {
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                System.err.println("yiqi: There is no benchmark '" + name + "': choose from " + known + ".");
                System.exit(1);
            }
        }
        return ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.contains(benchmark.name()))
                .toList();
    }
}
