package org.yiqi.standalone.fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same for several things at once; the first failure is thrown after all have ended. */
final class Parallel {

    /** What to do with one of them. */
    interface Action<T> {
        void on(T each) throws Exception;
    }

    private Parallel() {}

    static <T> void each(List<T> things, Action<T> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, things.size()));
        try {
            List<Future<?>> all = new ArrayList<>();
            for (T thing : things) {
                all.add(threads.submit(() -> {
                    action.on(thing);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        } finally {
            threads.shutdown();
        }
    }
}
