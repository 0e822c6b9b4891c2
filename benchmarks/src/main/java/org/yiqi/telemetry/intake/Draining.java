package org.yiqi.telemetry.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.yiqi.shared.db.Unpooled;

/** The product's consumers of the readings queue, as the application starts them, in this JVM. */
public final class Draining {

    private final List<ReadingWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param settings those of the application: {@code yiqi.db.url}, {@code yiqi.broker.url}, … */
    public static Draining start(Map<String, String> settings, int consumers) {
        Draining draining = new Draining();
        Catalogue catalogue = new Catalogue();
        for (int i = 0; i < consumers; i++) {
            DataSource database = Unpooled.database(
                    settings.get("yiqi.db.url"),
                    settings.get("yiqi.db.worker.user"),
                    settings.get("yiqi.db.worker.password"),
                    "yiqi-readings-" + i);
            ReadingWorker worker = new ReadingWorker(
                    new ReadingWorker.BrokerAccess(
                            settings.getOrDefault("yiqi.broker.url", ""),
                            settings.getOrDefault("yiqi.broker.user", ""),
                            settings.getOrDefault("yiqi.broker.password", ""),
                            IntakeRunner.READINGS),
                    new WorkerConnection(database),
                    new Intake(Clock.systemUTC(), catalogue),
                    Clock.systemUTC(),
                    taken -> {});
            draining.workers.add(worker);
            Thread thread = new Thread(worker, "readings-" + i);
            thread.start();
            draining.threads.add(thread);
        }
        return draining;
    }

    public void stop() throws InterruptedException {
        workers.forEach(ReadingWorker::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
