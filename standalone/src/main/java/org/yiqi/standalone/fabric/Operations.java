package org.yiqi.standalone.fabric;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.yiqi.standalone.StartupProblem;

/** What a node says of itself on its operations port, and waiting for it to say so. */
final class Operations {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Something to wait for. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private Operations() {}

    static boolean isHealthy(int port) throws InterruptedException {
        return !get(port, "/healthz").isEmpty();
    }

    /** The value of a gauge for the channel, or without a channel; empty while the node does not say. */
    static OptionalLong gauge(int port, String name) throws InterruptedException {
        return get(port, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ")
                        || (line.startsWith(name + "{") && line.contains("channel=\"" + Layout.CHANNEL + "\"")))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max();
    }

    private static String get(int port, String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException notThere) {
            return "";
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    static void await(String what, Daemon daemon, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            daemon.requireRunning();
            if (System.nanoTime() > deadline) {
                throw new StartupProblem(
                        "Waited " + PATIENCE.toSeconds() + " s in vain for " + what + ": see " + daemon.log() + ".");
            }
            Thread.sleep(100);
        }
    }
}
