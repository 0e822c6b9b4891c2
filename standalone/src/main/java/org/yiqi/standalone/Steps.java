package org.yiqi.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Prints one line per step of the start-up with the time it took. */
public final class Steps {

    private final PrintStream out;
    private final long began = System.nanoTime();

    public Steps(PrintStream out) {
        this.out = out;
    }

    public <T> T step(String what, Callable<T> action) throws Exception {
        long start = System.nanoTime();
        T result = action.call();
        synchronized (out) {
            out.printf(Locale.ROOT, "  %-46s %6.1f s%n", what, seconds(System.nanoTime() - start));
        }
        return result;
    }

    public Duration total() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    public void say(String line) {
        synchronized (out) {
            out.println(line);
        }
    }

    static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
