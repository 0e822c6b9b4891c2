package org.yiqi.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * From the command to the login page, with everything built and data that is there already; beside it the same servers with
 * an empty web application. Warm starts take turns, and the medians are compared.
 */
final class StartRatio implements Benchmark {

    private static final int ROUNDS = 5;
    private static final double MOST_SECONDS = 25;
    private static final double MOST_RATIO = 2.5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> run(Workplace workplace) throws Exception {
        Path empty = workplace.emptyWar();
        // The first start makes the data, and its end the archive of the server's classes.
        start(workplace, workplace.application(), "start");
        start(workplace, empty, "start-empty");
        List<Double> ours = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(start(workplace, workplace.application(), "start"));
            reference.add(start(workplace, empty, "start-empty"));
        }
        double own = median(ours);
        double bare = median(reference);
        return List.of(
                new Figure(
                        "start to the login page / an empty WAR, same servers",
                        Figure.seconds(own),
                        Figure.seconds(bare),
                        own / bare,
                        "at most " + MOST_RATIO,
                        own / bare <= MOST_RATIO),
                new Figure(
                        "start to the login page, on two quiet cores",
                        Figure.seconds(own),
                        Figure.seconds(MOST_SECONDS),
                        own / MOST_SECONDS,
                        "at most 25 s",
                        own <= MOST_SECONDS));
    }

    private static double start(Workplace workplace, Path war, String name) throws IOException, InterruptedException {
        Path data = workplace.folder("data").resolve(name);
        String[] options = name.endsWith("empty") ? new String[] {"--no-demo"} : new String[0];
        try (Instance instance = Instance.start(workplace, war, data, 15600, options)) {
            return instance.secondsToReady();
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
